//! NAT gateways: the way out for instances without public addresses.

use api::{
    address::Address,
    kind::Kind,
    nat_gateway::{NatGateway, NatGatewayAction, NatGatewayDraft},
    resource::Resource,
    route_table::RouteTable,
};

use crate::{
    area::Area,
    spec::{
        Depends, Empty, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        form::{Field, Form, Input, Pick},
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<NatGateway>;
type Facet = facet::Facet<NatGateway>;
type Action = action::Action<NatGateway>;

pub static SPEC: Spec<NatGateway> = Spec {
    area: Area::Vpc,
    title: "NAT gateways",
    icon: "arrow-left-right",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |g| cell::named_link(Kind::NatGateway, &g.id, g.name())).width(Width::Wide).narrow(),
        Column::new("id", "NAT gateway ID", |g| cell::code(&g.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("type", "Connectivity", |g| cell::text(&g.connectivity)).width(Width::Narrow),
        Column::new("public_ip", "Public address", |g| cell::code(&g.public_ip)).narrow(),
        Column::new("private_ip", "Private address", |g| cell::code(&g.private_ip)),
        Column::new("subnet", "Subnet", |g| cell::link(Kind::Subnet, &g.subnet_id)).width(Width::Id),
        Column::new("vpc", "VPC", |g| cell::link(Kind::Vpc, &g.vpc_id)).width(Width::Id).hidden(),
        Column::new("created", "Created", |g| cell::time(g.created_at)),
        Column::new("tags", "Tags", |g| cell::tags(&g.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("state", "State", |g| &g.state),
        Facet::one("vpc", "VPC", |g| &g.vpc_id),
        Facet::one("subnet", "Subnet", |g| &g.subnet_id),
        Facet::one("type", "Connectivity", |g| &g.connectivity).options(&[("public", "Public"), ("private", "Private")]),
    ],
    scopes: &[],
    actions: &[Action::send("delete", "Delete", "trash-2", ("Deleting {name}", "Deleting {n} NAT gateways"), || NatGatewayAction::Delete)
        .when(|g| Allow::when(matches!(g.state.as_str(), "available" | "pending" | "failed"), "It is deleted already."))
        .depends(&[Depends::on(
            Kind::RouteTable,
            |g| vec![("vpc", g.vpc_id.clone())],
            |g, item| item.get::<RouteTable>().leads_to(&g.id),
            "Route tables lead to it:",
        )])
        .danger(
            "Instances that reach the internet through it no longer do. Its elastic address stays yours, and costs until it is released.",
        )],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts {
            title: "NAT gateway",
            columns: &["id", "state", "type", "public_ip", "private_ip", "subnet", "vpc", "created"],
            more: &[
                Fact::new("Failure", |g| cell::text(&g.failure)),
                Fact::new("Elastic address", |g| cell::link(Kind::Address, &g.allocation_id)),
                Fact::new("Network interface", |g| cell::link(Kind::NetworkInterface, &g.network_interface_id)),
                Fact::new("Deleted", |g| cell::time(g.deleted_at)),
            ],
        }],
    )],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: Some(&Primary::Create {
        label: "Create NAT gateway",
        form: &CREATE,
        draft: || NatGatewayDraft { connectivity: "public".into(), ..NatGatewayDraft::default() },
    }),
    empty: &Empty { title: "No NAT gateways", body: "A NAT gateway lets instances without public addresses reach out." },
};

static CREATE: Form = Form {
    title: "Create NAT gateway",
    intro: "It takes a minute or two until it is available. Then a route has to lead to it.",
    submit: "Create NAT gateway",
    fields: &[
        Field::new(
            "connectivity",
            "Connectivity",
            Input::Choice(&[("public", "Public: to the internet"), ("private", "Private: to other networks")]),
        ),
        Field::new("subnet_id", "Subnet", Input::Pick(Pick::of(Kind::Subnet)))
            .help("For a public one: a subnet whose own route leads to an internet gateway."),
        Field::new(
            "allocation_id",
            "Elastic address",
            Input::Pick(Pick::of(Kind::Address).fits(|item, _, _| !item.get::<Address>().is_associated())),
        )
        .when(|values| values.text("connectivity") != "private"),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

fn state(gateway: &NatGateway) -> Cell {
    let tone = match gateway.state.as_str() {
        "available" => Tone::Good,
        "pending" | "deleting" => Tone::Busy,
        "failed" => Tone::Bad,
        _ => Tone::Neutral,
    };
    cell::status(tone, &gateway.state)
}
