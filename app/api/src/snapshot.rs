//! Snapshots of volumes. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html>

use serde::{Deserialize, Serialize};

use crate::{Timestamp, kind::Kind, resource::Resource, tag::Tag};

mod action;
mod draft;

pub use action::SnapshotAction;
pub use draft::SnapshotDraft;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    pub id: String,
    /// `pending`, `completed`, `error`, `recoverable` or `recovering`.
    pub state: String,
    /// Why it is in this state, where the cloud says.
    pub state_reason: String,
    /// As the cloud says it: `37%`.
    pub progress: String,
    /// May be gone, or made up where the snapshot is a copy.
    pub volume_id: String,
    /// GiB, of the volume: what is stored may be less.
    pub size: u32,
    pub description: String,
    pub encrypted: bool,
    pub owner: String,
    /// `amazon`, `self`, or empty.
    pub owner_alias: String,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    /// `standard` or `archive`, where the cloud has tiers.
    pub storage_tier: String,
    /// Whether all the world may use it. Known to the owner only, and only where one snapshot was asked for.
    pub public: Option<bool>,
    /// The accounts that may use it; known as `public` is.
    pub shared_with: Option<Vec<String>>,
    pub tags: Vec<Tag>,
}

impl Snapshot {
    /// Whether others are known to use it.
    pub fn is_shared(&self) -> bool {
        self.public == Some(true) || self.shared_with.as_ref().is_some_and(|accounts| !accounts.is_empty())
    }
}

impl Resource for Snapshot {
    const KIND: Kind = Kind::Snapshot;
    type Draft = SnapshotDraft;
    type Action = SnapshotAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.as_str(), "pending" | "recovering")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "snap-0123456789abcdef0".into(),
            state: "completed".into(),
            progress: "100%".into(),
            volume_id: "vol-0123456789abcdef0".into(),
            size: 8,
            description: "Daily backup".into(),
            owner: "123456789012".into(),
            started_at: Some(1_760_000_000),
            completed_at: Some(1_760_000_300),
            storage_tier: "standard".into(),
            ..Self::default()
        }
    }
}
