//! What is sent to take a snapshot: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html>.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    image::description_error,
    kind::Kind,
    resource::Mutation,
    tag::{self, Tag},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SnapshotDraft {
    pub volume_id: String,
    pub name: String,
    pub description: String,
    /// Without `Name`, which `name` sets.
    pub tags: Vec<Tag>,
}

impl Mutation for SnapshotDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Snapshot]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:CreateSnapshot", "ec2:CreateTags"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        vec![
            Command::ec2("create-snapshot")
                .arg("--volume-id", &self.volume_id)
                .arg("--description", &self.description)
                .arg("--tag-specifications", tag::specification("snapshot", &tag::named(&self.name, &self.tags))),
        ]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = tag::check_named(&self.name, &self.tags);
        if self.volume_id.is_empty() {
            errors.insert("volume_id".into(), "Choose a volume.".into());
        }
        if let Some(message) = description_error(&self.description) {
            errors.insert("description".into(), message);
        }
        errors
    }
}
