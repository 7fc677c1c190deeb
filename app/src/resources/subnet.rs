//! Subnets of VPCs.

use api::{
    instance::Instance,
    kind::Kind,
    nat_gateway::NatGateway,
    network_acl::NetworkAcl,
    network_interface::NetworkInterface,
    resource::Resource,
    route_table::RouteTable,
    subnet::{Subnet, SubnetAction, SubnetDraft},
    vpc_endpoint::VpcEndpoint,
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
        form::{Field, Form, Input, Pick},
        tab::{Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<Subnet>;
type Facet = facet::Facet<Subnet>;
type Action = action::Action<Subnet>;

pub static SPEC: Spec<Subnet> = Spec {
    area: Area::Vpc,
    title: "Subnets",
    icon: "waypoints",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |s| cell::named_link(Kind::Subnet, &s.id, s.name())).width(Width::Wide).narrow(),
        Column::new("id", "Subnet ID", |s| cell::code(&s.id)).width(Width::Id),
        Column::new("state", "State", state),
        Column::new("vpc", "VPC", |s| cell::link(Kind::Vpc, &s.vpc_id)).width(Width::Id),
        Column::new("cidr", "Address block", |s| cell::code(&s.cidr_block)).narrow(),
        Column::new("zone", "Zone", |s| cell::link(Kind::Zone, &s.zone)).narrow(),
        Column::new("free", "Free addresses", |s| Cell::Count(s.free_addresses.into())).width(Width::Number),
        Column::new("public", "Public address at launch", |s| cell::yes_no(s.public_ip_on_launch)),
        Column::new("tags", "Tags", |s| cell::tags(&s.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("vpc", "VPC", |s| &s.vpc_id).alias("vpc_id"),
        Facet::one("zone", "Zone", |s| &s.zone).alias("availability_zone"),
        Facet::one("state", "State", |s| &s.state),
        Facet::one("public", "Public address at launch", |s| flag(s.public_ip_on_launch)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("default", "Default for zone", |s| flag(s.default_for_zone)).options(&[("true", "Yes"), ("false", "No")]),
    ],
    scopes: &[],
    actions: &[
        Action::send(
            "public-on",
            "Give public addresses at launch",
            "globe",
            ("{name} gives public addresses at launch", "{n} subnets give public addresses at launch"),
            || SubnetAction::SetPublicIpOnLaunch { enabled: true },
        )
        .when(|s| Allow::when(!s.public_ip_on_launch, "It gives public addresses already.")),
        Action::send(
            "public-off",
            "Give no public addresses at launch",
            "lock",
            ("{name} gives no public addresses at launch", "{n} subnets give no public addresses at launch"),
            || SubnetAction::SetPublicIpOnLaunch { enabled: false },
        )
        .when(|s| Allow::when(s.public_ip_on_launch, "It gives no public addresses as it is.")),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} subnets are deleted"), || SubnetAction::Delete)
            .depends(DEPENDENTS)
            .ends("The cloud refuses to delete a subnet while something in it has an address."),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts { title: "Subnet", columns: &["state", "vpc", "cidr", "zone", "free", "public"], more: &[] },
                Section::Related {
                    of: Depends::on(
                        Kind::RouteTable,
                        in_vpc,
                        |s, item| item.get::<RouteTable>().subnets().any(|id| id == s.id),
                        "Route table",
                    ),
                    columns: &["name", "id", "routes"],
                    empty: "It has no route table of its own: the main one of the VPC counts.",
                    make: "",
                },
                Section::Related {
                    of: Depends::on(Kind::NetworkAcl, in_vpc, |s, item| item.get::<NetworkAcl>().subnets.contains(&s.id), "Network ACL"),
                    columns: &["name", "id", "default", "inbound", "outbound"],
                    empty: "The cloud tells of no network ACL for it.",
                    make: "",
                },
            ],
        ),
        Tab::new(
            "uses",
            "In it",
            &[
                Section::Related {
                    of: Depends::on(Kind::Instance, |_| vec![], |s, item| item.get::<Instance>().subnet_id == s.id, "Instances"),
                    columns: &["name", "id", "state", "type", "private_ip"],
                    empty: "No instance runs in it.",
                    make: "",
                },
                Section::Related {
                    of: Depends::on(
                        Kind::NatGateway,
                        |s| vec![("subnet", s.id.clone())],
                        |_, item| item.get::<NatGateway>().is_there(),
                        "NAT gateways",
                    ),
                    columns: &["name", "id", "state", "public_ip"],
                    empty: "No NAT gateway is in it.",
                    make: "",
                },
                Section::Related {
                    of: Depends::on(
                        Kind::NetworkInterface,
                        |s| vec![("subnet", s.id.clone())],
                        |s, item| item.get::<NetworkInterface>().subnet_id == s.id,
                        "Network interfaces",
                    ),
                    columns: &["name", "id", "state", "private_ip", "description"],
                    empty: "No network interface is in it.",
                    make: "",
                },
            ],
        ),
    ],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: Some(&Primary::Create { label: "Create subnet", form: &CREATE, draft: SubnetDraft::default }),
    empty: &Empty { title: "No subnets", body: "A subnet is a range of addresses of a VPC in one zone." },
};

pub static CREATE: Form = Form {
    title: "Create subnet",
    intro: "",
    submit: "Create subnet",
    fields: &[
        Field::new("vpc_id", "VPC", Input::Pick(Pick::of(Kind::Vpc))),
        Field::new("zone", "Zone", Input::Pick(Pick::of(Kind::Zone).none("Any zone"))).optional(),
        Field::new("cidr_block", "Address block", Input::Code)
            .help("Part of the VPC's addresses, between /16 and /28, that no other subnet has. The cloud keeps five of them for itself."),
        Field::new("public_ip_on_launch", "Give public addresses at launch", Input::Check),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

const DEPENDENTS: &[Depends<Subnet>] = &[
    Depends::on(Kind::Instance, |_| vec![], |s, item| item.get::<Instance>().subnet_id == s.id, "Instances run in it:"),
    Depends::on(
        Kind::NatGateway,
        |s| vec![("subnet", s.id.clone())],
        |_, item| item.get::<NatGateway>().is_there(),
        "NAT gateways are in it:",
    ),
    Depends::on(Kind::VpcEndpoint, in_vpc, |s, item| item.get::<VpcEndpoint>().subnets.contains(&s.id), "Endpoints have addresses in it:"),
];

fn in_vpc(subnet: &Subnet) -> Vec<(&'static str, String)> {
    vec![("vpc", subnet.vpc_id.clone())]
}

fn state(subnet: &Subnet) -> Cell {
    cell::status(if subnet.state == "available" { Tone::Good } else { Tone::Busy }, &subnet.state)
}
