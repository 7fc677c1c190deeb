//! Regions, to look at: which there are, and which the account may use.

use api::{kind::Kind, region::Region};

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

type Column = column::Column<Region>;
type Facet = facet::Facet<Region>;

pub static SPEC: Spec<Region> = Spec {
    area: Area::Vpc,
    title: "Regions",
    icon: "earth",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |r| cell::named_link(Kind::Region, &r.name, &r.name)).width(Width::Wide).narrow(),
        Column::new("state", "Open to the account", state).narrow(),
        Column::new("endpoint", "Endpoint", |r| cell::code(&r.endpoint)).width(Width::Wide),
    ],
    facets: &[Facet::one("state", "Open to the account", |r| &r.opt_in)],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new("general", "General", &[Section::Facts { title: "Region", columns: &["state", "endpoint"], more: &[] }])],
    has_tags: false,
    status: Some(state),
    notice: Some(|r| {
        (!r.is_open()).then_some("The account has not opted in to this region: turn it on in the account's settings at the cloud.")
    }),
    primary: None,
    empty: &Empty { title: "No regions", body: "A region is one of the cloud's places in the world, apart from all others." },
};

fn state(region: &Region) -> Cell {
    match region.opt_in.as_str() {
        "" => Cell::Empty,
        "not-opted-in" => cell::status(Tone::Idle, &region.opt_in),
        _ => cell::status(Tone::Good, &region.opt_in),
    }
}
