//! The credential report: for each user of the account, and for its root, what there is to sign in with, how old it is and when it was used.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    kind::Kind,
    resource::{Never, Resource},
};

/// A line of the report. What is `None` the report does not say, or there is nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CredentialReport {
    /// The user's name, or `<root_account>`.
    pub user: String,
    pub arn: String,
    pub created_at: Option<Timestamp>,
    pub password: Option<bool>,
    pub password_used_at: Option<Timestamp>,
    pub password_changed_at: Option<Timestamp>,
    /// By when the account's password policy wants another.
    pub password_due_at: Option<Timestamp>,
    pub mfa: bool,
    /// The first and the second, whether there are any or not.
    pub keys: [ReportedKey; 2],
    /// How many of its signing certificates are active.
    pub certificates: u8,
    /// When the cloud made the report, which it does every four hours at most.
    pub made_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportedKey {
    pub active: bool,
    /// When it was made, or last activated.
    pub rotated_at: Option<Timestamp>,
    pub used_at: Option<Timestamp>,
    /// Of which service, and in which region.
    pub used_for: String,
    pub used_in: String,
}

impl CredentialReport {
    /// What the report calls the account's own user.
    pub const ROOT: &'static str = "<root_account>";

    pub fn active_keys(&self) -> usize {
        self.keys.iter().filter(|key| key.active).count()
    }

    /// When the oldest of its keys that work was made.
    pub fn oldest_key(&self) -> Option<Timestamp> {
        self.keys.iter().filter(|key| key.active).filter_map(|key| key.rotated_at).min()
    }

    /// When any of its keys was used last.
    pub fn key_used_at(&self) -> Option<Timestamp> {
        self.keys.iter().filter_map(|key| key.used_at).max()
    }
}

impl Resource for CredentialReport {
    const KIND: Kind = Kind::CredentialReport;
    type Draft = Never;
    type Action = Never;

    fn id(&self) -> &str {
        &self.user
    }

    fn name(&self) -> &str {
        &self.user
    }

    fn sample() -> Self {
        let key = ReportedKey { active: true, rotated_at: Some(1_750_000_000), used_for: "ec2".into(), ..ReportedKey::default() };
        Self {
            user: "amara".into(),
            arn: "arn:aws:iam::123456789012:user/engineering/amara".into(),
            created_at: Some(1_750_000_000),
            password: Some(true),
            mfa: true,
            keys: [key, ReportedKey::default()],
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_work_grow_old() {
        let key = |active, rotated_at| ReportedKey {
            active,
            rotated_at: Some(rotated_at),
            used_at: Some(rotated_at + 5),
            ..ReportedKey::default()
        };
        let report = CredentialReport { keys: [key(false, 10), key(true, 20)], ..CredentialReport::default() };
        assert_eq!((report.active_keys(), report.oldest_key(), report.key_used_at()), (1, Some(20), Some(25)));
    }
}
