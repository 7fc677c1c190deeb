//! Route tables: where traffic of subnets is sent to.

use api::{
    internet_gateway::InternetGateway,
    kind::Kind,
    nat_gateway::NatGateway,
    resource::Resource,
    route_table::{NewRoute, Route, RouteTable, RouteTableAction, RouteTableDraft},
    subnet::Subnet,
    vpc_peering::VpcPeering,
};

use super::flag;
use crate::{
    area::Area,
    spec::{
        Depends, Empty, Item, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        form::{Field, Form, Input, Pick, Values},
        tab::{Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<RouteTable>;
type Facet = facet::Facet<RouteTable>;
type Action = action::Action<RouteTable>;

pub static SPEC: Spec<RouteTable> = Spec {
    area: Area::Vpc,
    title: "Route tables",
    icon: "route",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |t| cell::named_link(Kind::RouteTable, &t.id, t.name())).width(Width::Wide).narrow(),
        Column::new("id", "Route table ID", |t| cell::code(&t.id)).width(Width::Id),
        Column::new("vpc", "VPC", |t| cell::link(Kind::Vpc, &t.vpc_id)).width(Width::Id).narrow(),
        Column::new("main", "Main", |t| cell::yes_no(t.is_main())).width(Width::Narrow),
        Column::new("routes", "Routes", |t| Cell::Count(t.routes.len() as u64)).width(Width::Number),
        Column::new("subnets", "Subnets", |t| Cell::Count(t.subnets().count() as u64)).width(Width::Number),
        Column::new("tags", "Tags", |t| cell::tags(&t.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("vpc", "VPC", |t| &t.vpc_id),
        Facet::one("main", "Main", |t| flag(t.is_main())).options(&[("true", "Yes"), ("false", "No")]),
        Facet::many("subnet", "Subnet", |t| t.subnets().collect()),
        Facet::many("target", "Target", |t| t.routes.iter().map(|route| route.target.as_str()).collect()),
    ],
    scopes: &[],
    actions: &[
        Action::form("add-route", "Add route", "plus", ("A route is added to {name}", ""), &ADD_ROUTE, |_| {
            RouteTableAction::AddRoute(NewRoute { destination: "0.0.0.0/0".into(), ..NewRoute::default() })
        }),
        Action::form("remove-route", "Remove route", "minus", ("A route of {name} is removed", ""), &REMOVE_ROUTE, |_| {
            RouteTableAction::RemoveRoute { destination: String::new() }
        })
        .when(|t| Allow::when(t.routes.iter().any(Route::is_made), "It has no routes that could be removed.")),
        Action::form("associate", "Associate subnet", "link", ("{name} is associated with the subnet", ""), &ASSOCIATE, |_| {
            RouteTableAction::Associate { subnet_id: String::new() }
        }),
        Action::form(
            "disassociate",
            "Disassociate subnet",
            "unplug",
            ("{name} is disassociated from the subnet", ""),
            &DISASSOCIATE,
            |_| RouteTableAction::Disassociate { association_id: String::new() },
        )
        .when(|t| Allow::when(t.subnets().next().is_some(), "No subnet is associated with it.")),
        Action::send("make-main", "Make main route table", "check", ("{name} is the main route table", ""), || RouteTableAction::MakeMain)
            .when(|t| Allow::when(!t.is_main(), "It is the main route table already."))
            .ask("Subnets that were given no route table use the main one: their traffic takes other ways at once.")
            .single(),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} route tables are deleted"), || RouteTableAction::Delete)
            .when(|t| Allow::when(!t.is_main(), "The main route table of a VPC goes only with the VPC."))
            .depends(&[Depends::on(
                Kind::Subnet,
                |t| vec![("vpc", t.vpc_id.clone())],
                |t, item| t.subnets().any(|id| id == item.get::<Subnet>().id),
                "Subnets are associated with it:",
            )])
            .ends("The cloud refuses to delete a route table that subnets are associated with."),
    ],
    tabs: &[
        Tab::new("general", "General", &[Section::Facts { title: "Route table", columns: &["id", "vpc", "main"], more: &[] }, ROUTES]),
        Tab::new("subnets", "Subnets", &[SUBNETS]),
    ],
    has_tags: true,
    status: None,
    notice: None,
    primary: Some(&Primary::Create { label: "Create route table", form: &CREATE, draft: RouteTableDraft::default }),
    empty: &Empty { title: "No route tables", body: "A route table says where traffic of a subnet is sent to." },
};

const ROUTES: Section<RouteTable> = Section::Table {
    title: "Routes",
    heads: &["Destination", "Target", "State"],
    rows: |t| t.routes.iter().map(|route| vec![cell::code(&route.destination), target(&route.target), state(route)]).collect(),
    empty: "No routes.",
};

const SUBNETS: Section<RouteTable> = Section::Table {
    title: "Associated subnets",
    heads: &["Subnet", "Association ID"],
    rows: |t| {
        let own = t.associations.iter().filter(|association| !association.subnet_id.is_empty());
        own.map(|association| vec![cell::link(Kind::Subnet, &association.subnet_id), cell::code(&association.id)]).collect()
    },
    empty: "No subnet was given this route table.",
};

static CREATE: Form = Form {
    title: "Create route table",
    intro: "It begins with the route within the VPC.",
    submit: "Create route table",
    fields: &[Field::new("vpc_id", "VPC", Input::Pick(Pick::of(Kind::Vpc))), Field::new("tags", "Tags", Input::Tags).optional()],
};

static ADD_ROUTE: Form = Form {
    title: "Add route to {name}",
    intro: "",
    submit: "Add route",
    fields: &[
        Field::new("destination", "Destination", Input::Code)
            .help("An address block, such as 0.0.0.0/0 for everywhere, or the ID of a prefix list."),
        Field::new(
            "via",
            "Through",
            Input::Choice(&[
                ("internet_gateway", "Internet gateway"),
                ("nat_gateway", "NAT gateway"),
                ("instance", "Instance"),
                ("vpc_peering", "VPC peering"),
                ("other", "Something else, by its ID"),
            ]),
        ),
        Field::new(
            "internet_gateway",
            "Internet gateway",
            Input::Pick(Pick::of(Kind::InternetGateway).fits(|item, _, table| in_vpc(&item.get::<InternetGateway>().vpc_id, table))),
        )
        .when(|values| is_via(values, "internet_gateway")),
        Field::new(
            "nat_gateway",
            "NAT gateway",
            Input::Pick(Pick::of(Kind::NatGateway).fits(|item, _, table| {
                let gateway = item.get::<NatGateway>();
                gateway.is_there() && in_vpc(&gateway.vpc_id, table)
            })),
        )
        .when(|values| is_via(values, "nat_gateway")),
        Field::new(
            "instance",
            "Instance",
            Input::Pick(Pick::of(Kind::Instance).fits(|item, _, table| in_vpc(&item.get::<api::instance::Instance>().vpc_id, table))),
        )
        .help("Its source/destination check has to be off, or it drops what is not for itself.")
        .when(|values| is_via(values, "instance")),
        Field::new(
            "vpc_peering",
            "VPC peering",
            Input::Pick(
                Pick::of(Kind::VpcPeering)
                    .fits(|item, _, table| table.is_some_and(|table| item.get::<VpcPeering>().connects(&table.get::<RouteTable>().vpc_id))),
            ),
        )
        .when(|values| is_via(values, "vpc_peering")),
        Field::new("other", "ID of the target", Input::Code)
            .help("Of a network interface, a transit gateway, a VPN gateway, an egress-only internet gateway or an endpoint.")
            .when(|values| is_via(values, "other")),
    ],
};

fn is_via(values: &Values, via: &str) -> bool {
    values.text("via") == via
}

fn in_vpc(vpc: &str, table: Option<&Item>) -> bool {
    table.is_some_and(|table| table.get::<RouteTable>().vpc_id == vpc)
}

static REMOVE_ROUTE: Form = Form {
    title: "Remove route of {name}",
    intro: "Traffic that took this route takes the next one that fits, or none.",
    submit: "Remove route",
    fields: &[Field::new(
        "destination",
        "Route",
        Input::Own(|item| {
            let routes = item.get::<RouteTable>().routes.iter().filter(|route| route.is_made());
            routes.map(|route| (route.destination.clone(), format!("{} → {}", route.destination, route.target))).collect()
        }),
    )],
};

static ASSOCIATE: Form = Form {
    title: "Associate {name} with a subnet",
    intro: "",
    submit: "Associate subnet",
    fields: &[Field::new(
        "subnet_id",
        "Subnet",
        Input::Pick(Pick::of(Kind::Subnet).fits(|item, _, table| {
            let subnet = item.get::<Subnet>();
            in_vpc(&subnet.vpc_id, table) && table.is_some_and(|table| table.get::<RouteTable>().subnets().all(|id| id != subnet.id))
        })),
    )
    .help("Whichever route table it has now is replaced.")],
};

static DISASSOCIATE: Form = Form {
    title: "Disassociate a subnet from {name}",
    intro: "The subnet uses the main route table of its VPC from then on.",
    submit: "Disassociate subnet",
    fields: &[Field::new(
        "association_id",
        "Subnet",
        Input::Own(|item| {
            let own = item.get::<RouteTable>().associations.iter().filter(|association| !association.subnet_id.is_empty());
            own.map(|association| (association.id.clone(), association.subnet_id.clone())).collect()
        }),
    )],
};

fn state(route: &Route) -> Cell {
    cell::status(if route.state == "active" { Tone::Good } else { Tone::Bad }, &route.state)
}

/// What a route leads to, linked where it has a page.
pub fn target(id: &str) -> Cell {
    match target_kind(id) {
        Some(kind) => Cell::Link(Link::new(kind, id, id)),
        None => cell::code(id),
    }
}

pub fn target_kind(id: &str) -> Option<Kind> {
    Some(match id.split_once('-')?.0 {
        "igw" => Kind::InternetGateway,
        "nat" => Kind::NatGateway,
        "i" => Kind::Instance,
        "pcx" => Kind::VpcPeering,
        "vpce" => Kind::VpcEndpoint,
        _ => return None,
    })
}
