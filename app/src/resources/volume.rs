//! Volumes: what is attached where, and what can be done to them. Their forms are in `volume/form.rs`.

use api::{
    kind::Kind,
    resource::Resource,
    snapshot::{Snapshot, SnapshotDraft},
    volume::{Volume, VolumeAction, VolumeDraft},
};

use super::{flag, snapshot};
use crate::{
    area::Area,
    form as dialog,
    lazy::{self, parts},
    paths,
    spec::{
        Depends, Empty, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

pub mod form;

type Column = column::Column<Volume>;
type Facet = facet::Facet<Volume>;
type Action = action::Action<Volume>;

pub static SPEC: Spec<Volume> = Spec {
    area: Area::Storage,
    title: "Volumes",
    icon: "hard-drive",
    sort: "-created",
    columns: &[
        Column::new("name", "Name", |v| cell::named_link(Kind::Volume, &v.id, v.name())).width(Width::Wide).narrow(),
        Column::new("id", "Volume ID", |v| cell::code(&v.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("size", "Size", |v| Cell::Gib(v.size.into())).width(Width::Number).narrow(),
        Column::new("type", "Type", |v| cell::text(&v.volume_type)).width(Width::Narrow),
        Column::new("zone", "Zone", |v| cell::text(&v.zone)),
        Column::new("instance", "Attached to", |v| cell::link(Kind::Instance, &v.instance_id)).width(Width::Id),
        Column::new("device", "Device", |v| cell::code(&v.device)),
        Column::new("created", "Created", |v| cell::time(v.created_at)),
        Column::new("snapshot", "Snapshot", |v| cell::link(Kind::Snapshot, &v.snapshot_id)).width(Width::Id).hidden(),
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
    actions: &[
        Action::form("attach", "Attach", "link", ("Attaching {name}", "Attaching {n} volumes"), &form::ATTACH, |_| VolumeAction::Attach {
            instance_id: String::new(),
            device: String::new(),
        })
        .when(can_attach),
        Action::send("detach", "Detach", "unplug", ("Detaching {name}", "Detaching {n} volumes"), || VolumeAction::Detach { force: false })
            .when(can_detach)
            .ask("Unmount its file systems first: what the instance has not written yet would be lost."),
        Action::form("modify", "Modify", "scaling", ("Modifying {name}", "Modifying {n} volumes"), &form::MODIFY, |v| {
            VolumeAction::Modify { volume_type: v.volume_type.clone(), size: Some(v.size), iops: v.iops, throughput: v.throughput }
        })
        .when(is_there),
        Action::open("snapshot", "Create snapshot", "camera", |v| {
            dialog::create::<Snapshot>(&snapshot::form::CREATE, &SnapshotDraft { volume_id: v.id, ..SnapshotDraft::default() })
        })
        .when(is_there),
        Action::go("snapshots", "Show its snapshots", "list", |v| paths::with_query(&paths::list(Kind::Snapshot), &[("volume", &v.id)])),
        Action::send("force-detach", "Force detach", "unplug", ("Detaching {name} by force", "Detaching {n} volumes by force"), || {
            VolumeAction::Detach { force: true }
        })
        .when(can_force_detach)
        .danger("Only where an ordinary detach hangs: what the instance has not written is lost, and its file system may be damaged.")
        .single(),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} volumes are deleted"), || VolumeAction::Delete)
            .when(can_delete)
            .ends("This cannot be undone: everything on it is lost. Snapshots of it stay.")
            .depends(&[snapshots("These snapshots of it stay:")]),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[Section::Facts {
                title: "Volume",
                columns: &["state", "size", "type", "zone", "instance", "device", "created", "snapshot"],
                more: &[
                    Fact::new("IOPS", |v| v.iops.map_or(Cell::Empty, |iops| Cell::Count(iops.into()))),
                    Fact::new("Throughput (MiB/s)", |v| v.throughput.map_or(Cell::Empty, |rate| Cell::Count(rate.into()))),
                    Fact::new("Encrypted", |v| cell::yes_no(v.encrypted)),
                    Fact::new("Attached", |v| cell::time(v.attached_at)),
                    Fact::new("Deleted on termination", |v| cell::maybe(v.delete_on_termination)),
                ],
            }],
        ),
        Tab::new(
            "snapshots",
            "Snapshots",
            &[Section::Related {
                of: snapshots("Snapshots"),
                columns: &["name", "id", "state", "progress", "size", "started"],
                empty: "There is no snapshot of it.",
                make: "snapshot",
            }],
        ),
        Tab::new(
            "monitoring",
            "Monitoring",
            &[Section::View(|v| lazy::draw(parts::monitoring, (Kind::Volume, v.id.clone(), false, unmeasured(v))))],
        ),
    ],
    has_tags: true,
    status: Some(state),
    notice: Some(|v| (v.is_live_root == Some(true)).then_some(LIVE_ROOT)),
    primary: Some(&Primary::Create { label: "Create volume", form: &form::CREATE, draft }),
    empty: &Empty { title: "No volumes", body: "A volume is a disk for an instance. Instances come with one; create more of them here." },
};

const LIVE_ROOT: &str = "It is the root device of its instance: stop the instance before you detach it.";

const fn snapshots(says: &'static str) -> Depends<Volume> {
    Depends::on(Kind::Snapshot, |v| vec![("volume", v.id.clone())], |v, item| item.get::<Snapshot>().volume_id == v.id, says)
}

/// A volume as most people want it; the rest they enter.
fn draft() -> VolumeDraft {
    VolumeDraft { size: Some(8), volume_type: "gp3".into(), ..VolumeDraft::default() }
}

fn can_attach(volume: &Volume) -> Allow {
    Allow::when(volume.state == "available", "Only available volumes can be attached.")
}

fn can_detach(volume: &Volume) -> Allow {
    match (volume.attachment.as_str(), volume.is_live_root) {
        ("", _) => Allow::No("It is attached to nothing."),
        ("detaching", _) => Allow::No("It is being detached already."),
        (_, Some(true)) => Allow::No(LIVE_ROOT),
        _ => Allow::Yes,
    }
}

fn can_force_detach(volume: &Volume) -> Allow {
    // Forcing is for where an ordinary detach hangs.
    if volume.attachment == "detaching" { Allow::Yes } else { can_detach(volume) }
}

fn can_delete(volume: &Volume) -> Allow {
    let reason = if volume.instance_id.is_empty() { "It cannot be deleted in this state." } else { "It is attached: detach it first." };
    Allow::when(matches!(volume.state.as_str(), "available" | "error"), reason)
}

fn is_there(volume: &Volume) -> Allow {
    Allow::when(matches!(volume.state.as_str(), "available" | "in-use"), "It is not ready.")
}

/// Why there may be no metrics.
fn unmeasured(volume: &Volume) -> &'static str {
    if volume.instance_id.is_empty() {
        "A volume measures only while it is attached to an instance."
    } else {
        "There is a point every five minutes while the volume’s instance runs. Some clouds measure nothing."
    }
}

fn state(volume: &Volume) -> Cell {
    // On its way to or from an instance is what people wait for.
    if matches!(volume.attachment.as_str(), "attaching" | "detaching") {
        return cell::status(Tone::Busy, &volume.attachment);
    }
    let tone = match volume.state.as_str() {
        "in-use" => Tone::Good,
        "available" => Tone::Idle,
        "creating" | "deleting" => Tone::Busy,
        "error" => Tone::Bad,
        _ => Tone::Neutral,
    };
    cell::status(tone, &volume.state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_device_stays_where_it_is_while_its_instance_is_not_stopped() {
        let of = |is_live_root| Volume { is_live_root, ..Volume::sample() };
        assert_eq!(can_detach(&of(Some(true))).reason(), Some(LIVE_ROOT));
        assert_eq!(can_force_detach(&of(Some(true))).reason(), Some(LIVE_ROOT));
        // A list does not know it: it would take a call per instance. There the cloud's refusal is shown per volume.
        assert_eq!((can_detach(&of(None)), can_detach(&of(Some(false)))), (Allow::Yes, Allow::Yes));
    }

    #[test]
    fn what_is_attached_is_neither_attached_again_nor_deleted() {
        let attached = Volume::sample();
        assert!(can_attach(&attached).reason().is_some() && can_delete(&attached).reason().is_some());
        let free = Volume { state: "available".into(), instance_id: String::new(), attachment: String::new(), ..attached };
        assert_eq!((can_attach(&free), can_delete(&free)), (Allow::Yes, Allow::Yes));
        assert!(can_detach(&free).reason().is_some());
    }
}
