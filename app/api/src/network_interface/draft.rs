//! New network interfaces.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::Mutation,
    tag::{Tag, check_tags, specification},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkInterfaceDraft {
    /// Narrows what subnets and groups there are to choose; follows from the subnet, and is not sent.
    pub vpc_id: String,
    pub subnet_id: String,
    pub description: String,
    /// Empty for one that the cloud chooses.
    pub private_ip: String,
    /// Empty for the default group of the VPC.
    pub security_group_ids: Vec<String>,
    pub tags: Vec<Tag>,
}

impl Mutation for NetworkInterfaceDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::NetworkInterface, Kind::Subnet]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.tags.is_empty() { &["ec2:CreateNetworkInterface"] } else { &["ec2:CreateNetworkInterface", "ec2:CreateTags"] }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        vec![
            Command::ec2("create-network-interface")
                .arg("--subnet-id", &self.subnet_id)
                .arg("--description", &self.description)
                .arg("--private-ip-address", &self.private_ip)
                .args("--groups", &self.security_group_ids)
                .arg("--tag-specifications", specification("network-interface", &self.tags)),
        ]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        if self.subnet_id.is_empty() {
            errors.insert("subnet_id".into(), "Choose a subnet.".into());
        }
        if !self.private_ip.is_empty() && self.private_ip.parse::<std::net::Ipv4Addr>().is_err() {
            errors.insert("private_ip".into(), "This is not an IPv4 address.".into());
        }
        if self.description.chars().count() > 255 {
            errors.insert("description".into(), "A description has at most 255 characters.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subnet_is_all_it_needs() {
        let draft = NetworkInterfaceDraft { subnet_id: "subnet-1".into(), ..NetworkInterfaceDraft::default() };
        assert!(draft.check().is_empty());
        let wrong = NetworkInterfaceDraft { private_ip: "10.0.0".into(), ..NetworkInterfaceDraft::default() };
        assert_eq!(wrong.check().into_keys().collect::<Vec<_>>(), ["private_ip", "subnet_id"]);
    }
}
