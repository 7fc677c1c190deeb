//! What is sent to launch instances, and the rules that EC2 holds it to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    command::{Command, shorthand},
    error::FieldErrors,
    kind::Kind,
    resource::Mutation,
    tag::{self, Tag},
};

/// EC2 refuses more than 16 KB of user data, before base64.
pub const MAX_USER_DATA: usize = 16 * 1024;
/// How many the console launches at once; the account's own limit is the cloud's to tell.
pub const MAX_COUNT: u32 = 100;
/// GiB, of a volume whose type is not among [`VOLUME_TYPES`] or not said.
pub const MAX_VOLUME_SIZE: u32 = 65_536;

/// The volume types that need nothing but a size, with the smallest and the largest in GiB.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html>. `io1` and `io2` are not here: they take a rate as well.
pub const VOLUME_TYPES: &[(&str, u32, u32)] =
    &[("gp3", 1, 65_536), ("gp2", 1, 16_384), ("st1", 125, 16_384), ("sc1", 125, 16_384), ("standard", 1, 1024)];

/// A launch: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstanceDraft {
    /// A launch template, for everything that is not said here; empty for none.
    pub launch_template_id: String,
    /// `None` for its default version.
    pub launch_template_version: Option<u32>,
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

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let names = self.names.first().filter(|name| !name.is_empty() && self.names.len() == 1);
        let tags: Vec<_> = names.map(|name| Tag::new("Name", name.as_str())).into_iter().chain(self.tags.clone()).collect();
        let network = self.public_ip.map(|on| if on { "--associate-public-ip-address" } else { "--no-associate-public-ip-address" });
        vec![
            Command::ec2("run-instances")
                .arg("--launch-template", self.template())
                .arg("--image-id", &self.image_id)
                .arg("--count", self.count)
                .arg("--instance-type", &self.instance_type)
                .arg("--key-name", &self.key_name)
                .arg("--subnet-id", &self.subnet_id)
                .arg("--placement", shorthand([("AvailabilityZone", self.zone.clone())]))
                .args("--security-group-ids", &self.security_group_ids)
                .flag(network.unwrap_or_default(), network.is_some())
                .arg("--user-data", if self.user_data.is_empty() { "" } else { "file://user-data" })
                .flag("--disable-api-termination", self.termination_protection)
                .arg("--monitoring", if self.monitoring { "Enabled=true" } else { "" })
                .arg("--iam-instance-profile", shorthand([("Name", self.role.clone())]))
                .args("--block-device-mappings", self.block_devices.iter().map(BlockDevice::shorthand))
                .arg("--tag-specifications", tag::specification("instance", &tags)),
        ]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = tag::check_tags(&self.tags);
        let mut say = |key: &str, message: String| {
            errors.entry(key.to_owned()).or_insert(message);
        };
        let from_template = !self.launch_template_id.is_empty();
        if self.image_id.is_empty() && !from_template {
            say("image_id", "Choose an image.".into());
        } else if !self.image_id.is_empty() && !is_image_id(&self.image_id) {
            say("image_id", "An image ID looks like ami-0123456789abcdef0.".into());
        }
        if self.instance_type.is_empty() && !from_template {
            say("instance_type", "Choose an instance type.".into());
        }
        if !(1..=MAX_COUNT).contains(&self.count) {
            say("count", format!("Launch between 1 and {MAX_COUNT} instances at once."));
        }
        if self.names.len() > 1 && self.names.len() != self.count as usize {
            say("names", format!("Give one name for all, or {} names: one for each instance.", self.count));
        }
        for (index, name) in self.names.iter().enumerate() {
            if name.chars().count() > tag::MAX_VALUE {
                say(&format!("names.{index}"), format!("A name has at most {} characters.", tag::MAX_VALUE));
            }
        }
        for (index, tag) in self.tags.iter().enumerate() {
            if tag.key == "Name" {
                say(&format!("tags.{index}.key"), "The name has a field of its own.".into());
            }
        }
        if self.tags.len() == tag::MAX_TAGS && self.names.iter().any(|name| !name.is_empty()) {
            say("tags", format!("A resource has at most {} tags, and the name is one of them.", tag::MAX_TAGS));
        }
        if let Some(message) = user_data_error(base64_len(&self.user_data)) {
            say("user_data", message);
        }
        let mut devices = BTreeSet::new();
        for (index, device) in self.block_devices.iter().enumerate() {
            let at = |field: &str| format!("block_devices.{index}.{field}");
            if !device.device.is_empty() && !devices.insert(device.device.as_str()) {
                say(&at("device"), "This device is there twice.".into());
            }
            for (field, message) in device.check() {
                say(&at(&field), message);
            }
        }
        errors
    }
}

impl InstanceDraft {
    fn template(&self) -> String {
        let version = self.launch_template_version.filter(|_| !self.launch_template_id.is_empty());
        let version = version.map(|number| number.to_string()).unwrap_or_default();
        shorthand([("LaunchTemplateId", self.launch_template_id.clone()), ("Version", version)])
    }
}

impl BlockDevice {
    fn shorthand(&self) -> String {
        let ebs = [
            ("SnapshotId", self.snapshot_id.clone()),
            ("VolumeSize", self.size.map(|size| size.to_string()).unwrap_or_default()),
            ("VolumeType", self.volume_type.clone()),
            ("DeleteOnTermination", self.delete_on_termination.to_string()),
            ("Encrypted", if self.encrypted { "true".to_owned() } else { String::new() }),
        ];
        format!("{},Ebs={{{}}}", shorthand([("DeviceName", self.device.clone())]), shorthand(ebs))
    }

    /// What is wrong with it by itself, by field.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if self.device.is_empty() {
            errors.insert("device".into(), "Enter the device name.".into());
        } else if !is_device(&self.device) {
            errors.insert("device".into(), "A device name looks like /dev/sdf.".into());
        }
        let known = VOLUME_TYPES.iter().find(|(name, ..)| *name == self.volume_type);
        let (least, most) = known.map_or((1, MAX_VOLUME_SIZE), |&(_, least, most)| (least, most));
        // A type's own name in the sentence tells people that another type could be the way out.
        let what = known.map_or_else(|| "A volume".to_owned(), |(name, ..)| format!("A {name} volume"));
        let message = match self.size {
            None if self.snapshot_id.is_empty() => Some("Enter the size in GiB.".to_owned()),
            Some(size) if size < least => Some(format!("{what} has at least {least} GiB.")),
            Some(size) if size > most => Some(format!("{what} has at most {most} GiB.")),
            _ => None,
        };
        errors.extend(message.map(|message| ("size".to_owned(), message)));
        errors
    }
}

/// What is wrong with user data of this many bytes; separate so that a file can be judged before it is read.
pub fn user_data_error(bytes: usize) -> Option<String> {
    (bytes > MAX_USER_DATA).then(|| format!("User data has at most 16 KB; this is {} KB.", bytes.div_ceil(1024)))
}

/// `ami-…`, or `emi-…` on Eucalyptus, with hexadecimal digits.
pub fn is_image_id(text: &str) -> bool {
    let digits = text.strip_prefix("ami-").or_else(|| text.strip_prefix("emi-"));
    digits.is_some_and(|digits| digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The forms that Linux and Windows drivers take: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>.
pub fn is_device(text: &str) -> bool {
    let name = text.strip_prefix("/dev/").unwrap_or(text);
    let rest = ["sd", "xvd", "hd", "vd"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or_default();
    let letters = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    !letters.is_empty() && letters.len() <= 2 && letters.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// How many bytes a base64 text stands for.
fn base64_len(text: &str) -> usize {
    let padding = text.bytes().rev().take_while(|&byte| byte == b'=').count();
    (text.len() / 4 * 3).saturating_sub(padding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> InstanceDraft {
        InstanceDraft { image_id: "ami-0a1b2c3d".into(), instance_type: "t3.micro".into(), count: 1, ..InstanceDraft::default() }
    }

    fn volume(device: &str, size: u32, volume_type: &str) -> BlockDevice {
        BlockDevice { device: device.into(), size: Some(size), volume_type: volume_type.into(), ..BlockDevice::default() }
    }

    #[test]
    fn a_plain_launch_is_accepted() {
        assert_eq!(draft().check(), FieldErrors::new());
    }

    #[test]
    fn a_template_says_what_the_draft_does_not() {
        let by_template = InstanceDraft {
            launch_template_id: "lt-1".into(),
            launch_template_version: Some(2),
            count: 2,
            names: vec!["a".into(), "b".into()],
            ..InstanceDraft::default()
        };
        assert_eq!(by_template.check(), FieldErrors::new());
        let line = by_template.commands(&[])[0].line("");
        assert_eq!(line, "aws ec2 run-instances --launch-template LaunchTemplateId=lt-1,Version=2 --count 2");
    }

    #[test]
    fn what_ec2_would_refuse_is_said_at_its_field() {
        let bad = InstanceDraft {
            count: 3,
            names: vec!["a".into(), "b".repeat(257)],
            user_data: "A".repeat(28_000),
            tags: vec![Tag::new("Name", "x")],
            block_devices: vec![volume("/dev/sdf", 0, ""), BlockDevice { device: "/dev/sdf".into(), ..BlockDevice::default() }],
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
                "names.1",
                "tags.0.key",
                "user_data"
            ]
        );
    }

    #[test]
    fn image_ids_of_both_generations_and_of_eucalyptus_are_taken() {
        let with = |id: &str| InstanceDraft { image_id: id.into(), ..draft() }.check().contains_key("image_id");
        for good in ["ami-0a1b2c3d", "ami-0123456789abcdef0", "emi-1A2B3C4D"] {
            assert!(!with(good), "{good} was refused");
        }
        for bad in ["", "ami-", "ami-xyz", "i-0123456789abcdef0", "debian"] {
            assert!(with(bad), "{bad:?} was accepted");
        }
    }

    #[test]
    fn the_name_counts_among_the_fifty_tags() {
        let tags: Vec<_> = (0..50).map(|n| Tag::new(format!("k{n}"), "")).collect();
        let unnamed = InstanceDraft { tags, ..draft() };
        assert_eq!(unnamed.check(), FieldErrors::new());
        assert!(InstanceDraft { names: vec!["web".into()], ..unnamed }.check().contains_key("tags"));
    }

    #[test]
    fn device_names_are_those_that_drivers_take() {
        let wrong = |device: &str| volume(device, 8, "").check().contains_key("device");
        for good in ["/dev/sda1", "/dev/sdf", "xvdb", "/dev/xvdba", "/dev/vda", "/dev/hda"] {
            assert!(!wrong(good), "{good} was refused");
        }
        for bad in ["", "sd", "/dev/sd1", "/dev/SDF", "C:", "/dev/sdf ", "/dev/nvme0n1"] {
            assert!(wrong(bad), "{bad:?} was accepted");
        }
    }

    #[test]
    fn a_size_is_held_to_what_its_type_allows() {
        let size = |size, volume_type| volume("/dev/sdf", size, volume_type).check().remove("size");
        assert_eq!(size(16_384, "gp2"), None);
        assert_eq!(size(16_385, "gp2").as_deref(), Some("A gp2 volume has at most 16384 GiB."));
        assert_eq!(size(124, "st1").as_deref(), Some("A st1 volume has at least 125 GiB."));
        assert_eq!(size(65_536, ""), None);
        assert_eq!(size(65_537, "").as_deref(), Some("A volume has at most 65536 GiB."));
    }

    #[test]
    fn user_data_may_have_exactly_sixteen_kilobytes() {
        // 16,384 bytes are 21,848 characters of base64 with two of padding; one byte more needs only one of padding.
        let exact = format!("{}==", "A".repeat(21_846));
        assert!(InstanceDraft { user_data: exact, ..draft() }.check().is_empty());
        let over = format!("{}=", "A".repeat(21_847));
        assert!(InstanceDraft { user_data: over, ..draft() }.check().contains_key("user_data"));
    }
}
