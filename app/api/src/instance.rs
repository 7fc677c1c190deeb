//! Instances: virtual machines. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html>

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::{self, Tag},
};

/// EC2 refuses more than 16 KB of user data, before base64.
pub const MAX_USER_DATA: usize = 16 * 1024;
/// How many the console launches at once; the account's own limit is the cloud's to tell.
pub const MAX_COUNT: u32 = 100;

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

/// What can be done to instances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum InstanceAction {
    Start,
    Stop {
        /// Without giving the system time to write its caches.
        force: bool,
    },
    Reboot,
    Terminate,
    SetTerminationProtection {
        enabled: bool,
    },
}

impl Mutation for InstanceAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Start | Self::Stop { .. } | Self::Reboot | Self::SetTerminationProtection { .. } => &[Kind::Instance],
            Self::Terminate => &[Kind::Instance, Kind::Volume],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Start => &["ec2:StartInstances"],
            Self::Stop { .. } => &["ec2:StopInstances"],
            Self::Reboot => &["ec2:RebootInstances"],
            Self::Terminate => &["ec2:TerminateInstances"],
            Self::SetTerminationProtection { .. } => &["ec2:ModifyInstanceAttribute"],
        }
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::Start => Some(Self::Stop { force: false }),
            Self::Stop { .. } => Some(Self::Start),
            Self::SetTerminationProtection { enabled } => Some(Self::SetTerminationProtection { enabled: !enabled }),
            Self::Reboot | Self::Terminate => None,
        }
    }
}

/// A launch: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstanceDraft {
    pub image_id: String,
    pub count: u32,
    /// One name for all, or one for each instance; empty for none.
    pub names: Vec<String>,
    pub instance_type: String,
    /// Empty where a subnet is given, or for the cloud to choose.
    pub zone: String,
    pub subnet_id: String,
    /// `None` leaves it to the subnet.
    pub public_ip: Option<bool>,
    pub key_name: String,
    pub security_group_ids: Vec<String>,
    /// Base64 of at most [`MAX_USER_DATA`] bytes.
    pub user_data: String,
    /// Without `Name`, which `names` sets.
    pub tags: Vec<Tag>,
    pub monitoring: bool,
    pub termination_protection: bool,
    /// A role's name; its instance profile is found, or made, by the proxy.
    pub role: String,
    /// Only what differs from the image's own mapping, or adds to it.
    pub block_devices: Vec<BlockDevice>,
}

/// A volume that is made at launch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlockDevice {
    /// Such as `/dev/sdf`.
    pub device: String,
    pub snapshot_id: String,
    /// GiB; `None` takes the snapshot's.
    pub size: Option<u32>,
    /// Such as `gp3`; empty for the cloud's default.
    pub volume_type: String,
    pub delete_on_termination: bool,
    pub encrypted: bool,
}

impl Mutation for InstanceDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Instance, Kind::Volume]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:RunInstances", "ec2:CreateTags"]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = tag::check_tags(&self.tags);
        let mut say = |key: &str, message: String| {
            errors.entry(key.to_owned()).or_insert(message);
        };
        if self.image_id.is_empty() {
            say("image_id", "Choose an image.".into());
        }
        if self.instance_type.is_empty() {
            say("instance_type", "Choose an instance type.".into());
        }
        if !(1..=MAX_COUNT).contains(&self.count) {
            say("count", format!("Launch between 1 and {MAX_COUNT} instances at once."));
        }
        if self.names.len() > 1 && self.names.len() != self.count as usize {
            say("names", format!("Give one name for all, or {} names: one for each instance.", self.count));
        }
        if self.names.iter().any(|name| name.chars().count() > tag::MAX_VALUE) {
            say("names", format!("A name has at most {} characters.", tag::MAX_VALUE));
        }
        for (index, tag) in self.tags.iter().enumerate() {
            if tag.key == "Name" {
                say(&format!("tags.{index}.key"), "The name has a field of its own.".into());
            }
        }
        let bytes = base64_len(&self.user_data);
        if bytes > MAX_USER_DATA {
            say("user_data", format!("User data has at most 16 KB; this is {} KB.", bytes.div_ceil(1024)));
        }
        let mut devices = BTreeSet::new();
        for (index, device) in self.block_devices.iter().enumerate() {
            let at = |field: &str| format!("block_devices.{index}.{field}");
            if device.device.is_empty() {
                say(&at("device"), "Enter the device name.".into());
            } else if !devices.insert(device.device.as_str()) {
                say(&at("device"), "This device is there twice.".into());
            }
            match device.size {
                None if device.snapshot_id.is_empty() => say(&at("size"), "Enter the size in GiB.".into()),
                Some(0) => say(&at("size"), "A volume has at least 1 GiB.".into()),
                Some(size) if size > 65_536 => say(&at("size"), "A volume has at most 65,536 GiB.".into()),
                _ => {}
            }
        }
        errors
    }
}

/// How many bytes a base64 text stands for.
fn base64_len(text: &str) -> usize {
    let padding = text.bytes().rev().take_while(|&byte| byte == b'=').count();
    (text.len() / 4 * 3).saturating_sub(padding)
}

/// What the system wrote to its serial console.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConsoleOutput {
    pub text: String,
    /// When the cloud took it.
    pub at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> InstanceDraft {
        InstanceDraft { image_id: "ami-1".into(), instance_type: "t3.micro".into(), count: 1, ..InstanceDraft::default() }
    }

    #[test]
    fn a_plain_launch_is_accepted() {
        assert_eq!(draft().check(), FieldErrors::new());
    }

    #[test]
    fn what_ec2_would_refuse_is_said_at_its_field() {
        let bad = InstanceDraft {
            count: 3,
            names: vec!["a".into(), "b".into()],
            user_data: "A".repeat(28_000),
            tags: vec![Tag::new("Name", "x")],
            block_devices: vec![
                BlockDevice { device: "/dev/sdf".into(), size: Some(0), ..BlockDevice::default() },
                BlockDevice { device: "/dev/sdf".into(), ..BlockDevice::default() },
            ],
            ..InstanceDraft::default()
        };
        let keys: Vec<_> = bad.check().into_keys().collect();
        assert_eq!(
            keys,
            [
                "block_devices.0.size",
                "block_devices.1.device",
                "block_devices.1.size",
                "image_id",
                "instance_type",
                "names",
                "tags.0.key",
                "user_data"
            ]
        );
    }

    #[test]
    fn user_data_may_have_exactly_sixteen_kilobytes() {
        // 16,384 bytes are 21,848 characters of base64 with two of padding; one byte more needs only one of padding.
        let exact = format!("{}==", "A".repeat(21_846));
        assert!(InstanceDraft { user_data: exact, ..draft() }.check().is_empty());
        let over = format!("{}=", "A".repeat(21_847));
        assert!(InstanceDraft { user_data: over, ..draft() }.check().contains_key("user_data"));
    }

    #[test]
    fn an_inverse_leads_back() {
        let protect = InstanceAction::SetTerminationProtection { enabled: true };
        assert_eq!(protect.inverse().and_then(|undo| undo.inverse()), Some(protect));
        assert_eq!(InstanceAction::Terminate.inverse(), None);
    }
}
