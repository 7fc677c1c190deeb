//! Volumes, to look at: what is attached where. Making and attaching them comes with their own pages.

use api::{kind::Kind, resource::Resource, volume::Volume};

use super::flag;
use crate::{
    spec::{
        Empty, Spec,
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<Volume>;
type Facet = facet::Facet<Volume>;

pub static VOLUMES: Spec<Volume> = Spec {
    title: "Volumes",
    icon: "hard-drive",
    sort: "-created",
    columns: &[
        Column::new("name", "Name", |v| cell::named_link(Kind::Volume, &v.id, v.name())).width(Width::Wide).narrow(),
        Column::new("id", "Volume ID", |v| cell::code(&v.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("size", "Size", |v| Cell::Gib(v.size.into())).width(Width::Narrow).narrow(),
        Column::new("type", "Type", |v| cell::text(&v.volume_type)).width(Width::Narrow),
        Column::new("zone", "Zone", |v| cell::text(&v.zone)),
        Column::new("instance", "Attached to", |v| cell::link(Kind::Instance, &v.instance_id)).width(Width::Id),
        Column::new("device", "Device", |v| cell::code(&v.device)),
        Column::new("created", "Created", |v| cell::time(v.created_at)),
        Column::new("snapshot", "Snapshot", |v| cell::code(&v.snapshot_id)).width(Width::Id).hidden(),
        Column::new("tags", "Tags", |v| cell::tags(&v.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("state", "State", |v| &v.state).alias("status"),
        Facet::one("type", "Type", |v| &v.volume_type),
        Facet::one("zone", "Zone", |v| &v.zone).alias("availability_zone"),
        Facet::one("attached_to", "Attached to", |v| &v.instance_id),
        Facet::one("encrypted", "Encrypted", |v| flag(v.encrypted)).options(&[("true", "Yes"), ("false", "No")]),
    ],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts {
            title: "Volume",
            columns: &["state", "size", "type", "zone", "instance", "device", "created", "snapshot"],
            more: &[
                Fact::new("IOPS", |v| v.iops.map_or(Cell::Empty, |iops| Cell::Count(iops.into()))),
                Fact::new("Encrypted", |v| cell::yes_no(v.encrypted)),
                Fact::new("Deleted on termination", |v| cell::maybe(v.delete_on_termination)),
            ],
        }],
    )],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: None,
    empty: &Empty { title: "No volumes", body: "Volumes are made together with instances; they appear here." },
};

fn state(volume: &Volume) -> Cell {
    let tone = match volume.state.as_str() {
        "in-use" => Tone::Good,
        "available" => Tone::Idle,
        "creating" | "deleting" => Tone::Busy,
        "error" => Tone::Bad,
        _ => Tone::Neutral,
    };
    cell::status(tone, &volume.state)
}
