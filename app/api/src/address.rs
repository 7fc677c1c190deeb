//! Elastic addresses: public addresses that stay with the account. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html>

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::{Tag, check_tags, specification},
};

/// How many addresses one request allocates. An account has a quota of five unless it asked for more.
pub const MAX_COUNT: u32 = 50;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// The allocation id; the address itself on clouds that know no allocations.
    pub id: String,
    pub public_ip: String,
    /// `vpc` or `standard`.
    pub domain: String,
    /// Empty while it is associated with nothing.
    pub association_id: String,
    pub instance_id: String,
    pub network_interface_id: String,
    pub private_ip: String,
    /// The group of zones from which it is announced.
    pub network_border_group: String,
    pub tags: Vec<Tag>,
}

impl Address {
    /// Whether it leads anywhere.
    pub fn is_associated(&self) -> bool {
        !(self.association_id.is_empty() && self.instance_id.is_empty() && self.network_interface_id.is_empty())
    }
}

impl Resource for Address {
    const KIND: Kind = Kind::Address;
    type Draft = AddressDraft;
    type Action = AddressAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "eipalloc-0123456789abcdef0".into(),
            public_ip: "203.0.113.17".into(),
            domain: "vpc".into(),
            association_id: "eipassoc-0123456789abcdef0".into(),
            instance_id: "i-0a1b2c3d4e5f60718".into(),
            network_interface_id: "eni-0123456789abcdef0".into(),
            private_ip: "10.0.1.17".into(),
            network_border_group: "us-east-1".into(),
            tags: vec![Tag::new("Name", "www")],
        }
    }
}

/// What can be done to elastic addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum AddressAction {
    /// With an instance or with a network interface: one of the two.
    Associate {
        instance_id: String,
        network_interface_id: String,
        /// Empty for the primary one.
        private_ip: String,
        /// Take it from where it is.
        reassociate: bool,
    },
    Disassociate,
    Release,
}

impl Mutation for AddressAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Associate { .. } | Self::Disassociate => &[Kind::Address, Kind::Instance, Kind::NetworkInterface],
            Self::Release => &[Kind::Address],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Associate { .. } => &["ec2:AssociateAddress"],
            Self::Disassociate => &["ec2:DescribeAddresses", "ec2:DisassociateAddress"],
            Self::Release => &["ec2:ReleaseAddress"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let each = |operation: &str| ids.iter().map(|id| named(Command::ec2(operation), id)).collect();
        match self {
            Self::Associate { instance_id, network_interface_id, private_ip, reassociate } => ids
                .iter()
                .map(|id| {
                    named(Command::ec2("associate-address"), id)
                        .arg("--instance-id", instance_id)
                        .arg("--network-interface-id", network_interface_id)
                        .arg("--private-ip-address", private_ip)
                        .flag("--allow-reassociation", *reassociate)
                })
                .collect(),
            // The association has an id of its own, which is looked up first.
            Self::Disassociate => std::iter::once(Command::ec2("describe-addresses").args("--allocation-ids", ids))
                .chain(ids.iter().map(|_| Command::ec2("disassociate-address").arg("--association-id", "eipassoc-FOUND")))
                .collect(),
            Self::Release => each("release-address"),
        }
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if let Self::Associate { instance_id, network_interface_id, private_ip, .. } = self {
            match (instance_id.is_empty(), network_interface_id.is_empty()) {
                (true, true) => _ = errors.insert("instance_id".into(), "Choose an instance or a network interface.".into()),
                (false, false) => {
                    errors.insert("network_interface_id".into(), "Choose an instance or a network interface, not both.".into());
                }
                _ => {}
            }
            if !private_ip.is_empty() && private_ip.parse::<std::net::Ipv4Addr>().is_err() {
                errors.insert("private_ip".into(), "This is not an IPv4 address.".into());
            }
        }
        errors
    }
}

/// By its allocation, or by the address where the cloud knows no allocations.
fn named(command: Command, id: &str) -> Command {
    command.arg(if is_ip(id) { "--public-ip" } else { "--allocation-id" }, id)
}

/// Whether the id is the address itself.
pub fn is_ip(id: &str) -> bool {
    id.parse::<std::net::Ipv4Addr>().is_ok()
}

/// New addresses, all alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressDraft {
    pub count: u32,
    pub tags: Vec<Tag>,
}

impl Mutation for AddressDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Address]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.tags.is_empty() { &["ec2:AllocateAddress"] } else { &["ec2:AllocateAddress", "ec2:CreateTags"] }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let one =
            Command::ec2("allocate-address").arg("--domain", "vpc").arg("--tag-specifications", specification("elastic-ip", &self.tags));
        vec![one; self.count.min(MAX_COUNT) as usize]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        if !(1..=MAX_COUNT).contains(&self.count) {
            errors.insert("count".into(), format!("Allocate 1 to {MAX_COUNT} addresses at once."));
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn associate(instance: &str, interface: &str) -> AddressAction {
        AddressAction::Associate {
            instance_id: instance.into(),
            network_interface_id: interface.into(),
            private_ip: String::new(),
            reassociate: false,
        }
    }

    #[test]
    fn an_address_goes_to_one_place() {
        assert!(associate("i-1", "").check().is_empty());
        assert!(associate("", "eni-1").check().is_empty());
        assert!(associate("", "").check().contains_key("instance_id"));
        assert!(associate("i-1", "eni-1").check().contains_key("network_interface_id"));
    }

    #[test]
    fn lines_name_the_allocation_or_the_address() {
        let line = |id: &str| AddressAction::Release.commands(&[id.to_owned()])[0].line("");
        assert_eq!(line("eipalloc-1"), "aws ec2 release-address --allocation-id eipalloc-1");
        assert_eq!(line("203.0.113.7"), "aws ec2 release-address --public-ip 203.0.113.7");
        assert_eq!(AddressDraft { count: 3, tags: vec![] }.commands(&[]).len(), 3);
    }

    #[test]
    fn a_draft_is_for_some_and_not_too_many() {
        let errors = |count| AddressDraft { count, tags: vec![] }.check().contains_key("count");
        assert!(errors(0) && errors(51) && !errors(1) && !errors(50));
    }
}
