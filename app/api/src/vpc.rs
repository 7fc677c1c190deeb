//! Virtual private clouds. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html>

pub mod network;
pub mod teardown;

use serde::{Deserialize, Serialize};

use crate::{
    cidr,
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::{self, Tag, check_tags},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vpc {
    pub id: String,
    pub state: String,
    pub cidr_block: String,
    pub is_default: bool,
    /// What instances get unless their launch says otherwise: `default`, `dedicated`.
    pub tenancy: String,
    /// Whether the cloud's resolver answers; known only of a VPC that was asked for alone, as is the next.
    pub dns_support: Option<bool>,
    /// Whether instances with public addresses get names.
    pub dns_hostnames: Option<bool>,
    pub tags: Vec<Tag>,
}

impl Resource for Vpc {
    const KIND: Kind = Kind::Vpc;
    type Draft = VpcDraft;
    type Action = VpcAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        self.state == "pending"
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "vpc-0123456789abcdef0".into(),
            state: "available".into(),
            cidr_block: "10.0.0.0/16".into(),
            is_default: true,
            tenancy: "default".into(),
            dns_support: Some(true),
            dns_hostnames: Some(true),
            tags: vec![],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum VpcAction {
    SetDns { support: Switch, hostnames: Switch },
    Delete,
}

/// What to do about a setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// Leave it as it is.
    #[default]
    #[serde(rename = "")]
    Keep,
    On,
    Off,
}

impl Switch {
    pub const fn value(self) -> Option<bool> {
        match self {
            Self::Keep => None,
            Self::On => Some(true),
            Self::Off => Some(false),
        }
    }
}

impl From<Option<bool>> for Switch {
    fn from(value: Option<bool>) -> Self {
        match value {
            None => Self::Keep,
            Some(true) => Self::On,
            Some(false) => Self::Off,
        }
    }
}

impl Mutation for VpcAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::SetDns { .. } => &[Kind::Vpc],
            // With it go its main route table, its network ACL and its security group.
            Self::Delete => &[Kind::Vpc, Kind::SecurityGroup, Kind::RouteTable, Kind::NetworkAcl],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::SetDns { .. } => &["ec2:ModifyVpcAttribute"],
            Self::Delete => &["ec2:DeleteVpc"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        match *self {
            Self::SetDns { support, hostnames } => ids.iter().flat_map(|id| dns_commands(id, support.value(), hostnames.value())).collect(),
            Self::Delete => ids.iter().map(|id| Command::ec2("delete-vpc").arg("--vpc-id", id)).collect(),
        }
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if *self == (Self::SetDns { support: Switch::Keep, hostnames: Switch::Keep }) {
            errors.insert("support".into(), "Choose what is to be changed.".into());
        }
        errors
    }
}

/// The API takes one attribute at a time.
fn dns_commands(id: &str, support: Option<bool>, hostnames: Option<bool>) -> impl Iterator<Item = Command> {
    let command = move |name: &str, on: bool| Command::ec2("modify-vpc-attribute").arg("--vpc-id", id).arg(name, format!("Value={on}"));
    let support = support.map(|on| command("--enable-dns-support", on));
    support.into_iter().chain(hostnames.map(|on| command("--enable-dns-hostnames", on)))
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VpcDraft {
    pub cidr_block: String,
    /// `default` or `dedicated`.
    pub tenancy: String,
    pub dns_support: bool,
    pub dns_hostnames: bool,
    pub tags: Vec<Tag>,
}

impl Mutation for VpcDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Vpc, Kind::SecurityGroup, Kind::RouteTable, Kind::NetworkAcl]
    }

    fn operations(&self) -> &'static [&'static str] {
        // A new VPC has the resolver, but gives out no names.
        if self.dns_support && !self.dns_hostnames { &["ec2:CreateVpc"] } else { &["ec2:CreateVpc", "ec2:ModifyVpcAttribute"] }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let create = Command::ec2("create-vpc").arg("--cidr-block", &self.cidr_block).arg("--instance-tenancy", &self.tenancy);
        let create = create.arg("--tag-specifications", tag::specification("vpc", &self.tags));
        let support = (!self.dns_support).then_some(false);
        let hostnames = self.dns_hostnames.then_some(true);
        std::iter::once(create).chain(dns_commands("$VPC_ID", support, hostnames)).collect()
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        if let Err(message) = cidr::network(&self.cidr_block) {
            errors.insert("cidr_block".into(), message);
        }
        if self.dns_hostnames && !self.dns_support {
            errors.insert("dns_hostnames".into(), "Names need the resolver.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_vpc_is_changed_only_where_it_is_to_differ() {
        let draft = VpcDraft { cidr_block: "10.0.0.0/16".into(), dns_support: true, ..VpcDraft::default() };
        assert_eq!((draft.commands(&[]).len(), draft.check()), (1, FieldErrors::new()));
        let draft = VpcDraft { dns_hostnames: true, ..draft };
        let lines: Vec<_> = draft.commands(&[]).iter().map(|command| command.line("")).collect();
        assert_eq!(lines[1], "aws ec2 modify-vpc-attribute --vpc-id '$VPC_ID' --enable-dns-hostnames Value=true");
        let draft = VpcDraft { cidr_block: "10.0.0.0/8".into(), dns_support: false, ..draft };
        assert_eq!(draft.check().into_keys().collect::<Vec<_>>(), ["cidr_block", "dns_hostnames"]);
    }

    #[test]
    fn a_switch_is_the_word_of_a_choice() {
        let action = VpcAction::SetDns { support: Switch::Keep, hostnames: Switch::On };
        let json = serde_json::to_value(&action).expect("it serialises");
        assert_eq!(json, serde_json::json!({ "do": "set_dns", "support": "", "hostnames": "on" }));
        let nothing = VpcAction::SetDns { support: Switch::Keep, hostnames: Switch::Keep };
        assert!(action.check().is_empty() && !nothing.check().is_empty());
    }
}
