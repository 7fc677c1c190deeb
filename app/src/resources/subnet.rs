//! Subnets of VPCs, to look at.

use api::{kind::Kind, resource::Resource, subnet::Subnet};

use super::flag;
use crate::{
    spec::{
        Empty, Spec,
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<Subnet>;
type Facet = facet::Facet<Subnet>;

pub static SUBNETS: Spec<Subnet> = Spec {
    title: "Subnets",
    icon: "waypoints",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |s| cell::named_link(Kind::Subnet, &s.id, s.name())).width(Width::Wide).narrow(),
        Column::new("id", "Subnet ID", |s| cell::code(&s.id)).width(Width::Id),
        Column::new("state", "State", state),
        Column::new("vpc", "VPC", |s| cell::link(Kind::Vpc, &s.vpc_id)).width(Width::Id),
        Column::new("cidr", "Address block", |s| cell::code(&s.cidr_block)).narrow(),
        Column::new("zone", "Zone", |s| cell::text(&s.zone)).narrow(),
        Column::new("free", "Free addresses", |s| Cell::Count(s.free_addresses.into())).width(Width::Narrow),
        Column::new("public", "Public address at launch", |s| cell::yes_no(s.public_ip_on_launch)).hidden(),
        Column::new("tags", "Tags", |s| cell::tags(&s.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("vpc", "VPC", |s| &s.vpc_id).alias("vpc_id"),
        Facet::one("zone", "Zone", |s| &s.zone).alias("availability_zone"),
        Facet::one("state", "State", |s| &s.state),
        Facet::one("default", "Default for zone", |s| flag(s.default_for_zone)).options(&[("true", "Yes"), ("false", "No")]),
    ],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts { title: "Subnet", columns: &["state", "vpc", "cidr", "zone", "free", "public"], more: &[] }],
    )],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: None,
    empty: &Empty { title: "No subnets", body: "A subnet is a range of addresses of a VPC in one zone." },
};

fn state(subnet: &Subnet) -> Cell {
    cell::status(if subnet.state == "available" { Tone::Good } else { Tone::Busy }, &subnet.state)
}
