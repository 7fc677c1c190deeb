//! Rules: which traffic is let through, compared as the cloud compares them.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use serde::{Deserialize, Serialize};

use crate::{command::shorthand, error::FieldErrors};

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

impl Rule {
    /// Whether the two let the same traffic through, whatever they are described as.
    pub fn same_traffic(&self, other: &Self) -> bool {
        let (one, other) = (self.canonical(), other.canonical());
        (&one.protocol, one.from_port, one.to_port) == (&other.protocol, other.from_port, other.to_port) && one.peer.is_same(&other.peer)
    }

    /// As the cloud keeps it: protocols by their names, blocks without the bits of a host, nothing where all is meant.
    #[must_use]
    pub fn canonical(&self) -> Self {
        let protocol = match self.protocol.to_ascii_lowercase().as_str() {
            "6" => "tcp".to_owned(),
            "17" => "udp".to_owned(),
            "1" => "icmp".to_owned(),
            "58" => "icmpv6".to_owned(),
            "all" => "-1".to_owned(),
            other => other.to_owned(),
        };
        let port = |port: Option<i32>| port.filter(|&port| port >= 0);
        let (from_port, to_port) = match protocol.as_str() {
            "tcp" | "udp" | "icmp" | "icmpv6" => (port(self.from_port), port(self.to_port)),
            _ => (None, None),
        };
        let peer = match &self.peer {
            Peer::Cidr(block) => Peer::Cidr(Block::parse(block).map_or_else(|_| block.clone(), |block| block.to_string())),
            other => other.clone(),
        };
        Self { protocol, from_port, to_port, peer, description: self.description.clone() }
    }

    /// Whether all that the other lets through, this one does too.
    pub fn covers(&self, other: &Self) -> bool {
        let (one, other) = (self.canonical(), other.canonical());
        let ports = match (one.from_port, one.to_port) {
            (None, _) => true,
            // An ICMP type with all its codes.
            (Some(kind), None) => other.from_port == Some(kind),
            (Some(from), Some(to)) if matches!(one.protocol.as_str(), "tcp" | "udp") => {
                other.from_port.is_some_and(|port| port >= from) && other.to_port.is_some_and(|port| port <= to)
            }
            _ => (one.from_port, one.to_port) == (other.from_port, other.to_port),
        };
        (one.protocol == "-1" || (one.protocol == other.protocol && ports)) && one.peer.covers(&other.peer)
    }

    /// Whether it is for everybody, whatever the family of addresses.
    pub fn is_for_everybody(&self) -> bool {
        matches!(&self.peer, Peer::Cidr(text) if Block::parse(text).is_ok_and(|block| block.bits == 0))
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
        if !is_protocol(&self.protocol) {
            errors.insert("protocol".into(), "A protocol is a number from 0 to 255.".into());
        }
        if matches!(self.protocol.as_str(), "icmp" | "icmpv6" | "1" | "58") {
            let in_range = |value: Option<i32>| value.is_none_or(|value| (-1..=255).contains(&value));
            if !in_range(self.from_port) || !in_range(self.to_port) {
                errors.insert("from_port".into(), "ICMP types and codes are numbers from 0 to 255.".into());
            }
        }
        if let Err(message) = self.peer.check() {
            errors.insert("peer".into(), message);
        }
        if self.description.chars().count() > 255 {
            errors.insert("description".into(), "A description has at most 255 characters.".into());
        }
        errors
    }
}

/// What the API calls a protocol.
fn is_protocol(text: &str) -> bool {
    matches!(text, "tcp" | "udp" | "icmp" | "icmpv6" | "-1" | "all") || text.parse::<u8>().is_ok()
}

impl Peer {
    /// Whether the two mean the same, as far as both say.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            // A group is known by its id; its name, and its owner where it is one's own account, are only there to be read.
            (Self::Group { id: one, .. }, Self::Group { id: other, .. }) if !one.is_empty() && !other.is_empty() => one == other,
            _ => self == other,
        }
    }

    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Cidr(one), Self::Cidr(other)) => match (Block::parse(one), Block::parse(other)) {
                (Ok(one), Ok(other)) => one.holds(&other),
                _ => false,
            },
            _ => self.is_same(other),
        }
    }

    fn check(&self) -> Result<(), String> {
        let is_id = |id: &str, prefix: &str| {
            id.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric()))
        };
        match self {
            Self::Cidr(block) => check_cidr(block),
            // Clouds without VPC know groups by name.
            Self::Group { id, name, .. } if id.is_empty() && name.is_empty() => Err("Choose a group.".into()),
            Self::Group { id, .. } if !id.is_empty() && !is_id(id, "sg-") => Err("A group is named by its ID: sg-…".into()),
            Self::Group { owner, .. } if !owner.is_empty() && (owner.len() != 12 || !owner.chars().all(|c| c.is_ascii_digit())) => {
                Err("An account number has twelve digits.".into())
            }
            Self::PrefixList(id) if !is_id(id, "pl-") => Err("A prefix list is named by its ID: pl-…".into()),
            _ => Ok(()),
        }
    }
}

/// An address block.
struct Block {
    address: IpAddr,
    bits: u8,
}

impl Block {
    fn parse(text: &str) -> Result<Self, String> {
        let (address, bits) =
            text.split_once('/').ok_or("Enter an address block such as 10.0.0.0/8, or 203.0.113.7/32 for one address.")?;
        let address: IpAddr = address.parse().map_err(|_| format!("{address} is not an IP address."))?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        match bits.parse::<u8>() {
            Ok(bits) if bits <= most => Ok(Self { address, bits }),
            _ => Err(format!("The number after the slash goes from 0 to {most}.")),
        }
    }

    /// The first address.
    fn base(&self) -> IpAddr {
        match self.address {
            IpAddr::V4(address) => Ipv4Addr::from(u32::from(address) & u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0)).into(),
            IpAddr::V6(address) => {
                Ipv6Addr::from(u128::from(address) & u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0)).into()
            }
        }
    }

    fn holds(&self, other: &Self) -> bool {
        self.address.is_ipv4() == other.address.is_ipv4()
            && self.bits <= other.bits
            && self.base() == Self { address: other.address, bits: self.bits }.base()
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base(), self.bits)
    }
}

/// Whether a text is an IPv4 or IPv6 block in CIDR notation; else what is wrong with it.
pub fn check_cidr(text: &str) -> Result<(), String> {
    Block::parse(text).map(drop)
}

/// What a new group of a VPC lets out: everything.
pub fn everywhere() -> Rule {
    Rule { protocol: "-1".into(), peer: Peer::Cidr("0.0.0.0/0".into()), ..Rule::default() }
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
        let rule = |id: &str| Rule { peer: Peer::Group { id: id.into(), owner: String::new(), name: String::new() }, ..everywhere() };
        assert_eq!(rule("").check().into_keys().collect::<Vec<_>>(), ["peer"]);
        assert!(rule("sg-1").check().is_empty());
    }

    fn tcp(from: i32, to: i32, block: &str) -> Rule {
        let peer = Peer::Cidr(block.into());
        Rule { protocol: "tcp".into(), from_port: Some(from), to_port: Some(to), peer, description: String::new() }
    }

    #[test]
    fn rules_are_compared_as_the_cloud_keeps_them() {
        let by_number = Rule { protocol: "6".into(), ..tcp(22, 22, "10.1.2.3/8") };
        assert!(by_number.same_traffic(&tcp(22, 22, "10.0.0.0/8")));
        assert!(tcp(22, 22, "2001:DB8::1/32").same_traffic(&tcp(22, 22, "2001:db8::/32")));
        let all = Rule { protocol: "-1".into(), from_port: Some(-1), ..tcp(0, 0, "0.0.0.0/0") };
        assert!(all.same_traffic(&everywhere()));
        let group = |owner: &str| Peer::Group { id: "sg-1".into(), owner: owner.into(), name: String::new() };
        assert!(Rule { peer: group(""), ..all.clone() }.same_traffic(&Rule { peer: group("123456789012"), ..all }));
    }

    #[test]
    fn a_wider_rule_covers_a_narrower_one() {
        assert!(everywhere().covers(&tcp(22, 22, "10.0.0.0/8")));
        assert!(!everywhere().covers(&tcp(22, 22, "::/0")), "the other family is another world");
        assert!(tcp(0, 65_535, "10.0.0.0/8").covers(&tcp(80, 90, "10.2.0.0/16")));
        assert!(!tcp(80, 90, "10.2.0.0/16").covers(&tcp(80, 91, "10.2.0.0/16")));
        assert!(!tcp(80, 90, "10.2.0.0/16").covers(&tcp(80, 90, "10.3.0.0/16")));
        let ping = |kind, code| Rule { protocol: "icmp".into(), from_port: kind, to_port: code, ..tcp(0, 0, "0.0.0.0/0") };
        assert!(ping(None, None).covers(&ping(Some(8), None)) && ping(Some(3), None).covers(&ping(Some(3), Some(4))));
        assert!(!ping(Some(3), Some(4)).covers(&ping(Some(3), None)));
    }

    #[test]
    fn peers_are_named_as_the_api_names_them() {
        let wrong = |peer| Rule { peer, ..everywhere() }.check().contains_key("peer");
        let group = |owner: &str, id: &str| Peer::Group { id: id.into(), owner: owner.into(), name: String::new() };
        assert!(!wrong(group("123456789012", "sg-1a")) && wrong(group("12345", "sg-1a")) && wrong(group("", "default")));
        assert!(!wrong(Peer::PrefixList("pl-1".into())) && wrong(Peer::PrefixList("list".into())));
        assert!(Rule { protocol: "256".into(), ..everywhere() }.check().contains_key("protocol"));
        assert!(Rule { protocol: "50".into(), ..everywhere() }.check().is_empty());
    }
}
