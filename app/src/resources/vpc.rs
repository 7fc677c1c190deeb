//! VPCs, to look at.

use api::{kind::Kind, resource::Resource, vpc::Vpc};

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

type Column = column::Column<Vpc>;
type Facet = facet::Facet<Vpc>;

pub static VPCS: Spec<Vpc> = Spec {
    title: "VPCs",
    icon: "network",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |v| cell::named_link(Kind::Vpc, &v.id, v.name())).width(Width::Wide).narrow(),
        Column::new("id", "VPC ID", |v| cell::code(&v.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("cidr", "Address block", |v| cell::code(&v.cidr_block)).narrow(),
        Column::new("default", "Default", |v| cell::yes_no(v.is_default)).width(Width::Narrow),
        Column::new("tags", "Tags", |v| cell::tags(&v.tags)).width(Width::Wide).unsorted(),
    ],
    facets: &[
        Facet::one("state", "State", |v| &v.state),
        Facet::one("default", "Default", |v| flag(v.is_default)).options(&[("true", "Yes"), ("false", "No")]),
    ],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new("general", "General", &[Section::Facts { title: "VPC", columns: &["state", "cidr", "default"], more: &[] }])],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: None,
    empty: &Empty { title: "No VPCs", body: "A VPC is a private network inside the cloud." },
};

fn state(vpc: &Vpc) -> Cell {
    cell::status(if vpc.state == "available" { Tone::Good } else { Tone::Busy }, &vpc.state)
}
