//! Snapshots of volumes.

use crate::{
    clock::{Millis, iso},
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World},
};

pub struct Snapshot {
    /// `None` for the account itself.
    pub owner: Option<Text>,
    pub volume: Text,
    /// GiB
    pub size: u32,
    pub description: Text,
    pub encrypted: bool,
    pub started_at: Millis,
    /// Until then it is pending.
    pub ready_at: Millis,
    /// Whether everybody may make volumes of it.
    pub public: bool,
    /// The accounts that may, besides the owner.
    pub users: Vec<Text>,
    pub tags: Tags,
}

impl Snapshot {
    pub fn is_pending(&self, now: Millis) -> bool {
        now < self.ready_at
    }

    /// Per cent.
    fn progress(&self, now: Millis) -> Millis {
        let whole = self.ready_at - self.started_at;
        if self.is_pending(now) { ((now - self.started_at) * 100 / whole).clamp(0, 99) } else { 100 }
    }
}

impl Noun for Snapshot {
    const ID: &'static str = "SnapshotId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("snap-", "InvalidSnapshotID.Malformed"));
    const FILTERS: Names = &[
        ("snapshot-id", "snapshotId"),
        ("status", "status"),
        ("volume-id", "volumeId"),
        ("volume-size", "volumeSize"),
        ("description", "description"),
        ("encrypted", "encrypted"),
        ("owner-id", "ownerId"),
        ("progress", "progress"),
        ("start-time", "startTime"),
        ("storage-tier", "storageTier"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.snapshots
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidSnapshot.NotFound", format!("The snapshot '{id}' does not exist."))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        map! {
            "snapshotId" => id,
            "volumeId" => &self.volume,
            "status" => if self.is_pending(world.now) { "pending" } else { "completed" },
            "startTime" => iso(self.started_at),
            "progress" => format!("{}%", self.progress(world.now)),
            "ownerId" => self.owner.as_ref().unwrap_or(&world.account),
            "volumeSize" => self.size,
            "description" => &self.description,
            "encrypted" => self.encrypted,
            "completionTime" => (!self.is_pending(world.now)).then(|| iso(self.ready_at)),
            "storageTier" => "standard",
            "tagSet" => tag::show(&self.tags),
        }
    }
}
