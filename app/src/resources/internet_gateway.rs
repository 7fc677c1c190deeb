//! Internet gateways: the way between a VPC and the internet.

use api::{
    internet_gateway::{InternetGateway, InternetGatewayAction, InternetGatewayDraft},
    kind::Kind,
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

type Column = column::Column<InternetGateway>;
type Facet = facet::Facet<InternetGateway>;
type Action = action::Action<InternetGateway>;

pub static SPEC: Spec<InternetGateway> = Spec {
    area: Area::Vpc,
    title: "Internet gateways",
    icon: "globe",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |g| cell::named_link(Kind::InternetGateway, &g.id, g.name())).width(Width::Wide).narrow(),
        Column::new("id", "Internet gateway ID", |g| cell::code(&g.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("vpc", "VPC", |g| cell::link(Kind::Vpc, &g.vpc_id)).width(Width::Id).narrow(),
        Column::new("tags", "Tags", |g| cell::tags(&g.tags)).width(Width::Wide).unsorted(),
    ],
    facets: &[Facet::one("state", "State", |g| &g.state), Facet::one("vpc", "VPC", |g| &g.vpc_id)],
    scopes: &[],
    actions: &[
        Action::form("attach", "Attach", "link", ("{name} is attached", ""), &ATTACH, |_| InternetGatewayAction::Attach {
            vpc_id: String::new(),
        })
        .when(|g| Allow::when(g.vpc_id.is_empty(), "It is attached already.")),
        Action::form("detach", "Detach", "unplug", ("{name} is detached", ""), &DETACH, |g| InternetGatewayAction::Detach {
            vpc_id: g.vpc_id.clone(),
        })
        .when(|g| Allow::when(!g.vpc_id.is_empty(), "It is attached to no VPC."))
        .depends(&[Depends::on(
            Kind::RouteTable,
            |g| vec![("vpc", g.vpc_id.clone())],
            |g, item| item.get::<RouteTable>().leads_to(&g.id),
            "Route tables lead to it:",
        )]),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} internet gateways are deleted"), || {
            InternetGatewayAction::Delete
        })
        .when(|g| Allow::when(g.vpc_id.is_empty(), "Detach it first."))
        .ends("This cannot be undone.")
        .depends(&[Depends::on(
            Kind::RouteTable,
            |_| vec![],
            |g, item| item.get::<RouteTable>().leads_to(&g.id),
            "Route tables lead to it:",
        )]),
    ],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts {
            title: "Internet gateway",
            columns: &["id", "state", "vpc"],
            more: &[Fact::new("Owner", |g| cell::code(&g.owner))],
        }],
    )],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: Some(&Primary::Create { label: "Create internet gateway", form: &CREATE, draft: InternetGatewayDraft::default }),
    empty: &Empty { title: "No internet gateways", body: "An internet gateway connects a VPC to the internet." },
};

static CREATE: Form = Form {
    title: "Create internet gateway",
    intro: "",
    submit: "Create internet gateway",
    fields: &[
        Field::new("vpc_id", "Attach to VPC", Input::Pick(Pick::of(Kind::Vpc).none("None yet")))
            .help("A VPC has at most one internet gateway.")
            .optional(),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

static ATTACH: Form = Form {
    title: "Attach {name}",
    intro: "A VPC has at most one internet gateway.",
    submit: "Attach",
    fields: &[Field::new("vpc_id", "VPC", Input::Pick(Pick::of(Kind::Vpc)))],
};

static DETACH: Form = Form {
    title: "Detach {name}?",
    intro: "The VPC loses its way to the internet. The cloud refuses while something in it has a public address.",
    submit: "Detach",
    fields: &[],
};

fn state(gateway: &InternetGateway) -> Cell {
    let tone = match gateway.state.as_str() {
        "available" | "attached" => Tone::Good,
        "attaching" | "detaching" => Tone::Busy,
        _ => Tone::Idle,
    };
    cell::status(tone, &gateway.state)
}
