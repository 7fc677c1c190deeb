//! IAM users. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    kind::Kind,
    permissions::{Attached, Permissions, Permitted, Principal},
    resource::Resource,
    tag::Tag,
};

mod action;
pub mod credential;
pub mod disable;
mod draft;
mod mfa;
pub mod rotation;
pub mod teardown;

pub use self::{
    action::UserAction,
    credential::{AccessKey, Credential, CredentialSort, MfaDevice},
    draft::UserDraft,
    mfa::{MfaCodes, NewMfaDevice},
};

/// What is `None` the cloud did not say, or only says of one at a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    pub name: String,
    pub user_id: String,
    pub arn: String,
    pub path: String,
    pub created_at: Option<Timestamp>,
    pub password_last_used: Option<Timestamp>,
    pub groups: Option<Vec<String>>,
    pub permissions: Option<Permissions>,
    pub tags: Vec<Tag>,
    /// Whether there is a password to sign in to the console of the cloud.
    pub password: Option<bool>,
    pub access_keys: Option<Vec<AccessKey>>,
    pub mfa_devices: Option<Vec<MfaDevice>>,
    /// What else proves who one is.
    pub credentials: Option<Vec<Credential>>,
}

impl Resource for User {
    const KIND: Kind = Kind::User;
    type Draft = UserDraft;
    type Action = UserAction;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            name: "amara".into(),
            user_id: "AIDAEXAMPLE".into(),
            arn: "arn:aws:iam::123456789012:user/engineering/amara".into(),
            path: "/engineering/".into(),
            created_at: Some(1_750_000_000),
            password_last_used: Some(1_760_000_000),
            groups: Some(vec!["developers".into()]),
            permissions: Some(Permissions {
                attached: vec![Attached { name: "ReadOnlyAccess".into(), arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".into() }],
                boundary: "arn:aws:iam::aws:policy/PowerUserAccess".into(),
                ..Permissions::default()
            }),
            tags: vec![Tag::new("department", "engineering")],
            password: Some(true),
            access_keys: Some(vec![AccessKey {
                id: "AKIAIOSFODNN7EXAMPLE".into(),
                active: true,
                created_at: Some(1_750_000_000),
                ..AccessKey::default()
            }]),
            mfa_devices: Some(vec![MfaDevice { serial: "arn:aws:iam::123456789012:mfa/amara".into(), enabled_at: Some(1_750_000_000) }]),
            credentials: Some(vec![Credential { sort: CredentialSort::SshKey, id: "APKAEXAMPLE".into(), active: true, created_at: None }]),
        }
    }
}

impl Permitted for User {
    const PRINCIPAL: Principal = Principal::User;

    fn permissions(&self) -> Option<&Permissions> {
        self.permissions.as_ref()
    }

    fn is_own(&self, arn: &str) -> bool {
        self.arn == arn
    }
}
