//! Network ACLs, with their rules in both directions.

use api::{
    kind::Kind,
    network_acl::{AclRule, Direction, NetworkAcl, NetworkAclAction, NetworkAclDraft, has_ports, rule_key},
    resource::Resource,
    subnet::Subnet,
};

use super::flag;
use crate::{
    area::Area,
    spec::{
        Depends, Empty, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        form::{Field, Form, Input, Pick, Values},
        tab::{Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<NetworkAcl>;
type Facet = facet::Facet<NetworkAcl>;
type Action = action::Action<NetworkAcl>;

pub static SPEC: Spec<NetworkAcl> = Spec {
    area: Area::Vpc,
    title: "Network ACLs",
    icon: "shield-check",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |a| cell::named_link(Kind::NetworkAcl, &a.id, a.name())).width(Width::Wide).narrow(),
        Column::new("id", "Network ACL ID", |a| cell::code(&a.id)).width(Width::Id),
        Column::new("vpc", "VPC", |a| cell::link(Kind::Vpc, &a.vpc_id)).width(Width::Id).narrow(),
        Column::new("default", "Default", |a| cell::yes_no(a.is_default)).width(Width::Narrow),
        Column::new("inbound", "Inbound rules", |a| Cell::Count(a.ingress.len() as u64)).width(Width::Number),
        Column::new("outbound", "Outbound rules", |a| Cell::Count(a.egress.len() as u64)).width(Width::Number),
        Column::new("subnets", "Subnets", |a| Cell::Count(a.subnets.len() as u64)).width(Width::Number),
        Column::new("tags", "Tags", |a| cell::tags(&a.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("vpc", "VPC", |a| &a.vpc_id),
        Facet::one("default", "Default", |a| flag(a.is_default)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::many("subnet", "Subnet", |a| a.subnets.iter().map(String::as_str).collect()),
    ],
    scopes: &[],
    actions: &[
        Action::form("add-rule", "Add rule", "plus", ("A rule is added to {name}", ""), &ADD_RULE, |_| NetworkAclAction::AddRule {
            direction: Direction::Ingress,
            number: None,
            action: "allow".into(),
            protocol: "tcp".into(),
            from_port: None,
            to_port: None,
            cidr: "0.0.0.0/0".into(),
        }),
        Action::form("remove-rule", "Remove rule", "minus", ("A rule of {name} is removed", ""), &REMOVE_RULE, |_| {
            NetworkAclAction::RemoveRule { rule: String::new() }
        })
        .when(|a| Allow::when(own_rules(a).next().is_some(), "It has no rules that could be removed.")),
        Action::form("associate", "Associate subnet", "link", ("{name} is associated with the subnet", ""), &ASSOCIATE, |_| {
            NetworkAclAction::Associate { subnet_id: String::new() }
        }),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} network ACLs are deleted"), || NetworkAclAction::Delete)
            .when(|a| Allow::when(!a.is_default, "The default network ACL of a VPC goes only with the VPC."))
            .depends(&[Depends::on(
                Kind::Subnet,
                |a| vec![("vpc", a.vpc_id.clone())],
                |a, item| a.subnets.contains(&item.get::<Subnet>().id),
                "Subnets are associated with it:",
            )])
            .ends("The cloud refuses to delete a network ACL that subnets are associated with."),
    ],
    tabs: &[
        Tab::new("general", "General", &[Section::Facts { title: "Network ACL", columns: &["id", "vpc", "default"], more: &[] }, SUBNETS]),
        Tab::new("inbound", "Inbound rules", &[INBOUND]),
        Tab::new("outbound", "Outbound rules", &[OUTBOUND]),
    ],
    has_tags: true,
    status: None,
    notice: None,
    primary: Some(&Primary::Create { label: "Create network ACL", form: &CREATE, draft: NetworkAclDraft::default }),
    empty: &Empty { title: "No network ACLs", body: "A network ACL says which traffic enters and leaves a subnet." },
};

const SUBNETS: Section<NetworkAcl> = Section::Table {
    title: "Associated subnets",
    heads: &["Subnet"],
    rows: |a| a.subnets.iter().map(|id| vec![cell::link(Kind::Subnet, id)]).collect(),
    empty: "No subnet is under this network ACL.",
};

const INBOUND: Section<NetworkAcl> = Section::Table {
    title: "Traffic that comes in, by the first rule that fits",
    heads: &["Rule", "Action", "Protocol", "Ports", "From"],
    rows: |a| a.ingress.iter().map(rule_cells).collect(),
    empty: "No rules: nothing may come in.",
};

const OUTBOUND: Section<NetworkAcl> = Section::Table {
    title: "Traffic that goes out, by the first rule that fits",
    heads: &["Rule", "Action", "Protocol", "Ports", "To"],
    rows: |a| a.egress.iter().map(rule_cells).collect(),
    empty: "No rules: nothing may go out.",
};

static CREATE: Form = Form {
    title: "Create network ACL",
    intro: "It lets nothing pass until it has rules.",
    submit: "Create network ACL",
    fields: &[Field::new("vpc_id", "VPC", Input::Pick(Pick::of(Kind::Vpc))), Field::new("tags", "Tags", Input::Tags).optional()],
};

static ADD_RULE: Form = Form {
    title: "Add rule to {name}",
    intro: "Rules are tried by number, and the first that fits decides. Answers need a rule of their own: network ACLs keep nothing in mind.",
    submit: "Add rule",
    fields: &[
        Field::new("direction", "Direction", Input::Choice(&[("ingress", "Inbound"), ("egress", "Outbound")])),
        Field::new("number", "Rule number", Input::Number("")).help("From 1 to 32766. Leave gaps for rules to come."),
        Field::new("action", "Action", Input::Choice(&[("allow", "Allow"), ("deny", "Deny")])),
        Field::new(
            "protocol",
            "Protocol",
            Input::Choice(&[("tcp", "TCP"), ("udp", "UDP"), ("icmp", "ICMP, all types"), ("-1", "All traffic")]),
        ),
        Field::new("from_port", "First port", Input::Number("")).when(with_ports),
        Field::new("to_port", "Last port", Input::Number("")).when(with_ports),
        Field::new("cidr", "Address block", Input::Code).help("Where the traffic comes from or goes to, such as 0.0.0.0/0 for everywhere."),
    ],
};

fn with_ports(values: &Values) -> bool {
    has_ports(values.text("protocol"))
}

static REMOVE_RULE: Form = Form {
    title: "Remove rule of {name}",
    intro: "Traffic that it decided about is decided by the next rule that fits.",
    submit: "Remove rule",
    fields: &[Field::new(
        "rule",
        "Rule",
        Input::Own(|item| {
            let line = |(direction, rule): (Direction, &AclRule)| {
                let way = if direction == Direction::Egress { "→" } else { "←" };
                let verdict = if rule.allow { "allow" } else { "deny" };
                let text = format!("{} {way} {verdict} {} {} {}", rule.number, protocol(rule), ports(rule), rule.cidr);
                (rule_key(direction, rule.number), text)
            };
            own_rules(item.get::<NetworkAcl>()).map(line).collect()
        }),
    )],
};

static ASSOCIATE: Form = Form {
    title: "Associate {name} with a subnet",
    intro: "A subnet is under one network ACL: whichever it has now is replaced.",
    submit: "Associate subnet",
    fields: &[Field::new(
        "subnet_id",
        "Subnet",
        Input::Pick(Pick::of(Kind::Subnet).fits(|item, _, acl| {
            let subnet = item.get::<Subnet>();
            acl.map(|acl| acl.get::<NetworkAcl>()).is_some_and(|acl| acl.vpc_id == subnet.vpc_id && !acl.subnets.contains(&subnet.id))
        })),
    )],
};

/// All rules but the last of each direction.
fn own_rules(acl: &NetworkAcl) -> impl Iterator<Item = (Direction, &AclRule)> {
    let ingress = acl.ingress.iter().map(|rule| (Direction::Ingress, rule));
    ingress.chain(acl.egress.iter().map(|rule| (Direction::Egress, rule))).filter(|(_, rule)| rule.number < AclRule::LAST)
}

fn rule_cells(rule: &AclRule) -> Vec<Cell> {
    let number = if rule.number < AclRule::LAST { Cell::Count(rule.number.into()) } else { Cell::Word("All others") };
    let action = cell::status(if rule.allow { Tone::Good } else { Tone::Bad }, if rule.allow { "allow" } else { "deny" });
    vec![number, action, cell::text(protocol(rule)), cell::code(&ports(rule)), cell::code(&rule.cidr)]
}

fn protocol(rule: &AclRule) -> &str {
    match rule.protocol.as_str() {
        "-1" => "All",
        "1" => "ICMP",
        "6" => "TCP",
        "17" => "UDP",
        "58" => "ICMPv6",
        number => number,
    }
}

fn ports(rule: &AclRule) -> String {
    match (rule.from_port, rule.to_port) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(0), Some(65_535)) | (None, _) => "All".to_owned(),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("type {from}"),
    }
}
