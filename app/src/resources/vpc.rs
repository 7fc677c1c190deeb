//! VPCs: made, told how to name their instances, and deleted when nothing is left in them.

use api::{
    instance::Instance,
    internet_gateway::InternetGateway,
    kind::Kind,
    nat_gateway::NatGateway,
    network_acl::NetworkAcl,
    resource::Resource,
    route_table::RouteTable,
    security_group::SecurityGroup,
    subnet::Subnet,
    vpc::{Vpc, VpcAction},
    vpc_endpoint::VpcEndpoint,
    vpc_peering::VpcPeering,
};

use super::flag;
use crate::{
    area::Area,
    lazy::{self, parts},
    spec::{
        Depends, Empty, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        form::{Field, Form, Input},
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<Vpc>;
type Facet = facet::Facet<Vpc>;
type Action = action::Action<Vpc>;

pub static SPEC: Spec<Vpc> = Spec {
    area: Area::Vpc,
    title: "VPCs",
    icon: "network",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |v| cell::named_link(Kind::Vpc, &v.id, v.name())).width(Width::Wide).narrow(),
        Column::new("id", "VPC ID", |v| cell::code(&v.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("cidr", "Address block", |v| cell::code(&v.cidr_block)).narrow(),
        Column::new("default", "Default", |v| cell::yes_no(v.is_default)).width(Width::Narrow),
        Column::new("tenancy", "Tenancy", |v| cell::text(&v.tenancy)).width(Width::Narrow).hidden(),
        Column::new("tags", "Tags", |v| cell::tags(&v.tags)).width(Width::Wide).unsorted(),
    ],
    facets: &[
        Facet::one("state", "State", |v| &v.state),
        Facet::one("default", "Default", |v| flag(v.is_default)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("tenancy", "Tenancy", |v| &v.tenancy),
    ],
    scopes: &[],
    actions: &[
        Action::open("create-subnet", "Create subnet", "waypoints", |vpc| lazy::dialog(parts::create_subnet, vpc)),
        Action::form(
            "dns",
            "Change DNS settings",
            "sliders-horizontal",
            ("The DNS settings of {name} are changed", "The DNS settings of {n} VPCs are changed"),
            &DNS,
            |v| VpcAction::SetDns { support: v.dns_support.into(), hostnames: v.dns_hostnames.into() },
        )
        .bulk(),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} VPCs are deleted"), || VpcAction::Delete)
            .when(can_delete)
            .depends(DEPENDENTS)
            .ends(
                "Its main route table, default network ACL and default security group go with it. Whatever else is in it has to go first.",
            ),
        Action::open("delete-all", "Delete with all that is in it", "layers", |vpc| lazy::dialog(parts::tear_down, vpc)).when(can_delete),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[Section::Facts {
                title: "VPC",
                columns: &["state", "cidr", "default", "tenancy"],
                more: &[
                    Fact::new("DNS resolution", |v| cell::maybe(v.dns_support)),
                    Fact::new("DNS host names", |v| cell::maybe(v.dns_hostnames)),
                ],
            }],
        ),
        Tab::new(
            "contents",
            "In it",
            &[
                Section::Related {
                    of: Depends::on(Kind::Subnet, by_vpc, |v, item| item.get::<Subnet>().vpc_id == v.id, "Subnets"),
                    columns: &["name", "id", "state", "cidr", "zone", "free"],
                    empty: "There are no subnets in it yet.",
                    make: "create-subnet",
                },
                Section::Related {
                    of: Depends::on(Kind::RouteTable, by_vpc, |v, item| item.get::<RouteTable>().vpc_id == v.id, "Route tables"),
                    columns: &["name", "id", "main", "routes", "subnets"],
                    empty: "It has no route table.",
                    make: "",
                },
                Section::Related {
                    of: Depends::on(
                        Kind::InternetGateway,
                        by_vpc,
                        |v, item| item.get::<InternetGateway>().vpc_id == v.id,
                        "Internet gateways",
                    ),
                    columns: &["name", "id", "state"],
                    empty: "No internet gateway is attached to it.",
                    make: "",
                },
                Section::Related {
                    of: Depends::on(Kind::NetworkAcl, by_vpc, |v, item| item.get::<NetworkAcl>().vpc_id == v.id, "Network ACLs"),
                    columns: &["name", "id", "default", "subnets"],
                    empty: "It has no network ACL.",
                    make: "",
                },
                Section::Related {
                    of: Depends::on(Kind::SecurityGroup, by_vpc, |v, item| item.get::<SecurityGroup>().vpc_id == v.id, "Security groups"),
                    columns: &["name", "id", "description"],
                    empty: "It has no security group.",
                    make: "",
                },
            ],
        ),
        Tab::new("map", "Picture", &[Section::View(|vpc| lazy::draw(parts::vpc_map, vpc.clone()))]),
    ],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: Some(&Primary::Open { label: "Create VPC", dialog: || lazy::dialog(parts::create_network, ()) }),
    empty: &Empty { title: "No VPCs", body: "A VPC is a private network inside the cloud." },
};

const SWITCH: Input = Input::Choice(&[("", "Leave as it is"), ("on", "On"), ("off", "Off")]);

static DNS: Form = Form {
    title: "DNS settings of {name}",
    intro: "",
    submit: "Change DNS settings",
    fields: &[
        Field::new("support", "DNS resolution", SWITCH).help("Whether the cloud's DNS server answers in the VPC."),
        Field::new("hostnames", "DNS host names", SWITCH)
            .help("Whether instances with public addresses get names. It needs DNS resolution."),
    ],
};

const DEPENDENTS: &[Depends<Vpc>] = &[
    Depends::on(Kind::Instance, |_| vec![], |v, item| item.get::<Instance>().vpc_id == v.id, "Instances run in it:"),
    Depends::on(Kind::NatGateway, by_vpc, |_, item| item.get::<NatGateway>().is_there(), "NAT gateways are in it:"),
    Depends::on(Kind::Subnet, by_vpc, |v, item| item.get::<Subnet>().vpc_id == v.id, "Subnets are in it:"),
    Depends::on(Kind::InternetGateway, by_vpc, |v, item| item.get::<InternetGateway>().vpc_id == v.id, "An internet gateway is attached:"),
    Depends::on(Kind::VpcEndpoint, by_vpc, |v, item| item.get::<VpcEndpoint>().vpc_id == v.id, "Endpoints are in it:"),
    Depends::on(Kind::VpcPeering, |_| vec![], |v, item| item.get::<VpcPeering>().connects(&v.id), "It is peered:"),
    Depends::on(Kind::RouteTable, by_vpc, |_, item| !item.get::<RouteTable>().is_main(), "It has route tables besides the main one:"),
    Depends::on(Kind::NetworkAcl, by_vpc, |_, item| !item.get::<NetworkAcl>().is_default, "It has network ACLs besides the default one:"),
    Depends::on(
        Kind::SecurityGroup,
        by_vpc,
        |_, item| item.get::<SecurityGroup>().name != "default",
        "It has security groups besides the default one:",
    ),
];

fn by_vpc(vpc: &Vpc) -> Vec<(&'static str, String)> {
    vec![("vpc", vpc.id.clone())]
}

fn can_delete(vpc: &Vpc) -> Allow {
    Allow::when(vpc.state == "available", "Only available VPCs can be deleted.")
}

fn state(vpc: &Vpc) -> Cell {
    cell::status(if vpc.state == "available" { Tone::Good } else { Tone::Busy }, &vpc.state)
}
