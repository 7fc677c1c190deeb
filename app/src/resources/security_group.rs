//! Security groups and their rules, in words that can be read.

use api::{
    kind::Kind,
    network_interface::NetworkInterface,
    security_group::{Peer, Rule, SecurityGroup, SecurityGroupAction},
};
use leptos::prelude::*;

use crate::{
    area::Area,
    dialogs::security_group::Direction,
    lazy::{self, parts},
    list::refresh,
    spec::{
        Depends, Empty, Item, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
};

type Column = column::Column<SecurityGroup>;
type Facet = facet::Facet<SecurityGroup>;
type Action = action::Action<SecurityGroup>;

pub static SPEC: Spec<SecurityGroup> = Spec {
    area: Area::Network,
    title: "Security groups",
    icon: "shield",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |g| cell::named_link(Kind::SecurityGroup, &g.id, &g.name)).width(Width::Wide).narrow(),
        Column::new("id", "Group ID", |g| cell::code(&g.id)).width(Width::Id),
        Column::new("description", "Description", |g| cell::text(&g.description)).width(Width::Wide),
        Column::new("vpc", "VPC", |g| cell::link(Kind::Vpc, &g.vpc_id)).width(Width::Id),
        Column::new("inbound", "Inbound rules", |g| Cell::Count(g.ingress.len() as u64)).width(Width::Number).narrow(),
        Column::new("outbound", "Outbound rules", |g| Cell::Count(g.egress.len() as u64)).width(Width::Number),
        Column::new("tags", "Tags", |g| cell::tags(&g.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("vpc", "VPC", |g| &g.vpc_id).alias("vpc_id"),
        Facet::many("port", "Open port", |g| g.ingress.iter().filter(|rule| is_open(rule)).map(service).collect()),
    ],
    scopes: &[],
    actions: &[
        Action::open("inbound", "Edit inbound rules", "pencil", |group| lazy::dialog(parts::edit_rules, (group, Direction::Inbound))),
        Action::open("outbound", "Edit outbound rules", "pencil", |group| lazy::dialog(parts::edit_rules, (group, Direction::Outbound)))
            .when(|g| Allow::when(!g.vpc_id.is_empty(), "Only groups of a VPC have outbound rules.")),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} security groups are deleted"), || {
            SecurityGroupAction::Delete
        })
        .when(can_delete)
        .ends("This cannot be undone. The cloud refuses to delete groups that are in use.")
        .depends(&[interfaces("Network interfaces are in it:"), groups("Rules of other groups name it:")]),
        Action::open("delete-references", "Delete with the rules that name it", "unlink", |group| lazy::dialog(parts::delete_group, group))
            .when(can_delete),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[Section::Facts {
                title: "Security group",
                columns: &["name", "id", "description", "vpc"],
                more: &[Fact::new("Owner", |g| cell::code(&g.owner))],
            }],
        ),
        Tab::new(
            "inbound",
            "Inbound rules",
            &[Section::Table {
                title: "Traffic that may come in",
                heads: &["Type", "Protocol", "Ports", "From", "Description"],
                rows: |g| g.ingress.iter().map(|rule| rule_cells(rule, &g.owner)).collect(),
                empty: "No rules: nothing may come in.",
            }],
        ),
        Tab::new(
            "outbound",
            "Outbound rules",
            &[Section::Table {
                title: "Traffic that may go out",
                heads: &["Type", "Protocol", "Ports", "To", "Description"],
                rows: |g| g.egress.iter().map(|rule| rule_cells(rule, &g.owner)).collect(),
                empty: "No rules: nothing may go out.",
            }],
        ),
        Tab::new(
            "uses",
            "Used by",
            &[
                Section::Related {
                    of: interfaces("Network interfaces in it"),
                    columns: &["name", "instance", "private_ip", "description"],
                    empty: "No network interface is in it.",
                    make: "",
                },
                Section::Related {
                    of: groups("Groups whose rules name it"),
                    columns: &["name", "description"],
                    empty: "No rule of another group names it.",
                    make: "",
                },
            ],
        ),
    ],
    has_tags: true,
    status: None,
    notice: None,
    primary: Some(&Primary::Open {
        label: "Create security group",
        dialog: || {
            let on_created = Callback::new(|_| refresh(&[Kind::SecurityGroup]));
            lazy::dialog(parts::create_security_group, (String::new(), on_created))
        },
    }),
    empty: &Empty { title: "No security groups", body: "A security group says which traffic reaches an instance." },
};

const fn interfaces(says: &'static str) -> Depends<SecurityGroup> {
    let is_in = |g: &SecurityGroup, item: &Item| item.get::<NetworkInterface>().security_groups.iter().any(|group| group.id == g.id);
    Depends::on(Kind::NetworkInterface, |g| vec![("group", g.id.clone())], is_in, says)
}

const fn groups(says: &'static str) -> Depends<SecurityGroup> {
    let of_vpc = |g: &SecurityGroup| if g.vpc_id.is_empty() { vec![] } else { vec![("vpc", g.vpc_id.clone())] };
    Depends::on(Kind::SecurityGroup, of_vpc, |g, item| names(item.get(), &g.id), says)
}

/// Whether a rule of another group lets the group in, or lets something out to it.
pub fn names(other: &SecurityGroup, id: &str) -> bool {
    let is_it = |rule: &Rule| matches!(&rule.peer, Peer::Group { id: named, .. } if named == id);
    other.id != id && other.ingress.iter().chain(&other.egress).any(is_it)
}

fn can_delete(group: &SecurityGroup) -> Allow {
    Allow::when(group.name != "default", "The default group of a VPC cannot be deleted.")
}

/// Of a group of this account.
fn rule_cells(rule: &Rule, account: &str) -> Vec<Cell> {
    let peer = peer(&rule.peer, account);
    vec![cell::text(service(rule)), cell::text(&protocol(rule)), cell::code(&ports(rule)), peer, cell::text(&rule.description)]
}

/// Whether everybody may use it.
fn is_open(rule: &Rule) -> bool {
    matches!(&rule.peer, Peer::Cidr(block) if block.ends_with("/0"))
}

/// What the traffic is known as.
pub fn service(rule: &Rule) -> &str {
    const KNOWN: &[(i32, &str)] = &[
        (22, "SSH"),
        (25, "SMTP"),
        (53, "DNS"),
        (80, "HTTP"),
        (110, "POP3"),
        (143, "IMAP"),
        (389, "LDAP"),
        (443, "HTTPS"),
        (465, "SMTPS"),
        (993, "IMAPS"),
        (995, "POP3S"),
        (1433, "MS SQL"),
        (2049, "NFS"),
        (3306, "MySQL"),
        (3389, "RDP"),
        (5432, "PostgreSQL"),
        (6379, "Redis"),
    ];
    match (rule.protocol.as_str(), rule.from_port, rule.to_port) {
        ("-1", ..) => "All traffic",
        ("icmp" | "1", ..) => "ICMP",
        ("icmpv6" | "58", ..) => "ICMPv6",
        ("tcp" | "6", Some(0), Some(65_535)) => "All TCP",
        ("udp" | "17", Some(0), Some(65_535)) => "All UDP",
        ("tcp" | "6" | "udp" | "17", Some(from), Some(to)) if from == to => {
            KNOWN.iter().find(|(port, _)| *port == from).map_or("Custom", |(_, name)| name)
        }
        _ => "Custom",
    }
}

pub fn protocol(rule: &Rule) -> String {
    match rule.protocol.as_str() {
        "-1" => "All".to_owned(),
        "6" => "TCP".to_owned(),
        "17" => "UDP".to_owned(),
        "1" | "icmp" => "ICMP".to_owned(),
        "58" | "icmpv6" => "ICMPv6".to_owned(),
        other => other.to_ascii_uppercase(),
    }
}

pub fn ports(rule: &Rule) -> String {
    let is_icmp = matches!(rule.protocol.as_str(), "icmp" | "icmpv6" | "1" | "58");
    match (rule.from_port, rule.to_port) {
        (None | Some(-1), _) => "All".to_owned(),
        (Some(kind), None | Some(-1)) if is_icmp => format!("type {kind}"),
        (Some(kind), Some(code)) if is_icmp => format!("type {kind}, code {code}"),
        (Some(0), Some(65_535)) => "All".to_owned(),
        (Some(from), Some(to)) if from != to => format!("{from}–{to}"),
        (Some(port), _) => port.to_string(),
    }
}

fn peer(peer: &Peer, account: &str) -> Cell {
    match peer {
        Peer::Cidr(block) => match block.as_str() {
            "0.0.0.0/0" => Cell::Code("0.0.0.0/0 (anywhere, IPv4)".to_owned()),
            "::/0" => Cell::Code("::/0 (anywhere, IPv6)".to_owned()),
            other => cell::code(other),
        },
        // A group of another account has no page here.
        Peer::Group { id, owner, .. } if !owner.is_empty() && owner != account => cell::code(&format!("{owner}/{id}")),
        Peer::Group { id, name, .. } => Cell::Link(Link::new(Kind::SecurityGroup, id, name)),
        Peer::PrefixList(id) => cell::link(Kind::PrefixList, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(protocol: &str, from: Option<i32>, to: Option<i32>) -> Rule {
        Rule { protocol: protocol.into(), from_port: from, to_port: to, ..Rule::default() }
    }

    #[test]
    fn rules_read_as_people_say_them() {
        let said = |rule: Rule| (service(&rule).to_owned(), protocol(&rule), ports(&rule));
        let expect = |service: &str, protocol: &str, ports: &str| (service.to_owned(), protocol.to_owned(), ports.to_owned());
        assert_eq!(said(rule("tcp", Some(22), Some(22))), expect("SSH", "TCP", "22"));
        assert_eq!(said(rule("-1", None, None)), expect("All traffic", "All", "All"));
        assert_eq!(said(rule("udp", Some(0), Some(65_535))), expect("All UDP", "UDP", "All"));
        assert_eq!(said(rule("tcp", Some(8000), Some(8999))), expect("Custom", "TCP", "8000–8999"));
        assert_eq!(said(rule("icmp", Some(8), Some(-1))), expect("ICMP", "ICMP", "type 8"));
        assert_eq!(said(rule("icmp", Some(-1), Some(-1))), expect("ICMP", "ICMP", "All"));
        assert_eq!(said(rule("47", None, None)), expect("Custom", "47", "All"));
    }

    #[test]
    fn a_group_that_names_itself_is_not_in_its_own_way() {
        let group = |id: &str, named: &str| SecurityGroup {
            id: id.into(),
            egress: vec![Rule {
                peer: Peer::Group { id: named.into(), owner: String::new(), name: String::new() },
                ..rule("-1", None, None)
            }],
            ..SecurityGroup::default()
        };
        assert!(names(&group("sg-2", "sg-1"), "sg-1") && !names(&group("sg-2", "sg-3"), "sg-1"));
        assert!(!names(&group("sg-1", "sg-1"), "sg-1"));
    }

    #[test]
    fn only_groups_of_the_account_are_links() {
        let of = |owner: &str| peer(&Peer::Group { id: "sg-1".into(), owner: owner.into(), name: "web".into() }, "123456789012");
        assert_eq!(of("210987654321"), Cell::Code("210987654321/sg-1".into()));
        for own in ["", "123456789012"] {
            assert_eq!(of(own), Cell::Link(Link::new(Kind::SecurityGroup, "sg-1", "web")));
        }
    }

    #[test]
    fn the_default_group_stays() {
        let group = SecurityGroup { name: "default".into(), ..SecurityGroup::default() };
        assert!(can_delete(&group).reason().is_some());
    }
}
