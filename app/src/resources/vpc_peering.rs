//! Peering connections between VPCs, to look at and to delete.

use api::{
    kind::Kind,
    resource::Resource,
    route_table::RouteTable,
    vpc_peering::{Side, VpcPeering, VpcPeeringAction},
};

use crate::{
    area::Area,
    spec::{
        Depends, Empty, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<VpcPeering>;
type Facet = facet::Facet<VpcPeering>;
type Action = action::Action<VpcPeering>;

pub static SPEC: Spec<VpcPeering> = Spec {
    area: Area::Vpc,
    title: "VPC peerings",
    icon: "handshake",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |p| cell::named_link(Kind::VpcPeering, &p.id, p.name())).width(Width::Wide).narrow(),
        Column::new("id", "Peering ID", |p| cell::code(&p.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("requester", "Requester VPC", |p| cell::code(&p.requester.vpc_id)).width(Width::Id),
        Column::new("requester_cidr", "Requester addresses", |p| cell::code(&p.requester.cidr_block)),
        Column::new("accepter", "Accepter VPC", |p| cell::code(&p.accepter.vpc_id)).width(Width::Id),
        Column::new("accepter_cidr", "Accepter addresses", |p| cell::code(&p.accepter.cidr_block)),
        Column::new("tags", "Tags", |p| cell::tags(&p.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[Facet::one("state", "State", |p| &p.state), Facet::many("vpc", "VPC", |p| vec![&p.requester.vpc_id, &p.accepter.vpc_id])],
    scopes: &[],
    actions: &[Action::send("delete", "Delete", "trash-2", ("Deleting {name}", "Deleting {n} VPC peerings"), || VpcPeeringAction::Delete)
        .when(|p| Allow::when(p.is_there(), "It is gone already."))
        .danger("The two VPCs no longer reach each other. Only a new peering, which both sides agree to, connects them again.")
        .depends(&[Depends::on(
            Kind::RouteTable,
            |_| vec![],
            |p, item| item.get::<RouteTable>().leads_to(&p.id),
            "Route tables lead to it:",
        )])],
    tabs: &[Tab::new(
        "general",
        "General",
        &[
            Section::Facts { title: "VPC peering", columns: &["id", "state"], more: &[Fact::new("Status", |p| cell::text(&p.message))] },
            Section::Table {
                title: "The two sides",
                heads: &["Side", "VPC", "Addresses", "Account", "Region"],
                rows: |p| vec![side("Requester", &p.requester), side("Accepter", &p.accepter)],
                empty: "",
            },
        ],
    )],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: None,
    empty: &Empty { title: "No VPC peerings", body: "A peering lets two VPCs talk to each other by their private addresses." },
};

fn side(role: &'static str, side: &Side) -> Vec<Cell> {
    vec![Cell::Word(role), cell::code(&side.vpc_id), cell::code(&side.cidr_block), cell::code(&side.owner), cell::text(&side.region)]
}

fn state(peering: &VpcPeering) -> Cell {
    let tone = match peering.state.as_str() {
        "active" => Tone::Good,
        "pending-acceptance" => Tone::Warn,
        "failed" | "rejected" | "expired" => Tone::Bad,
        "initiating-request" | "provisioning" | "deleting" => Tone::Busy,
        _ => Tone::Neutral,
    };
    cell::status(tone, &peering.state)
}
