//! A rule as it stands in a row of inputs: a service or a protocol with what it leaves open, and who is meant.

use api::security_group::{Peer, Rule, SecurityGroup};
use leptos::prelude::*;

/// Key, label, protocol, port.
pub const PRESETS: &[(&str, &str, &str, Option<i32>)] = &[
    ("ssh", "SSH", "tcp", Some(22)),
    ("rdp", "RDP", "tcp", Some(3389)),
    ("http", "HTTP", "tcp", Some(80)),
    ("https", "HTTPS", "tcp", Some(443)),
    ("smtp", "SMTP", "tcp", Some(25)),
    ("smtps", "SMTPS", "tcp", Some(465)),
    ("imap", "IMAP", "tcp", Some(143)),
    ("imaps", "IMAPS", "tcp", Some(993)),
    ("pop3", "POP3", "tcp", Some(110)),
    ("pop3s", "POP3S", "tcp", Some(995)),
    ("ldap", "LDAP", "tcp", Some(389)),
    ("dns-udp", "DNS (UDP)", "udp", Some(53)),
    ("dns-tcp", "DNS (TCP)", "tcp", Some(53)),
    ("nfs", "NFS", "tcp", Some(2049)),
    ("mssql", "MSSQL", "tcp", Some(1433)),
    ("mysql", "MySQL", "tcp", Some(3306)),
    ("postgresql", "PostgreSQL", "tcp", Some(5432)),
    ("tcp", "Custom TCP", "tcp", None),
    ("udp", "Custom UDP", "udp", None),
    ("icmp", "ICMP", "icmp", None),
    ("icmpv6", "ICMPv6", "icmpv6", None),
    ("other", "Other protocol", "", None),
    ("all", "All traffic", "-1", None),
];

/// Ports by which machines are administered; the whole internet tries them.
const ADMIN_PORTS: &[i32] = &[22, 23, 3389, 5900, 5985, 5986];

/// What a number of ICMP that is none becomes, so that the rule's own check refuses it.
const NO_NUMBER: i32 = 999;

/// One rule as it is on the screen.
#[derive(Clone)]
pub struct RuleRow {
    pub id: u32,
    /// A key of [`PRESETS`].
    pub preset: ArcRwSignal<String>,
    /// What the preset leaves open: a port or a first and a last, type and code of ICMP, the number of a protocol.
    pub ports: ArcRwSignal<String>,
    /// `anywhere`, `anywhere6`, `cidr`, `group`, `foreign` or `list`; or a block itself, which is one's own address.
    pub source: ArcRwSignal<String>,
    /// The address block, `account/group` or the prefix list, where the source is one.
    pub peer: ArcRwSignal<String>,
    /// The group's id, where the source is one of the account.
    pub group: ArcRwSignal<String>,
    pub description: ArcRwSignal<String>,
}

impl RuleRow {
    pub fn new(id: u32) -> Self {
        Self {
            id,
            preset: ArcRwSignal::new("ssh".to_owned()),
            ports: ArcRwSignal::default(),
            source: ArcRwSignal::new("anywhere".to_owned()),
            peer: ArcRwSignal::default(),
            group: ArcRwSignal::default(),
            description: ArcRwSignal::default(),
        }
    }

    /// The row that makes this rule; `account` is one's own.
    pub fn of(id: u32, rule: &Rule, account: &str) -> Self {
        let rule = rule.canonical();
        let row = Self::new(id);
        let (preset, ports) = read_traffic(&rule);
        row.preset.set(preset);
        row.ports.set(ports);
        let (source, text) = match &rule.peer {
            Peer::Cidr(block) if block == "0.0.0.0/0" => ("anywhere", String::new()),
            Peer::Cidr(block) if block == "::/0" => ("anywhere6", String::new()),
            Peer::Cidr(block) => ("cidr", block.clone()),
            Peer::Group { id, owner, .. } if owner.is_empty() || owner == account => {
                row.group.set(id.clone());
                ("group", String::new())
            }
            Peer::Group { id, owner, .. } => ("foreign", format!("{owner}/{id}")),
            Peer::PrefixList(id) => ("list", id.clone()),
        };
        row.source.set(source.to_owned());
        row.peer.set(text);
        row.description.set(rule.description);
        row
    }

    pub fn rule(&self, groups: &[SecurityGroup]) -> Rule {
        let preset = self.preset.get();
        let (key, _, protocol, port) = PRESETS.iter().find(|(key, ..)| *key == preset).copied().unwrap_or(PRESETS[0]);
        let ports = self.ports.get();
        let (protocol, from_port, to_port) = match key {
            "tcp" | "udp" => {
                let (from, to) = parse_ports(&ports);
                (protocol.to_owned(), from, to)
            }
            "icmp" | "icmpv6" => {
                let (kind, code) = parse_icmp(&ports);
                (protocol.to_owned(), kind, code)
            }
            "other" => (ports.trim().to_owned(), None, None),
            _ => (protocol.to_owned(), port, port),
        };
        let text = || self.peer.with(|peer| peer.trim().to_owned());
        let peer = match self.source.get().as_str() {
            "anywhere" => Peer::Cidr("0.0.0.0/0".to_owned()),
            "anywhere6" => Peer::Cidr("::/0".to_owned()),
            "group" => {
                let id = self.group.get();
                let known = groups.iter().find(|group| group.id == id);
                let (owner, name) = known.map(|group| (group.owner.clone(), group.name.clone())).unwrap_or_default();
                Peer::Group { id, owner, name }
            }
            "foreign" => {
                let text = text();
                let (owner, id) = text.split_once('/').unwrap_or(("", &text));
                Peer::Group { id: id.trim().to_owned(), owner: owner.trim().to_owned(), name: String::new() }
            }
            "list" => Peer::PrefixList(text()),
            "cidr" => Peer::Cidr(text()),
            own => Peer::Cidr(own.to_owned()),
        };
        Rule { protocol, from_port, to_port, peer, description: self.description.with(|text| text.trim().to_owned()) }
    }

    /// Whether it lets the whole internet at what only administrators need.
    pub fn is_risky(&self) -> bool {
        let rule = self.rule(&[]);
        let reaches = |port: &i32| match (rule.protocol.as_str(), rule.from_port, rule.to_port) {
            ("-1", ..) => true,
            ("tcp", Some(from), Some(to)) => (from..=to).contains(port),
            _ => false,
        };
        rule.is_for_everybody() && ADMIN_PORTS.iter().any(reaches)
    }
}

/// The preset of a rule in its canonical form, and what that leaves open.
fn read_traffic(rule: &Rule) -> (String, String) {
    let one_port = rule.from_port.filter(|_| rule.from_port == rule.to_port);
    let known = PRESETS.iter().find(|(_, _, protocol, port)| port.is_some() && *protocol == rule.protocol && *port == one_port);
    if let Some((key, ..)) = known {
        return ((*key).to_owned(), String::new());
    }
    let text = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    match rule.protocol.as_str() {
        protocol @ ("tcp" | "udp") => {
            let ports =
                if let Some(port) = one_port { port.to_string() } else { format!("{}-{}", text(rule.from_port), text(rule.to_port)) };
            (protocol.to_owned(), ports)
        }
        protocol @ ("icmp" | "icmpv6") => {
            let code = rule.to_port.map(|code| format!("/{code}")).unwrap_or_default();
            (protocol.to_owned(), text(rule.from_port) + &code)
        }
        "-1" => ("all".to_owned(), String::new()),
        other => ("other".to_owned(), other.to_owned()),
    }
}

/// `80`, `8000-8100`; `None` for what is no number, which the rule's own check then refuses.
fn parse_ports(text: &str) -> (Option<i32>, Option<i32>) {
    let port = |text: &str| text.trim().parse().ok();
    match text.split_once(['-', '–']) {
        Some((from, to)) => (port(from), port(to)),
        None => (port(text), port(text)),
    }
}

/// `8` for a type, `3/4` for a type and a code, nothing for all.
fn parse_icmp(text: &str) -> (Option<i32>, Option<i32>) {
    let number = |text: &str| Some(text.trim().parse().unwrap_or(NO_NUMBER));
    match text.split_once('/') {
        Some((kind, code)) => (number(kind), number(code)),
        None if text.trim().is_empty() => (None, None),
        None => (number(text), None),
    }
}

#[cfg(test)]
mod tests {
    use api::{resource::Resource, security_group::everywhere};

    use super::*;

    fn row(preset: &str, ports: &str, source: &str, peer: &str) -> RuleRow {
        let row = RuleRow::new(0);
        row.preset.set(preset.into());
        row.ports.set(ports.into());
        row.source.set(source.into());
        row.peer.set(peer.into());
        row
    }

    #[test]
    fn a_row_says_the_rule_that_it_shows() {
        let ssh = row("ssh", "ignored", "cidr", " 203.0.113.7/32 ").rule(&[]);
        assert_eq!((ssh.from_port, ssh.to_port, ssh.peer), (Some(22), Some(22), Peer::Cidr("203.0.113.7/32".into())));
        let range = row("udp", "8000 - 8100", "anywhere6", "").rule(&[]);
        assert_eq!((range.from_port, range.to_port, range.peer), (Some(8000), Some(8100), Peer::Cidr("::/0".into())));
        let ping = row("icmp", "3/4", "anywhere", "").rule(&[]);
        assert_eq!((ping.from_port, ping.to_port), (Some(3), Some(4)));
        assert!(row("icmp", "ping", "anywhere", "").rule(&[]).check().contains_key("from_port"));
        let esp = row("other", "50", "foreign", "123456789012/sg-1").rule(&[]);
        assert_eq!(
            (esp.protocol.as_str(), &esp.peer),
            ("50", &Peer::Group { id: "sg-1".into(), owner: "123456789012".into(), name: String::new() })
        );
        assert!(row("other", "carrier pigeon", "anywhere", "").rule(&[]).check().contains_key("protocol"));
    }

    #[test]
    fn ones_own_address_is_a_block_whatever_was_typed_before() {
        for own in ["203.0.113.7/32", "2001:db8::7/128"] {
            let rule = row("ssh", "", own, "10.0.0.0/8").rule(&[]);
            assert_eq!(rule.peer, Peer::Cidr(own.into()));
            assert!(rule.check().is_empty() && !row("ssh", "", own, "").is_risky());
        }
    }

    #[test]
    fn a_group_of_the_account_brings_its_name_and_owner() {
        let row = row("https", "", "group", "");
        let group = SecurityGroup::sample();
        row.group.set(group.id.clone());
        let SecurityGroup { id, owner, name, .. } = group;
        assert_eq!(row.rule(&[SecurityGroup::sample()]).peer, Peer::Group { id, owner, name });
    }

    #[test]
    fn every_rule_has_a_row_that_makes_it_again() {
        let rule = |protocol: &str, from: Option<i32>, to: Option<i32>, peer: Peer| Rule {
            protocol: protocol.into(),
            from_port: from,
            to_port: to,
            peer,
            description: "why".into(),
        };
        let block = || Peer::Cidr("10.0.0.0/8".into());
        let group = |owner: &str| Peer::Group { id: "sg-1".into(), owner: owner.into(), name: "web".into() };
        let rules = [
            rule("tcp", Some(22), Some(22), block()),
            rule("6", Some(8000), Some(8100), Peer::Cidr("::/0".into())),
            rule("udp", Some(53), Some(53), group("123456789012")),
            rule("udp", Some(9), Some(9), group("210987654321")),
            rule("icmp", None, None, block()),
            rule("icmp", Some(8), Some(-1), block()),
            rule("58", Some(128), Some(0), Peer::PrefixList("pl-1".into())),
            rule("50", None, None, block()),
            everywhere(),
        ];
        for rule in rules {
            let made = RuleRow::of(0, &rule, "123456789012").rule(&[]);
            assert!(made.same_traffic(&rule) && made.description == rule.description, "{rule:?} became {made:?}");
        }
    }

    #[test]
    fn admin_ports_are_not_for_the_whole_internet() {
        assert!(row("ssh", "", "anywhere", "").is_risky());
        assert!(row("tcp", "20-30", "anywhere6", "").is_risky());
        assert!(row("all", "", "cidr", "0.0.0.0/0").is_risky());
        assert!(row("tcp", "5985", "anywhere", "").is_risky());
        assert!(!row("ssh", "", "cidr", "203.0.113.7/32").is_risky());
        assert!(!row("https", "", "anywhere", "").is_risky());
        assert!(!row("udp", "22", "anywhere", "").is_risky());
    }
}
