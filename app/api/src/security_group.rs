//! Security groups: which traffic reaches an instance. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html>

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{
    command::{Command, shorthand},
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::Tag,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityGroup {
    pub id: String,
    pub name: String,
    pub description: String,
    /// Empty on clouds without VPC.
    pub vpc_id: String,
    pub owner: String,
    pub ingress: Vec<Rule>,
    pub egress: Vec<Rule>,
    pub tags: Vec<Tag>,
}

/// One permission: a protocol, a range of ports, and one source or destination.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all.
    pub protocol: String,
    /// First port, or ICMP type; `None` for all.
    pub from_port: Option<i32>,
    /// Last port, or ICMP code; `None` for all.
    pub to_port: Option<i32>,
    pub peer: Peer,
    pub description: String,
}

/// Where a rule's traffic comes from or goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// IPv4 or IPv6, such as `10.0.0.0/8`.
    Cidr(String),
    Group {
        id: String,
        owner: String,
        name: String,
    },
    PrefixList(String),
}

impl Default for Peer {
    fn default() -> Self {
        Self::Cidr(String::new())
    }
}

impl Resource for SecurityGroup {
    const KIND: Kind = Kind::SecurityGroup;
    type Draft = SecurityGroupDraft;
    type Action = SecurityGroupAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "sg-0123456789abcdef0".into(),
            name: "web".into(),
            description: "Web servers".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            owner: "123456789012".into(),
            ingress: vec![Rule {
                protocol: "tcp".into(),
                from_port: Some(443),
                to_port: Some(443),
                peer: Peer::Cidr("0.0.0.0/0".into()),
                description: "the world".into(),
            }],
            egress: vec![Rule { protocol: "-1".into(), peer: Peer::Cidr("0.0.0.0/0".into()), ..Rule::default() }],
            tags: vec![],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum SecurityGroupAction {
    Delete,
}

impl Mutation for SecurityGroupAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::SecurityGroup]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:DeleteSecurityGroup"]
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        ids.iter().map(|id| Command::ec2("delete-security-group").arg("--group-id", id)).collect()
    }
}

/// A new group with its first rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityGroupDraft {
    pub name: String,
    pub description: String,
    pub vpc_id: String,
    pub ingress: Vec<Rule>,
}

impl Mutation for SecurityGroupDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::SecurityGroup]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.ingress.is_empty() {
            &["ec2:CreateSecurityGroup"]
        } else {
            &["ec2:CreateSecurityGroup", "ec2:AuthorizeSecurityGroupIngress"]
        }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let create = Command::ec2("create-security-group")
            .arg("--group-name", &self.name)
            .arg("--description", &self.description)
            .arg("--vpc-id", &self.vpc_id);
        let authorize = Command::ec2("authorize-security-group-ingress")
            .arg("--group-id", "sg-NEW")
            .args("--ip-permissions", self.ingress.iter().map(Rule::shorthand));
        if self.ingress.is_empty() { vec![create] } else { vec![create, authorize] }
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
        for (key, text, what) in [("name", &self.name, "name"), ("description", &self.description, "description")] {
            if text.trim().is_empty() {
                errors.insert(key.into(), format!("Enter a {what}."));
            } else if text.chars().count() > 255 {
                errors.insert(key.into(), format!("A {what} has at most 255 characters."));
            } else if let Some(c) = text.chars().find(|&c| !(c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c))) {
                errors.insert(key.into(), format!("A {what} cannot hold the character {c}."));
            }
        }
        if !errors.contains_key("name") && self.name.to_ascii_lowercase().starts_with("sg-") {
            errors.insert("name".into(), "A name cannot begin with sg-.".into());
        }
        for (index, rule) in self.ingress.iter().enumerate() {
            for (field, message) in rule.check() {
                errors.insert(format!("ingress.{index}.{field}"), message);
            }
            if self.ingress.iter().take(index).any(|other| other.same_traffic(rule)) {
                errors.entry(format!("ingress.{index}.peer")).or_insert("This rule is there twice.".into());
            }
        }
        errors
    }
}

impl Rule {
    /// Whether the two let the same traffic through, whatever they are described as.
    pub fn same_traffic(&self, other: &Self) -> bool {
        (&self.protocol, self.from_port, self.to_port, &self.peer) == (&other.protocol, other.from_port, other.to_port, &other.peer)
    }

    /// As the CLI's `--ip-permissions` takes it.
    pub fn shorthand(&self) -> String {
        let port = |port: Option<i32>| port.map(|port| port.to_string()).unwrap_or_default();
        let (set, peer) = match &self.peer {
            Peer::Cidr(cidr) if cidr.contains(':') => ("Ipv6Ranges", ("CidrIpv6", cidr.clone())),
            Peer::Cidr(cidr) => ("IpRanges", ("CidrIp", cidr.clone())),
            Peer::Group { id, name, .. } if id.is_empty() => ("UserIdGroupPairs", ("GroupName", name.clone())),
            Peer::Group { id, .. } => ("UserIdGroupPairs", ("GroupId", id.clone())),
            Peer::PrefixList(id) => ("PrefixListIds", ("PrefixListId", id.clone())),
        };
        let head = shorthand([("IpProtocol", self.protocol.clone()), ("FromPort", port(self.from_port)), ("ToPort", port(self.to_port))]);
        format!("{head},{set}=[{{{}}}]", shorthand([peer, ("Description", self.description.clone())]))
    }

    /// What is wrong with it, by field.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if matches!(self.protocol.as_str(), "tcp" | "udp" | "6" | "17") {
            let in_range = |port: Option<i32>| port.is_some_and(|port| (0..=65_535).contains(&port));
            if !in_range(self.from_port) {
                errors.insert("from_port".into(), "A port is a number from 0 to 65535.".into());
            }
            if !in_range(self.to_port) {
                errors.insert("to_port".into(), "A port is a number from 0 to 65535.".into());
            } else if self.from_port > self.to_port {
                errors.insert("to_port".into(), "The last port is below the first.".into());
            }
        }
        if let Peer::Cidr(cidr) = &self.peer
            && let Err(message) = check_cidr(cidr)
        {
            errors.insert("peer".into(), message);
        }
        // Clouds without VPC know groups by name.
        if matches!(&self.peer, Peer::Group { id, name, .. } if id.is_empty() && name.is_empty()) {
            errors.insert("peer".into(), "Choose a group.".into());
        }
        if self.description.chars().count() > 255 {
            errors.insert("description".into(), "A description has at most 255 characters.".into());
        }
        errors
    }
}

/// Whether a text is an IPv4 or IPv6 block in CIDR notation; else what is wrong with it.
pub fn check_cidr(text: &str) -> Result<(), String> {
    let (address, bits) = text.split_once('/').ok_or("Enter an address block such as 10.0.0.0/8, or 203.0.113.7/32 for one address.")?;
    let address: IpAddr = address.parse().map_err(|_| format!("{address} is not an IP address."))?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    match bits.parse::<u8>() {
        Ok(bits) if bits <= most => Ok(()),
        _ => Err(format!("The number after the slash goes from 0 to {most}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cidr_blocks_of_both_families_are_taken() {
        for good in ["0.0.0.0/0", "10.1.2.3/32", "::/0", "2001:db8::/32"] {
            assert_eq!(check_cidr(good), Ok(()), "{good}");
        }
        for bad in ["", "10.0.0.0", "10.0.0.0/33", "300.0.0.0/8", "::/129", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(check_cidr(bad).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn a_rule_needs_a_group_where_it_names_one() {
        let rule = |id: &str| Rule { peer: Peer::Group { id: id.into(), owner: String::new(), name: String::new() }, ..Rule::default() };
        assert_eq!(rule("").check().into_keys().collect::<Vec<_>>(), ["peer"]);
        assert!(rule("sg-1").check().is_empty());
    }

    #[test]
    fn a_rule_twice_and_a_reversed_range_are_found() {
        let rule = Rule {
            protocol: "tcp".into(),
            from_port: Some(22),
            to_port: Some(22),
            peer: Peer::Cidr("0.0.0.0/0".into()),
            ..Rule::default()
        };
        let reversed = Rule { from_port: Some(90), to_port: Some(80), ..rule.clone() };
        let draft = SecurityGroupDraft {
            name: "web".into(),
            description: "web".into(),
            ingress: vec![rule.clone(), Rule { description: "again".into(), ..rule }, reversed],
            ..SecurityGroupDraft::default()
        };
        let keys: Vec<_> = draft.check().into_keys().collect();
        assert_eq!(keys, ["ingress.1.peer", "ingress.2.to_port"]);
    }
}
