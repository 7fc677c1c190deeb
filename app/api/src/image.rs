//! Machine images. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html>

use serde::{Deserialize, Serialize};

use crate::{Timestamp, instance::BlockDevice, kind::Kind, resource::Resource, tag::Tag};

mod action;
mod draft;
pub mod teardown;

pub use action::ImageAction;
pub use draft::{ImageDraft, MAX_DESCRIPTION, description_error, name_error};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Image {
    pub id: String,
    /// The image's own name, which is not its `Name` tag.
    pub name: String,
    pub description: String,
    pub state: String,
    pub owner: String,
    /// `amazon`, `aws-marketplace`, `self`, or empty.
    pub owner_alias: String,
    pub public: bool,
    pub architecture: String,
    /// `windows`, or empty for everything else.
    pub platform: String,
    /// The cloud's longer word: "Red Hat Enterprise Linux".
    pub platform_details: String,
    pub image_type: String,
    pub root_device_type: String,
    pub root_device_name: String,
    pub virtualization_type: String,
    pub hypervisor: String,
    pub created_at: Option<Timestamp>,
    pub deprecated_at: Option<Timestamp>,
    pub location: String,
    pub kernel_id: String,
    pub ramdisk_id: String,
    /// The accounts that may launch it, besides all where it is public. Known to the owner only, and only where one image was asked for.
    pub launch_permissions: Option<Vec<String>>,
    pub block_devices: Vec<BlockDevice>,
    pub tags: Vec<Tag>,
}

impl Image {
    /// Whether one of its devices begins as a copy of this snapshot.
    pub fn is_made_of(&self, snapshot: &str) -> bool {
        !snapshot.is_empty() && self.block_devices.iter().any(|device| device.snapshot_id == snapshot)
    }
}

impl Resource for Image {
    const KIND: Kind = Kind::Image;
    type Draft = ImageDraft;
    type Action = ImageAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.as_str(), "pending" | "transient")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "ami-0123456789abcdef0".into(),
            name: "debian-12-amd64-20260901".into(),
            description: "Debian 12".into(),
            state: "available".into(),
            owner: "136693071363".into(),
            public: true,
            architecture: "x86_64".into(),
            root_device_type: "ebs".into(),
            root_device_name: "/dev/xvda".into(),
            virtualization_type: "hvm".into(),
            created_at: Some(1_756_700_000),
            block_devices: vec![BlockDevice { device: "/dev/xvda".into(), size: Some(8), ..BlockDevice::default() }],
            ..Self::default()
        }
    }
}
