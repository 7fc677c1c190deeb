//! Launch templates and their versions. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplate.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::{self, Tag, check_tags},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LaunchTemplate {
    pub id: String,
    pub name: String,
    pub created_at: Option<Timestamp>,
    pub created_by: String,
    pub default_version: u32,
    pub latest_version: u32,
    /// The newest first; known only of a template that was asked for alone.
    pub versions: Vec<Version>,
    pub tags: Vec<Tag>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Version {
    pub number: u32,
    pub description: String,
    pub created_at: Option<Timestamp>,
    pub image_id: String,
    pub instance_type: String,
    pub key_name: String,
    pub security_groups: Vec<String>,
    pub subnet_id: String,
}

impl Resource for LaunchTemplate {
    const KIND: Kind = Kind::LaunchTemplate;
    type Draft = LaunchTemplateDraft;
    type Action = LaunchTemplateAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "lt-0123456789abcdef0".into(),
            name: "web-fleet".into(),
            created_at: Some(1_760_000_000),
            created_by: "arn:aws:iam::123456789012:user/demo".into(),
            default_version: 1,
            latest_version: 1,
            versions: vec![Version {
                number: 1,
                description: "first".into(),
                created_at: Some(1_760_000_000),
                image_id: "ami-0123456789abcdef0".into(),
                instance_type: "t3.micro".into(),
                key_name: "operations".into(),
                security_groups: vec!["sg-0123456789abcdef0".into()],
                subnet_id: "subnet-0123456789abcdef0".into(),
            }],
            tags: vec![],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum LaunchTemplateAction {
    Delete,
}

impl Mutation for LaunchTemplateAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::LaunchTemplate]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:DeleteLaunchTemplate"]
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        ids.iter().map(|id| Command::ec2("delete-launch-template").arg("--launch-template-id", id)).collect()
    }
}

/// A template that launches more of an instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LaunchTemplateDraft {
    pub name: String,
    /// Of the first version.
    pub description: String,
    pub instance_id: String,
    pub tags: Vec<Tag>,
}

impl Mutation for LaunchTemplateDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::LaunchTemplate]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:GetLaunchTemplateData", "ec2:CreateLaunchTemplate"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let tags = tag::specification("launch-template", &self.tags);
        vec![
            Command::ec2("get-launch-template-data").arg("--instance-id", &self.instance_id).arg("--query", "LaunchTemplateData"),
            Command::ec2("create-launch-template")
                .arg("--launch-template-name", &self.name)
                .arg("--version-description", &self.description)
                .arg("--launch-template-data", "file://data.json")
                .arg("--tag-specifications", tags),
        ]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
        let fine = |c: char| c.is_ascii_alphanumeric() || "()./_-".contains(c);
        if !(3..=128).contains(&self.name.chars().count()) {
            errors.insert("name".into(), "A name has 3 to 128 characters.".into());
        } else if let Some(c) = self.name.chars().find(|&c| !fine(c)) {
            errors.insert("name".into(), format!("A name cannot hold the character {c}."));
        }
        if self.description.chars().count() > 255 {
            errors.insert("description".into(), "A description has at most 255 characters.".into());
        }
        if self.instance_id.is_empty() {
            errors.insert("instance_id".into(), "Choose an instance.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_as_the_api_does() {
        let draft = |name: &str| LaunchTemplateDraft { name: name.into(), instance_id: "i-1".into(), ..LaunchTemplateDraft::default() };
        assert!(draft("web-fleet_(1)/a.b").check().is_empty());
        for bad in ["ab", "with space", "ü-fleet"] {
            assert_eq!(draft(bad).check().into_keys().collect::<Vec<_>>(), ["name"], "{bad}");
        }
    }
}
