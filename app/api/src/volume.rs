//! EBS volumes. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html>

use serde::{Deserialize, Serialize};

use crate::{Timestamp, kind::Kind, resource::Resource, tag::Tag};

mod action;
mod device;
mod draft;
mod volume_type;

pub use action::VolumeAction;
pub use device::free_device;
pub use draft::VolumeDraft;
pub use volume_type::{VOLUME_TYPES, VolumeType, find as find_type};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Volume {
    pub id: String,
    pub state: String,
    /// GiB.
    pub size: u32,
    pub volume_type: String,
    pub iops: Option<u32>,
    /// MiB a second, of types that have such a number.
    pub throughput: Option<u32>,
    pub zone: String,
    pub snapshot_id: String,
    pub encrypted: bool,
    pub created_at: Option<Timestamp>,
    /// Empty while it is attached to nothing.
    pub instance_id: String,
    pub device: String,
    /// `attaching`, `attached`, `detaching` or `busy`; empty while it is attached to nothing.
    pub attachment: String,
    pub attached_at: Option<Timestamp>,
    /// Whether it is the root device of an instance that is not stopped, and so cannot be detached. Known only where one volume was asked for:
    /// it takes a call per instance.
    pub is_live_root: Option<bool>,
    pub delete_on_termination: Option<bool>,
    pub tags: Vec<Tag>,
}

impl Resource for Volume {
    const KIND: Kind = Kind::Volume;
    type Draft = VolumeDraft;
    type Action = VolumeAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.as_str(), "creating" | "deleting") || matches!(self.attachment.as_str(), "attaching" | "detaching")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "vol-0123456789abcdef0".into(),
            state: "in-use".into(),
            size: 8,
            volume_type: "gp3".into(),
            iops: Some(3000),
            throughput: Some(125),
            zone: "us-east-1a".into(),
            created_at: Some(1_760_000_000),
            instance_id: "i-0a1b2c3d4e5f60718".into(),
            device: "/dev/xvda".into(),
            attachment: "attached".into(),
            attached_at: Some(1_760_000_010),
            delete_on_termination: Some(true),
            ..Self::default()
        }
    }
}
