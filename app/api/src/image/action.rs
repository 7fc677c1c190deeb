//! What can be done to images.

use serde::{Deserialize, Serialize};

use super::{description_error, name_error};
use crate::{
    command::{Command, shorthand},
    error::FieldErrors,
    kind::Kind,
    resource::Mutation,
    sharing::Sharing,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ImageAction {
    /// Who may launch it.
    Share(Sharing),
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html>
    Copy {
        region: String,
        name: String,
        description: String,
        encrypted: bool,
    },
    Describe {
        description: String,
    },
    Deregister {
        /// Delete the snapshots that it alone was made of, too.
        with_snapshots: bool,
    },
}

impl Mutation for ImageAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Copy { .. } | Self::Deregister { with_snapshots: true } => &[Kind::Image, Kind::Snapshot],
            Self::Share(_) | Self::Describe { .. } | Self::Deregister { .. } => &[Kind::Image],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Share(_) | Self::Describe { .. } => &["ec2:ModifyImageAttribute"],
            Self::Copy { .. } => &["ec2:CopyImage"],
            Self::Deregister { with_snapshots: true } => &["ec2:DescribeImages", "ec2:DeregisterImage", "ec2:DeleteSnapshot"],
            Self::Deregister { .. } => &["ec2:DeregisterImage"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let each = |operation: &'static str, id: &'static str| ids.iter().map(move |value| Command::ec2(operation).arg(id, value));
        match self {
            Self::Share(sharing) => {
                each("modify-image-attribute", "--image-id").map(|call| call.arg("--launch-permission", sharing.shorthand())).collect()
            }
            Self::Copy { region, name, description, encrypted } => each("copy-image", "--source-image-id")
                .map(|call| {
                    let call = call.arg("--name", name).arg("--description", description);
                    call.flag("--encrypted", *encrypted).copying_to(region)
                })
                .collect(),
            Self::Describe { description } => each("modify-image-attribute", "--image-id")
                .map(|call| call.arg("--description", shorthand([("Value", description.clone())])))
                .collect(),
            Self::Deregister { with_snapshots } => {
                let calls = ids.iter().flat_map(|id| {
                    let deregister = Command::ec2("deregister-image").arg("--image-id", id);
                    let delete = with_snapshots.then(|| Command::ec2("delete-snapshot").arg("--snapshot-id", "SNAPSHOT_ID"));
                    std::iter::once(deregister).chain(delete)
                });
                calls.collect()
            }
        }
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let mut say = |key: &str, message: Option<String>| errors.extend(message.map(|message| (key.to_owned(), message)));
        match self {
            Self::Share(sharing) => return sharing.check(),
            Self::Copy { region, name, description, .. } => {
                say("region", region.is_empty().then(|| "Choose a region.".into()));
                say("name", name_error(name));
                say("description", description_error(description));
            }
            Self::Describe { description } => say("description", description_error(description)),
            Self::Deregister { .. } => {}
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_needs_a_region_and_a_name() {
        let copy = ImageAction::Copy { region: String::new(), name: "a".into(), description: "x".repeat(256), encrypted: false };
        assert_eq!(copy.check().into_keys().collect::<Vec<_>>(), ["description", "name", "region"]);
    }

    #[test]
    fn a_change_of_sharing_travels_flat() {
        let share = ImageAction::Share(Sharing { add: vec!["111122223333".into()], ..Sharing::default() });
        let json = serde_json::to_value(&share).unwrap();
        assert_eq!(json, serde_json::json!({"do": "share", "everybody": "as_it_is", "add": ["111122223333"], "remove": []}));
        assert_eq!(serde_json::from_value::<ImageAction>(json).unwrap(), share);
    }
}
