//! Prefix lists, to look at: which blocks a rule or a route means that names one.

use api::{
    kind::Kind,
    prefix_list::PrefixList,
    route_table::RouteTable,
    security_group::{Peer, SecurityGroup},
};

use crate::{
    area::Area,
    spec::{
        Depends, Empty, Spec,
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<PrefixList>;
type Facet = facet::Facet<PrefixList>;

pub static SPEC: Spec<PrefixList> = Spec {
    area: Area::Vpc,
    title: "Prefix lists",
    icon: "list",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |p| cell::named_link(Kind::PrefixList, &p.id, &p.name)).width(Width::Wide).narrow(),
        Column::new("id", "Prefix list ID", |p| cell::code(&p.id)).width(Width::Id).narrow(),
        Column::new("state", "State", state),
        Column::new("family", "Address family", |p| cell::text(&p.family)),
        Column::new("owner", "Owner", |p| cell::code(&p.owner)),
        Column::new("max", "Most entries", |p| p.max_entries.map_or(Cell::Empty, |most| Cell::Count(most.into()))).width(Width::Number),
        Column::new("tags", "Tags", |p| cell::tags(&p.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("state", "State", |p| &p.state),
        Facet::one("family", "Address family", |p| &p.family),
        Facet::one("owned_by", "Owner", |p| &p.owner),
    ],
    scopes: &[],
    actions: &[],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts { title: "Prefix list", columns: &["id", "state", "family", "owner", "max"], more: &[] },
                Section::Table {
                    title: "Entries",
                    heads: &["Address block", "Description"],
                    rows: |p| p.entries.iter().map(|entry| vec![cell::code(&entry.cidr_block), cell::text(&entry.description)]).collect(),
                    empty: "There is nothing in it.",
                },
            ],
        ),
        Tab::new(
            "uses",
            "Used by",
            &[
                Section::Related {
                    of: Depends::on(
                        Kind::SecurityGroup,
                        |_| vec![],
                        |p, item| {
                            let group = item.get::<SecurityGroup>();
                            group.ingress.iter().chain(&group.egress).any(|rule| matches!(&rule.peer, Peer::PrefixList(id) if *id == p.id))
                        },
                        "Security groups with rules for it",
                    ),
                    columns: &["name", "id", "vpc"],
                    empty: "No rule of a security group names it.",
                    make: "",
                },
                Section::Related {
                    of: Depends::on(
                        Kind::RouteTable,
                        |_| vec![],
                        |p, item| item.get::<RouteTable>().routes.iter().any(|route| route.destination == p.id),
                        "Route tables with routes to it",
                    ),
                    columns: &["name", "id", "vpc"],
                    empty: "No route leads to it.",
                    make: "",
                },
            ],
        ),
    ],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: None,
    empty: &Empty { title: "No prefix lists", body: "A prefix list is a set of address blocks that rules and routes can name." },
};

fn state(list: &PrefixList) -> Cell {
    let tone = match list.state.as_str() {
        "" => return Cell::Empty,
        state if state.ends_with("-in-progress") => Tone::Busy,
        state if state.ends_with("-failed") => Tone::Bad,
        _ => Tone::Good,
    };
    cell::status(tone, &list.state)
}
