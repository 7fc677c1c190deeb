//! Network ACLs: which traffic enters and leaves subnets. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAcl.html>

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    security_group::check_cidr,
    tag::{self, Tag, check_tags},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkAcl {
    pub id: String,
    pub vpc_id: String,
    /// Whether subnets get it that were given no other.
    pub is_default: bool,
    /// By number, which is the order in which they are tried; the last refuses the rest.
    pub ingress: Vec<AclRule>,
    pub egress: Vec<AclRule>,
    pub subnets: Vec<String>,
    pub tags: Vec<Tag>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AclRule {
    pub number: u32,
    pub allow: bool,
    /// A number, or `-1` for all: the API takes names but tells numbers.
    pub protocol: String,
    /// First port, or ICMP type; `None` for all.
    pub from_port: Option<i32>,
    /// Last port, or ICMP code; `None` for all.
    pub to_port: Option<i32>,
    pub cidr: String,
}

impl AclRule {
    /// The number of the rule that every ACL ends with, which can neither be changed nor removed.
    pub const LAST: u32 = 32_767;
}

impl Resource for NetworkAcl {
    const KIND: Kind = Kind::NetworkAcl;
    type Draft = NetworkAclDraft;
    type Action = NetworkAclAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        let all = |number, allow| AclRule { number, allow, protocol: "-1".into(), cidr: "0.0.0.0/0".into(), ..AclRule::default() };
        let web = AclRule { protocol: "6".into(), from_port: Some(443), to_port: Some(443), ..all(100, true) };
        Self {
            id: "acl-0123456789abcdef0".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            is_default: true,
            ingress: vec![web, all(AclRule::LAST, false)],
            egress: vec![all(100, true), all(AclRule::LAST, false)],
            subnets: vec!["subnet-0123456789abcdef0".into()],
            tags: vec![Tag::new("Name", "private")],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum NetworkAclAction {
    AddRule {
        direction: Direction,
        number: Option<u32>,
        /// `allow` or `deny`.
        action: String,
        protocol: String,
        from_port: Option<u32>,
        to_port: Option<u32>,
        cidr: String,
    },
    RemoveRule {
        /// As [`rule_key`] writes it.
        rule: String,
    },
    /// Puts a subnet under this ACL.
    Associate {
        subnet_id: String,
    },
    Delete,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Ingress,
    Egress,
}

/// A rule of an ACL as one word: `ingress 100`.
pub fn rule_key(direction: Direction, number: u32) -> String {
    format!("{} {number}", if direction == Direction::Egress { "egress" } else { "ingress" })
}

/// The direction and the number of a rule's word.
pub fn rule_of(key: &str) -> Option<(Direction, u32)> {
    let (direction, number) = key.split_once(' ')?;
    let direction = match direction {
        "egress" => Direction::Egress,
        "ingress" => Direction::Ingress,
        _ => return None,
    };
    Some((direction, number.parse().ok()?))
}

fn entry(operation: &str, acl: &str, direction: Direction, number: Option<u32>) -> Command {
    let egress = direction == Direction::Egress;
    let command = Command::ec2(operation).arg("--network-acl-id", acl).flag("--egress", egress).flag("--ingress", !egress);
    command.maybe("--rule-number", number)
}

impl Mutation for NetworkAclAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::NetworkAcl]
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::AddRule { .. } => &["ec2:CreateNetworkAclEntry"],
            Self::RemoveRule { .. } => &["ec2:DeleteNetworkAclEntry"],
            Self::Associate { .. } => &["ec2:DescribeNetworkAcls", "ec2:ReplaceNetworkAclAssociation"],
            Self::Delete => &["ec2:DeleteNetworkAcl"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let command = |id: &String| match self {
            Self::AddRule { direction, number, action, protocol, from_port, to_port, cidr } => {
                let command = entry("create-network-acl-entry", id, *direction, *number).arg("--protocol", protocol);
                let command = command.arg("--rule-action", action);
                let command = command.arg(if cidr.contains(':') { "--ipv6-cidr-block" } else { "--cidr-block" }, cidr);
                let range = from_port.zip(*to_port).filter(|_| has_ports(protocol));
                command.maybe("--port-range", range.map(|(from, to)| format!("From={from},To={to}")))
            }
            Self::RemoveRule { rule } => {
                let (direction, number) = rule_of(rule).unzip();
                entry("delete-network-acl-entry", id, direction.unwrap_or_default(), number)
            }
            Self::Associate { .. } => Command::ec2("replace-network-acl-association")
                .arg("--association-id", "$ASSOCIATION_ID_OF_SUBNET")
                .arg("--network-acl-id", id),
            Self::Delete => Command::ec2("delete-network-acl").arg("--network-acl-id", id),
        };
        ids.iter().map(command).collect()
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let mut wrong = |key: &str, message: &str| errors.insert(key.to_owned(), message.to_owned());
        match self {
            Self::AddRule { number, protocol, from_port, to_port, cidr, .. } => {
                if !number.is_some_and(|number| (1..AclRule::LAST).contains(&number)) {
                    wrong("number", "A number from 1 to 32766, which is the rule's place in the order.");
                }
                if has_ports(protocol) {
                    if !from_port.is_some_and(|port| port <= 65_535) {
                        wrong("from_port", "A port is a number from 0 to 65535.");
                    }
                    if !to_port.is_some_and(|port| port <= 65_535) {
                        wrong("to_port", "A port is a number from 0 to 65535.");
                    } else if from_port > to_port {
                        wrong("to_port", "The last port is below the first.");
                    }
                }
                if let Err(message) = check_cidr(cidr) {
                    wrong("cidr", &message);
                }
            }
            Self::RemoveRule { rule } if rule_of(rule).is_none() => {
                wrong("rule", "Choose a rule.");
            }
            Self::Associate { subnet_id } if subnet_id.is_empty() => {
                wrong("subnet_id", "Choose a subnet.");
            }
            _ => {}
        }
        errors
    }
}

/// Whether traffic of the protocol has ports.
pub fn has_ports(protocol: &str) -> bool {
    matches!(protocol, "tcp" | "udp" | "6" | "17")
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkAclDraft {
    pub vpc_id: String,
    pub tags: Vec<Tag>,
}

impl Mutation for NetworkAclDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::NetworkAcl]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:CreateNetworkAcl"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let tags = tag::specification("network-acl", &self.tags);
        vec![Command::ec2("create-network-acl").arg("--vpc-id", &self.vpc_id).arg("--tag-specifications", tags)]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        if self.vpc_id.is_empty() {
            errors.insert("vpc_id".into(), "Choose a VPC.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(protocol: &str, from_port: Option<u32>, to_port: Option<u32>) -> NetworkAclAction {
        let (action, cidr) = ("allow".into(), "0.0.0.0/0".into());
        NetworkAclAction::AddRule {
            direction: Direction::Egress,
            number: Some(100),
            action,
            protocol: protocol.into(),
            from_port,
            to_port,
            cidr,
        }
    }

    #[test]
    fn only_protocols_with_ports_have_ports() {
        assert!(rule("-1", None, None).check().is_empty());
        assert_eq!(rule("tcp", None, None).check().into_keys().collect::<Vec<_>>(), ["from_port", "to_port"]);
        assert_eq!(rule("tcp", Some(90), Some(80)).check().into_keys().collect::<Vec<_>>(), ["to_port"]);
        let line = rule("tcp", Some(80), Some(90)).commands(&["acl-1".to_owned()])[0].line("");
        assert_eq!(
            line,
            "aws ec2 create-network-acl-entry --network-acl-id acl-1 --egress --rule-number 100 --protocol tcp --rule-action allow \
             --cidr-block 0.0.0.0/0 --port-range From=80,To=90"
        );
    }

    #[test]
    fn a_rule_is_found_by_its_word() {
        assert_eq!(rule_of(&rule_key(Direction::Egress, 100)), Some((Direction::Egress, 100)));
        for bad in ["", "100", "inbound 100", "egress x"] {
            assert_eq!(rule_of(bad), None, "{bad:?}");
        }
    }
}
