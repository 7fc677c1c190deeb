//! Availability zones, to look at and to choose from.

use api::{kind::Kind, zone::Zone};

use crate::{
    area::Area,
    spec::{
        Empty, Spec,
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<Zone>;
type Facet = facet::Facet<Zone>;

pub static SPEC: Spec<Zone> = Spec {
    area: Area::Vpc,
    title: "Zones",
    icon: "map",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |z| cell::named_link(Kind::Zone, &z.name, &z.name)).width(Width::Wide).narrow(),
        Column::new("state", "State", state),
        Column::new("region", "Region", |z| cell::text(&z.region)),
    ],
    facets: &[Facet::one("state", "State", |z| &z.state), Facet::one("in_region", "Region", |z| &z.region)],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new("general", "General", &[Section::Facts { title: "Zone", columns: &["state", "region"], more: &[] }])],
    has_tags: false,
    status: Some(state),
    notice: None,
    primary: None,
    empty: &Empty { title: "No zones", body: "A zone is one of the places of a region that fail independently." },
};

fn state(zone: &Zone) -> Cell {
    cell::status(if zone.state == "available" { Tone::Good } else { Tone::Bad }, &zone.state)
}
