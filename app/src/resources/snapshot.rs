//! Snapshots: one's own, and those that others share. Their forms are in `snapshot/form.rs`.

use api::{
    image::{Image, ImageDraft},
    kind::Kind,
    resource::Resource,
    sharing::Sharing,
    snapshot::{Snapshot, SnapshotAction, SnapshotDraft},
    volume::{Volume, VolumeDraft},
};

use super::{flag, image, sharing::SHARE, volume};
use crate::{
    area::Area,
    form as dialog,
    spec::{
        Depends, Empty, Item, Primary, Scope, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

pub mod form;

type Column = column::Column<Snapshot>;
type Facet = facet::Facet<Snapshot>;
type Action = action::Action<Snapshot>;

pub static SPEC: Spec<Snapshot> = Spec {
    area: Area::Storage,
    title: "Snapshots",
    icon: "camera",
    sort: "-started",
    columns: &[
        Column::new("name", "Name", |s| cell::named_link(Kind::Snapshot, &s.id, s.name())).width(Width::Wide).narrow(),
        Column::new("id", "Snapshot ID", |s| cell::code(&s.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("size", "Size", |s| Cell::Gib(s.size.into())).width(Width::Number).narrow(),
        Column::new("volume", "Volume", volume_of).width(Width::Id),
        Column::new("description", "Description", |s| cell::text(&s.description)).width(Width::Wide),
        Column::new("started", "Started", |s| cell::time(s.started_at)),
        Column::new("progress", "Progress", |s| cell::text(&s.progress)).width(Width::Narrow).hidden(),
        Column::new("encrypted", "Encrypted", |s| cell::yes_no(s.encrypted)).width(Width::Narrow).hidden(),
        Column::new("owner", "Owner", |s| cell::code(&s.owner)).hidden(),
        Column::new("tags", "Tags", |s| cell::tags(&s.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("state", "State", |s| &s.state).alias("status"),
        Facet::one("volume", "Volume", |s| &s.volume_id).alias("volume_id"),
        Facet::one("encrypted", "Encrypted", |s| flag(s.encrypted)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("owned_by", "Owner", |s| &s.owner),
    ],
    scopes: &[
        Scope { arg: "owner", value: "self", label: "Mine" },
        Scope { arg: "owner", value: "mine", label: "Mine and shared with me" },
        Scope { arg: "owner", value: "shared", label: "Shared with me" },
    ],
    actions: &[
        Action::open("create-volume", "Create volume", "hard-drive", |s| {
            let draft = VolumeDraft { snapshot_id: s.id, size: Some(s.size), volume_type: "gp3".into(), ..VolumeDraft::default() };
            dialog::create::<Volume>(&volume::form::CREATE, &draft)
        })
        .when(is_complete),
        Action::open("register", "Register as image", "disc", |s| dialog::create::<Image>(&image::form::REGISTER, &image_of(&s)))
            .when(is_complete),
        Action::form("copy", "Copy to region", "copy", ("{name} is being copied", "{n} snapshots are being copied"), &form::COPY, |_| {
            SnapshotAction::Copy { region: String::new(), description: String::new(), encrypted: false }
        })
        .when(is_complete)
        .bulk(),
        Action::form(
            "share",
            "Share",
            "share-2",
            ("The sharing of {name} is changed", "The sharing of {n} snapshots is changed"),
            &SHARE,
            |_| SnapshotAction::Share(Sharing::default()),
        )
        .bulk(),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} snapshots are deleted"), || SnapshotAction::Delete {
            with_images: false,
        })
        .ends("This cannot be undone. Volumes that were made of it stay, and so do other snapshots of the same volume.")
        .depends(&[Depends::on(
            Kind::Image,
            own_images,
            stands_on,
            "The cloud refuses to delete it while these images are made of it:",
        )]),
        Action::send(
            "delete-with-images",
            "Deregister its images and delete",
            "trash-2",
            ("{name} is deleted with its images", "{n} snapshots are deleted with their images"),
            || SnapshotAction::Delete { with_images: true },
        )
        .ends("This cannot be undone. Instances that were launched from the images go on; nobody can launch new ones.")
        .depends(&[Depends::on(Kind::Image, own_images, stands_on, "These images are deregistered first:")]),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts {
                    title: "Snapshot",
                    columns: &["state", "progress", "size", "volume", "description", "started", "encrypted", "owner"],
                    more: &[
                        Fact::new("Completed", |s| cell::time(s.completed_at)),
                        Fact::new("Reason for the state", |s| cell::text(&s.state_reason)),
                        Fact::new("Storage tier", |s| cell::text(&s.storage_tier)),
                    ],
                },
                Section::Facts {
                    title: "Sharing",
                    columns: &[],
                    more: &[
                        Fact::new("Public", |s| cell::maybe(s.public)),
                        Fact::new("Shared with accounts", |s| s.shared_with.as_ref().map_or(Cell::Empty, |ids| cell::code(&ids.join(" ")))),
                    ],
                },
            ],
        ),
        Tab::new(
            "uses",
            "Used by",
            &[
                Section::Related {
                    of: Depends::on(Kind::Image, own_images, stands_on, "Images made of it"),
                    columns: &["name", "id", "state"],
                    empty: "No image of yours is made of it.",
                    make: "register",
                },
                Section::Related {
                    of: Depends::on(Kind::Volume, |_| vec![], |s, item| item.get::<Volume>().snapshot_id == s.id, "Volumes made of it"),
                    columns: &["name", "id", "state", "size"],
                    empty: "No volume is made of it.",
                    make: "create-volume",
                },
            ],
        ),
    ],
    has_tags: true,
    status: Some(state),
    notice: Some(|s| (s.public == Some(true)).then_some("It is public: every account of this cloud can read what is on it.")),
    primary: Some(&Primary::Create { label: "Create snapshot", form: &form::CREATE, draft: SnapshotDraft::default }),
    empty: &Empty {
        title: "No snapshots yet",
        body: "A snapshot is a copy of a volume at a moment. Volumes and images can be made of it.",
    },
};

fn state(snapshot: &Snapshot) -> Cell {
    let tone = match snapshot.state.as_str() {
        "completed" => Tone::Good,
        "pending" | "recovering" => Tone::Busy,
        "error" => Tone::Bad,
        _ => Tone::Neutral,
    };
    // How far it is, is all there is to know while it is under way.
    if snapshot.state == "pending" && !snapshot.progress.is_empty() {
        return cell::status(tone, &format!("{} {}", snapshot.state, snapshot.progress));
    }
    cell::status(tone, &snapshot.state)
}

/// Copies name a volume that never was.
fn volume_of(snapshot: &Snapshot) -> Cell {
    if snapshot.volume_id == "vol-ffffffff" { Cell::Empty } else { cell::link(Kind::Volume, &snapshot.volume_id) }
}

fn is_complete(snapshot: &Snapshot) -> Allow {
    Allow::when(snapshot.state == "completed", "It is not complete yet.")
}

fn image_of(snapshot: &Snapshot) -> ImageDraft {
    ImageDraft::Snapshot {
        snapshot_id: snapshot.id.clone(),
        name: String::new(),
        description: snapshot.description.clone(),
        architecture: "x86_64".into(),
        root_device: "/dev/sda1".into(),
        volume_type: "gp3".into(),
        delete_on_termination: true,
        tags: vec![],
    }
}

fn own_images(_: &Snapshot) -> Vec<(&'static str, String)> {
    vec![("owner", "self".to_owned())]
}

fn stands_on(snapshot: &Snapshot, item: &Item) -> bool {
    item.get::<Image>().is_made_of(&snapshot.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::form::Values;

    #[test]
    fn progress_is_said_while_there_is_some() {
        let of =
            |state: &str, progress: &str| state_text(&Snapshot { state: state.into(), progress: progress.into(), ..Snapshot::sample() });
        assert_eq!(of("pending", "37%"), "pending 37%");
        assert_eq!(of("completed", "100%"), "completed");
    }

    fn state_text(snapshot: &Snapshot) -> String {
        match state(snapshot) {
            Cell::Status { text, .. } => text,
            other => panic!("{other:?} is no state"),
        }
    }

    #[test]
    fn what_is_made_of_it_fills_forms_that_know_its_fields() {
        let image = Values::of(&image_of(&Snapshot::sample()));
        assert!(image::form::REGISTER.fields.iter().all(|field| field.input.makes(&image.0[field.key])));
    }

    #[test]
    fn an_image_stands_on_the_snapshots_of_its_devices() {
        let image = |snapshot_id: &str| {
            let device = api::instance::BlockDevice { snapshot_id: snapshot_id.into(), ..Default::default() };
            Item::new(Image { block_devices: vec![device], ..Image::sample() })
        };
        let snapshot = Snapshot::sample();
        assert!(stands_on(&snapshot, &image(&snapshot.id)) && !stands_on(&snapshot, &image("snap-other")));
    }
}
