//! What can be done to snapshots.

use serde::{Deserialize, Serialize};

use crate::{command::Command, error::FieldErrors, image::description_error, kind::Kind, resource::Mutation, sharing::Sharing};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum SnapshotAction {
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html>
    Copy {
        region: String,
        description: String,
        encrypted: bool,
    },
    Share(Sharing),
    Delete {
        /// Deregister the account's images that are made of it first: the cloud refuses to delete it while there are any.
        with_images: bool,
    },
}

impl Mutation for SnapshotAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Delete { with_images: true } => &[Kind::Snapshot, Kind::Image],
            Self::Copy { .. } | Self::Share(_) | Self::Delete { .. } => &[Kind::Snapshot],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Copy { .. } => &["ec2:CopySnapshot"],
            Self::Share(_) => &["ec2:ModifySnapshotAttribute"],
            Self::Delete { with_images: true } => &["ec2:DescribeImages", "ec2:DeregisterImage", "ec2:DeleteSnapshot"],
            Self::Delete { .. } => &["ec2:DeleteSnapshot"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let each = |operation: &'static str, id: &'static str| ids.iter().map(move |value| Command::ec2(operation).arg(id, value));
        match self {
            Self::Copy { region, description, encrypted } => each("copy-snapshot", "--source-snapshot-id")
                .map(|call| call.arg("--description", description).flag("--encrypted", *encrypted).copying_to(region))
                .collect(),
            Self::Share(sharing) => each("modify-snapshot-attribute", "--snapshot-id")
                .map(|call| call.arg("--attribute", "createVolumePermission").arg("--create-volume-permission", sharing.shorthand()))
                .collect(),
            Self::Delete { with_images: false } => each("delete-snapshot", "--snapshot-id").collect(),
            Self::Delete { with_images: true } => {
                let images = |id: &String| {
                    let filter = format!("Name=block-device-mapping.snapshot-id,Values={id}");
                    Command::ec2("describe-images").arg("--owners", "self").arg("--filters", filter)
                };
                let deregister = || Command::ec2("deregister-image").arg("--image-id", "IMAGE_ID");
                let delete = |id: &String| Command::ec2("delete-snapshot").arg("--snapshot-id", id);
                ids.iter().flat_map(|id| [images(id), deregister(), delete(id)]).collect()
            }
        }
    }

    fn check(&self) -> FieldErrors {
        match self {
            Self::Copy { region, description, .. } => {
                let mut errors = FieldErrors::new();
                if region.is_empty() {
                    errors.insert("region".into(), "Choose a region.".into());
                }
                errors.extend(description_error(description).map(|message| ("description".to_owned(), message)));
                errors
            }
            Self::Share(sharing) => sharing.check(),
            Self::Delete { .. } => FieldErrors::new(),
        }
    }
}
