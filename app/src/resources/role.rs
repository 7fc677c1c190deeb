//! Roles, to look at: who an instance can be.

use api::{kind::Kind, role::Role};

use super::flag;
use crate::{
    area::Area,
    spec::{
        Empty, Spec, cell,
        column::{self, Width},
        facet,
        tab::{Section, Tab},
    },
};

type Column = column::Column<Role>;
type Facet = facet::Facet<Role>;

pub static SPEC: Spec<Role> = Spec {
    area: Area::Identity,
    title: "Roles",
    icon: "id-card",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |r| cell::link(Kind::Role, &r.name)).width(Width::Wide).narrow(),
        Column::new("description", "Description", |r| cell::text(&r.description)).width(Width::Wide),
        Column::new("path", "Path", |r| cell::code(&r.path)),
        Column::new("ec2", "For instances", |r| cell::yes_no(r.for_ec2)).width(Width::Narrow).narrow(),
        Column::new("created", "Created", |r| cell::time(r.created_at)),
        Column::new("arn", "ARN", |r| cell::code(&r.arn)).width(Width::Wide).hidden(),
    ],
    facets: &[
        Facet::one("ec2", "For instances", |r| flag(r.for_ec2)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("path", "Path", |r| &r.path),
    ],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts { title: "Role", columns: &["arn", "path", "description", "ec2", "created"], more: &[] }],
    )],
    has_tags: false,
    status: None,
    notice: None,
    primary: None,
    empty: &Empty { title: "No roles", body: "A role gives instances permissions without keys." },
};
