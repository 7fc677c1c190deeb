//! What is sent to make an image: of an instance, or of a snapshot.

use serde::{Deserialize, Serialize};

use crate::{
    command::{Command, shorthand},
    error::FieldErrors,
    kind::Kind,
    resource::Mutation,
    tag::{self, Tag},
};

/// Characters.
pub const MAX_DESCRIPTION: usize = 255;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum ImageDraft {
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html>
    Instance {
        instance_id: String,
        name: String,
        description: String,
        /// The instance goes on; what it has not written yet is missing in the image.
        no_reboot: bool,
        tags: Vec<Tag>,
    },
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html>
    Snapshot {
        snapshot_id: String,
        name: String,
        description: String,
        /// `x86_64`, `arm64` or `i386`.
        architecture: String,
        /// Such as `/dev/sda1`.
        root_device: String,
        /// Of the volumes that instances get; empty for the cloud's default.
        volume_type: String,
        delete_on_termination: bool,
        tags: Vec<Tag>,
    },
}

impl ImageDraft {
    fn name(&self) -> (&str, &str, &[Tag]) {
        match self {
            Self::Instance { name, description, tags, .. } | Self::Snapshot { name, description, tags, .. } => (name, description, tags),
        }
    }
}

impl Mutation for ImageDraft {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Instance { .. } => &[Kind::Image, Kind::Snapshot],
            Self::Snapshot { .. } => &[Kind::Image],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Instance { .. } => &["ec2:CreateImage", "ec2:CreateTags"],
            Self::Snapshot { .. } => &["ec2:RegisterImage", "ec2:CreateTags"],
        }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let (name, description, tags) = self.name();
        let call = |operation: &str| Command::ec2(operation).arg("--name", name).arg("--description", description);
        let tags = tag::specification("image", tags);
        vec![match self {
            Self::Instance { instance_id, no_reboot, .. } => {
                call("create-image").arg("--instance-id", instance_id).flag("--no-reboot", *no_reboot).arg("--tag-specifications", tags)
            }
            Self::Snapshot { snapshot_id, architecture, root_device, volume_type, delete_on_termination, .. } => {
                let ebs = [
                    ("SnapshotId", snapshot_id.clone()),
                    ("VolumeType", volume_type.clone()),
                    ("DeleteOnTermination", delete_on_termination.to_string()),
                ];
                call("register-image")
                    .arg("--architecture", architecture)
                    .arg("--virtualization-type", "hvm")
                    .flag("--ena-support", true)
                    .arg("--root-device-name", root_device)
                    .arg("--block-device-mappings", format!("DeviceName={root_device},Ebs={{{}}}", shorthand(ebs)))
                    .arg("--tag-specifications", tags)
            }
        }]
    }

    fn check(&self) -> FieldErrors {
        let (name, description, tags) = self.name();
        let mut errors = tag::check_tags(tags);
        let mut say = |key: &str, message: Option<String>| errors.extend(message.map(|message| (key.to_owned(), message)));
        say("name", name_error(name));
        say("description", description_error(description));
        match self {
            Self::Instance { instance_id, .. } => say("instance_id", instance_id.is_empty().then(|| "Choose an instance.".into())),
            Self::Snapshot { snapshot_id, root_device, .. } => {
                say("snapshot_id", snapshot_id.is_empty().then(|| "Choose a snapshot.".into()));
                let is_device = crate::instance::is_device(root_device);
                say("root_device", (!is_device).then(|| "A device name looks like /dev/sda1.".into()));
            }
        }
        errors
    }
}

/// What is wrong with an image's name, in EC2's rules: 3 to 128 letters, digits and some signs.
pub fn name_error(name: &str) -> Option<String> {
    let fine = |c: char| c.is_ascii_alphanumeric() || "()[] ./-'@_".contains(c);
    match name.chars().count() {
        0 => Some("Enter a name.".into()),
        3..=128 if name.chars().all(fine) => None,
        3..=128 => Some("A name has letters, digits, spaces and ( ) [ ] . / - ' @ _ only.".into()),
        _ => Some("A name has 3 to 128 characters.".into()),
    }
}

/// What is wrong with the description of an image or a snapshot.
pub fn description_error(text: &str) -> Option<String> {
    (text.chars().count() > MAX_DESCRIPTION).then(|| format!("A description has at most {MAX_DESCRIPTION} characters."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_as_ec2_does() {
        for good in ["web base [2]", "a/b-c_d.e", "abc"] {
            assert_eq!(name_error(good), None, "{good}");
        }
        for bad in ["", "ab", "a:b", "größe", &"x".repeat(129)] {
            assert!(name_error(bad).is_some(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn registering_says_how_the_snapshot_becomes_a_root_device() {
        let draft = ImageDraft::Snapshot {
            snapshot_id: "snap-1".into(),
            name: "web".into(),
            description: String::new(),
            architecture: "x86_64".into(),
            root_device: "/dev/sda1".into(),
            volume_type: "gp3".into(),
            delete_on_termination: true,
            tags: vec![],
        };
        assert!(draft.check().is_empty());
        let line = draft.commands(&[])[0].line("");
        assert!(line.contains("DeviceName=/dev/sda1,Ebs={SnapshotId=snap-1,VolumeType=gp3,DeleteOnTermination=true}"), "{line}");
    }
}
