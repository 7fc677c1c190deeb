//! VPC endpoints, to look at and to delete.

use api::{
    kind::Kind,
    resource::Resource,
    route_table::RouteTable,
    vpc_endpoint::{VpcEndpoint, VpcEndpointAction},
};

use crate::{
    area::Area,
    spec::{
        Depends, Empty, Spec,
        action::{self, Allow},
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<VpcEndpoint>;
type Facet = facet::Facet<VpcEndpoint>;
type Action = action::Action<VpcEndpoint>;

pub static SPEC: Spec<VpcEndpoint> = Spec {
    area: Area::Vpc,
    title: "VPC endpoints",
    icon: "plug",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |e| cell::named_link(Kind::VpcEndpoint, &e.id, e.name())).width(Width::Wide).narrow(),
        Column::new("id", "Endpoint ID", |e| cell::code(&e.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("service", "Service", |e| cell::code(&e.service)).width(Width::Wide).narrow(),
        Column::new("type", "Type", |e| cell::text(&e.endpoint_type)),
        Column::new("vpc", "VPC", |e| cell::link(Kind::Vpc, &e.vpc_id)).width(Width::Id),
        Column::new("created", "Created", |e| cell::time(e.created_at)),
        Column::new("tags", "Tags", |e| cell::tags(&e.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("state", "State", |e| &e.state),
        Facet::one("type", "Type", |e| &e.endpoint_type),
        Facet::one("vpc", "VPC", |e| &e.vpc_id),
        Facet::one("service", "Service", |e| &e.service),
    ],
    scopes: &[],
    actions: &[Action::send("delete", "Delete", "trash-2", ("Deleting {name}", "Deleting {n} VPC endpoints"), || {
        VpcEndpointAction::Delete
    })
    .when(|e| Allow::when(e.is_there(), "It is gone already."))
    .danger("Instances in its VPC reach the service over the internet then, or not at all.")
    .depends(&[Depends::on(
        Kind::RouteTable,
        |e| vec![("vpc", e.vpc_id.clone())],
        |e, item| item.get::<RouteTable>().leads_to(&e.id),
        "Route tables lead to it:",
    )])],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts {
            title: "VPC endpoint",
            columns: &["id", "state", "service", "type", "vpc", "created"],
            more: &[
                Fact::new("Route tables", |e| links(Kind::RouteTable, &e.route_tables)),
                Fact::new("Subnets", |e| links(Kind::Subnet, &e.subnets)),
                Fact::new("Private DNS names", |e| cell::yes_no(e.private_dns)),
            ],
        }],
    )],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: None,
    empty: &Empty { title: "No VPC endpoints", body: "An endpoint reaches a service of the cloud without leaving the VPC." },
};

fn links(kind: Kind, ids: &[String]) -> Cell {
    if ids.is_empty() { Cell::Empty } else { Cell::Links(ids.iter().map(|id| Link::new(kind, id, id)).collect()) }
}

fn state(endpoint: &VpcEndpoint) -> Cell {
    // The API says it in lower case here, and capitalised there.
    let tone = match endpoint.state.to_ascii_lowercase().as_str() {
        "available" => Tone::Good,
        "pending" | "pendingacceptance" | "deleting" => Tone::Busy,
        "failed" | "rejected" | "expired" => Tone::Bad,
        _ => Tone::Neutral,
    };
    cell::status(tone, &endpoint.state)
}
