//! Groups of IAM users. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Group.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    identity::user_name,
    kind::Kind,
    permissions::{Inline, Permissions, Permitted, Principal},
    resource::Resource,
};

mod action;
mod draft;
pub mod teardown;

pub use self::{action::GroupAction, draft::GroupDraft};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Group {
    pub name: String,
    pub group_id: String,
    pub arn: String,
    pub path: String,
    pub created_at: Option<Timestamp>,
    /// `None` where the cloud did not say.
    pub users: Option<Vec<String>>,
    pub permissions: Option<Permissions>,
}

impl Resource for Group {
    const KIND: Kind = Kind::Group;
    type Draft = GroupDraft;
    type Action = GroupAction;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn sample() -> Self {
        let document = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"}]}"#;
        Self {
            name: "developers".into(),
            group_id: "AGPAEXAMPLE".into(),
            arn: "arn:aws:iam::123456789012:group/developers".into(),
            path: "/".into(),
            created_at: Some(1_750_000_000),
            users: Some(vec!["amara".into()]),
            permissions: Some(Permissions {
                inline: vec![Inline { name: "look".into(), document: document.into() }],
                ..Permissions::default()
            }),
        }
    }
}

impl Permitted for Group {
    const PRINCIPAL: Principal = Principal::Group;

    fn permissions(&self) -> Option<&Permissions> {
        self.permissions.as_ref()
    }

    fn is_own(&self, arn: &str) -> bool {
        user_name(arn).is_some_and(|own| self.users.iter().flatten().any(|name| name == own))
    }
}
