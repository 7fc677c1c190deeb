//! Instances: virtual machines. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html>

use serde::{Deserialize, Serialize};

use crate::{Timestamp, kind::Kind, resource::Resource, tag::Tag};

mod action;
mod draft;

pub use action::InstanceAction;
pub use draft::{
    BlockDevice, InstanceDraft, MAX_COUNT, MAX_USER_DATA, MAX_VOLUME_SIZE, VOLUME_TYPES, is_device, is_image_id, user_data_error,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Instance {
    pub id: String,
    pub tags: Vec<Tag>,
    /// `pending`, `running`, `shutting-down`, `terminated`, `stopping` or `stopped`.
    pub state: String,
    /// Why it came into this state, where the cloud says.
    pub state_reason: String,
    pub instance_type: String,
    pub image_id: String,
    pub zone: String,
    pub launched_at: Option<Timestamp>,
    pub key_name: String,
    pub private_ip: String,
    pub public_ip: String,
    pub private_dns: String,
    pub public_dns: String,
    pub vpc_id: String,
    pub subnet_id: String,
    pub security_groups: Vec<GroupRef>,
    pub architecture: String,
    /// `windows`, or empty for everything else.
    pub platform: String,
    pub root_device_type: String,
    pub root_device_name: String,
    pub virtualization_type: String,
    pub monitoring: bool,
    /// The instance profile's ARN.
    pub instance_profile_arn: String,
    /// The name of the role in its instance profile. Known only where one instance was asked for: it takes a call to IAM.
    pub role: Option<String>,
    pub reservation_id: String,
    pub owner: String,
    pub block_devices: Vec<AttachedVolume>,
    pub network_interfaces: Vec<InterfaceRef>,
    pub source_dest_check: Option<bool>,
    pub kernel_id: String,
    pub ramdisk_id: String,
    pub auto_scaling_group: String,
    /// Known only where one instance was asked for: it takes a call per instance.
    pub termination_protection: Option<bool>,
    /// Base64; known only where one instance was asked for.
    pub user_data: Option<String>,
}

impl Instance {
    /// The volumes that can be detached as it is now: not the root device, unless it is stopped.
    pub fn detachable(&self) -> impl Iterator<Item = &AttachedVolume> {
        let stopped = self.state == "stopped";
        self.block_devices.iter().filter(move |volume| !volume.volume_id.is_empty() && (stopped || volume.device != self.root_device_name))
    }

    /// The device that the next volume is attached as: the first that is free, called as the instance calls the others.
    pub fn next_device(&self) -> Option<String> {
        let taken: Vec<_> = self.block_devices.iter().map(|volume| volume.device.as_str()).collect();
        crate::volume::free_device(&taken)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupRef {
    pub id: String,
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AttachedVolume {
    pub device: String,
    pub volume_id: String,
    pub status: String,
    pub attached_at: Option<Timestamp>,
    pub delete_on_termination: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InterfaceRef {
    pub id: String,
    pub subnet_id: String,
    pub private_ip: String,
    pub public_ip: String,
    /// Whose the public address is: `amazon`, or the account's own where it is an elastic one.
    pub public_ip_owner: String,
    pub mac_address: String,
    pub status: String,
}

impl Resource for Instance {
    const KIND: Kind = Kind::Instance;
    type Draft = InstanceDraft;
    type Action = InstanceAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.as_str(), "pending" | "stopping" | "shutting-down")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "i-0a1b2c3d4e5f60718".into(),
            tags: vec![Tag::new("Name", "web-1"), Tag::new("env", "prod")],
            state: "running".into(),
            instance_type: "t3.micro".into(),
            image_id: "ami-0123456789abcdef0".into(),
            zone: "us-east-1a".into(),
            launched_at: Some(1_760_000_000),
            key_name: "operations".into(),
            private_ip: "10.0.1.17".into(),
            public_ip: "203.0.113.17".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            subnet_id: "subnet-0123456789abcdef0".into(),
            security_groups: vec![GroupRef { id: "sg-0123456789abcdef0".into(), name: "web".into() }],
            architecture: "x86_64".into(),
            root_device_type: "ebs".into(),
            root_device_name: "/dev/xvda".into(),
            monitoring: true,
            block_devices: vec![AttachedVolume {
                device: "/dev/xvda".into(),
                volume_id: "vol-0123456789abcdef0".into(),
                status: "attached".into(),
                attached_at: Some(1_760_000_010),
                delete_on_termination: Some(true),
            }],
            ..Self::default()
        }
    }
}

/// What the system wrote to its serial console.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConsoleOutput {
    pub text: String,
    /// When the cloud took it.
    pub at: Option<Timestamp>,
}

/// The password of the first administrator of a Windows instance, as the cloud tells it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PasswordData {
    /// Base64, encrypted for the key pair of the instance; empty while the cloud does not have it.
    pub encrypted: String,
}
