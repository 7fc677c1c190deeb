//! Managed policies: AWS's and the account's own. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    identity::{allows_everything, is_administrator_access},
    kind::Kind,
    resource::Resource,
    tag::Tag,
};

mod action;
mod draft;
pub mod teardown;

pub use self::{
    action::{Holders, PolicyAction},
    draft::PolicyDraft,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// What every call takes: names are unique among the account's own only.
    pub arn: String,
    pub name: String,
    pub policy_id: String,
    pub path: String,
    pub description: String,
    pub default_version: String,
    /// To how many users, groups and roles it is attached.
    pub attachments: u32,
    /// How many users and roles it bounds.
    pub boundaries: u32,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub tags: Vec<Tag>,
    // Only on the page of one, as all that follows: its description and its tags, too.
    /// The newest first.
    pub versions: Vec<Version>,
    pub users: Vec<String>,
    pub groups: Vec<String>,
    pub roles: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Version {
    pub id: String,
    pub is_default: bool,
    pub created_at: Option<Timestamp>,
    /// JSON; empty where it was not told.
    pub document: String,
}

/// Whether the policy of this ARN is AWS's.
pub fn is_aws(arn: &str) -> bool {
    arn.contains(":iam::aws:")
}

impl Version {
    /// Of `v12`, twelve: versions are counted, and no number is given twice.
    pub fn number(&self) -> u32 {
        self.id.trim_start_matches('v').parse().unwrap_or_default()
    }
}

impl Policy {
    /// Whether it is AWS's, and can be attached but not changed.
    pub fn is_aws(&self) -> bool {
        is_aws(&self.arn)
    }

    /// A policy has five versions at most. <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>
    pub const MOST_VERSIONS: usize = 5;

    /// The text that holds, where it was told.
    pub fn document(&self) -> &str {
        self.versions.iter().find(|version| version.is_default).map_or("", |version| &version.document)
    }

    /// Whom it is attached to, where that was told.
    pub fn holders(&self) -> Holders {
        Holders { users: self.users.clone(), groups: self.groups.clone(), roles: self.roles.clone() }
    }

    /// Whether nothing is out of reach of whoever has it.
    pub fn administers(&self) -> bool {
        is_administrator_access(&self.arn) || allows_everything(self.document())
    }
}

impl Resource for Policy {
    const KIND: Kind = Kind::Policy;
    type Draft = PolicyDraft;
    type Action = PolicyAction;

    fn id(&self) -> &str {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        let version = |id: &str, is_default, allowed: &str| Version {
            id: id.into(),
            is_default,
            created_at: Some(1_750_000_000),
            document: format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{allowed}","Resource":"arn:aws:s3:::reports/*"}}]}}"#
            ),
        };
        Self {
            arn: "arn:aws:iam::123456789012:policy/read-reports".into(),
            name: "read-reports".into(),
            policy_id: "ANPAEXAMPLE".into(),
            path: "/".into(),
            description: "Reads the bucket of the reports".into(),
            default_version: "v2".into(),
            attachments: 3,
            boundaries: 0,
            created_at: Some(1_750_000_000),
            updated_at: Some(1_760_000_000),
            tags: vec![Tag::new("team", "blue")],
            versions: vec![version("v2", true, "s3:GetObject"), version("v1", false, "s3:Get*")],
            users: vec!["amara".into()],
            groups: vec!["developers".into()],
            roles: vec!["web-server".into()],
        }
    }
}
