//! Instance types: what a machine can be. Read only; the launch wizard picks from this list.

use api::{instance_type::InstanceType, kind::Kind};

use super::flag;
use crate::{
    area::Area,
    spec::{
        Empty, Spec,
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
};

type Column = column::Column<InstanceType>;
type Facet = facet::Facet<InstanceType>;

pub static SPEC: Spec<InstanceType> = Spec {
    area: Area::Compute,
    title: "Instance types",
    icon: "cpu",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |t| cell::link(Kind::InstanceType, &t.name)).width(Width::Wide).narrow(),
        Column::new("vcpus", "vCPUs", |t| Cell::Count(t.vcpus.into())).width(Width::Number).narrow(),
        Column::new("memory", "Memory", |t| Cell::Mib(t.memory)).width(Width::Number).narrow(),
        Column::new("storage", "Instance store", |t| if t.storage == 0 { Cell::Empty } else { Cell::Gib(t.storage) }).width(Width::Number),
        Column::new("network", "Network", |t| cell::text(&t.network)).width(Width::Wide),
        Column::new("architecture", "Architecture", |t| cell::text(&t.architectures.join(", "))),
        Column::new("generation", "Current generation", |t| cell::yes_no(t.current_generation)),
        Column::new("free", "Free tier", |t| cell::yes_no(t.free_tier)).hidden(),
    ],
    facets: &[
        Facet::one("family", "Family", |t| t.name.split('.').next().unwrap_or_default()),
        Facet::many("architecture", "Architecture", |t| t.architectures.iter().map(String::as_str).collect()),
        Facet::one("generation", "Generation", |t| flag(t.current_generation)).options(&[("true", "Current"), ("false", "Previous")]),
        Facet::one("free", "Free tier", |t| flag(t.free_tier)).options(&[("true", "Yes"), ("false", "No")]),
    ],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts {
            title: "Instance type",
            columns: &["vcpus", "memory", "storage", "network", "architecture", "generation"],
            more: &[Fact::new("Free tier", |t| cell::yes_no(t.free_tier))],
        }],
    )],
    has_tags: false,
    status: None,
    notice: None,
    primary: None,
    empty: &Empty { title: "No instance types", body: "This region offers none." },
};
