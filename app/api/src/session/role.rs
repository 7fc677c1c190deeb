//! Taking a role on, as somebody who is signed in already.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Mfa, SessionInfo};
use crate::error::FieldErrors;

/// What `sts:AssumeRole` is asked for. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssumeRole {
    /// Its ARN, or its name with the path before it.
    pub role: String,
    /// Twelve digits, where the role is given by its name; empty for the account that one is in.
    pub account: String,
    /// What the session is called in the cloud's logs.
    pub session_name: String,
    /// As agreed on with the account that the role is in; most want none.
    pub external_id: String,
    /// ARN of a virtual MFA device or serial number of a hardware one.
    pub mfa_serial: String,
    /// Six digits.
    pub mfa_code: String,
    /// How long it lasts, in seconds; `None` for the cloud's hour.
    pub seconds: Option<u32>,
}

impl AssumeRole {
    /// What is missing or malformed, before the cloud is asked.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let mut wrong = |field: &str, message: &str| errors.insert(field.into(), message.into());
        let (role, account) = (self.role.trim(), self.account.trim());
        let is_account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        if role.is_empty() {
            wrong("role", "Enter the ARN or the name of the role.");
        } else if role.starts_with("arn:") {
            let parts: Vec<_> = role.splitn(6, ':').collect();
            if !matches!(parts[..], [_, _, "iam", "", account, role] if is_account(account) && role.strip_prefix("role/").is_some_and(is_name))
            {
                wrong("role", "This is not the ARN of a role. They look like arn:aws:iam::123456789012:role/name.");
            }
        } else if !is_name(role) {
            wrong("role", "A role’s name has letters, digits and +=,.@_- only.");
        }
        if !account.is_empty() && !is_account(account) {
            wrong("account", "An account’s number has twelve digits.");
        }
        let session = self.session_name.trim();
        if !(2..=64).contains(&session.len()) || !session.chars().all(is_of_name) {
            wrong("session_name", "Between 2 and 64 letters, digits and +=,.@_- are taken.");
        }
        let external = self.external_id.trim();
        let is_of_id = |c: char| is_of_name(c) || c == ':' || c == '/';
        if !external.is_empty() && (!(2..=1224).contains(&external.len()) || !external.chars().all(is_of_id)) {
            wrong("external_id", "Between 2 and 1224 letters, digits and +=,.@:/_- are taken.");
        }
        if self.seconds.is_some_and(|seconds| !(900..=43_200).contains(&seconds)) {
            wrong("seconds", "A role lasts between 15 minutes and 12 hours.");
        }
        errors.extend(Mfa { serial: &self.mfa_serial, code: &self.mfa_code }.check());
        errors
    }

    /// The role's ARN, for whoever is signed in as `from`.
    pub fn arn(&self, from: &SessionInfo) -> String {
        let (role, account) = (self.role.trim(), self.account.trim());
        if role.starts_with("arn:") {
            return role.to_owned();
        }
        // China and the government's regions have partitions of their own.
        let partition = from.arn.split(':').nth(1).filter(|partition| !partition.is_empty()).unwrap_or("aws");
        let account = if account.is_empty() { &from.account } else { account };
        format!("arn:{partition}:iam::{account}:role/{}", role.trim_start_matches('/'))
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+=,.@_-".contains(c)
}

/// A name, with or without a path.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.ends_with('/') && text.chars().all(|c| is_of_name(c) || c == '/')
}

impl fmt::Debug for AssumeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumeRole").field("role", &self.role).field("account", &self.account).finish_non_exhaustive()
    }
}

/// Where an identity comes from that is a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assumed {
    /// The identity that it was taken on by ([`SessionInfo::identity`]); it may have been signed out since.
    pub from: String,
    /// The role's ARN.
    pub role: String,
    pub session_name: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{CloudInfo, CloudKind};

    fn given(role: &str) -> AssumeRole {
        AssumeRole { role: role.into(), session_name: "ann".into(), ..AssumeRole::default() }
    }

    fn wrong(given: &AssumeRole) -> Vec<String> {
        given.check().into_keys().collect()
    }

    #[test]
    fn a_role_is_an_arn_or_a_name() {
        for good in ["arn:aws:iam::123456789012:role/Admin", "arn:aws-cn:iam::123456789012:role/team/Admin", "Admin", "team/Admin"] {
            assert_eq!(wrong(&given(good)), [""; 0], "{good}");
        }
        for bad in ["", "arn:aws:iam::123456789012:user/ann", "arn:aws:iam::1:role/a", "arn:", "two words", "team/", "arn:aws:s3:::role/a"]
        {
            assert_eq!(wrong(&given(bad)), ["role"], "{bad:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let all = AssumeRole {
            account: "12".into(),
            session_name: "a b".into(),
            external_id: "?".into(),
            mfa_code: "12".into(),
            seconds: Some(60),
            ..given("Admin")
        };
        assert_eq!(wrong(&all), ["account", "external_id", "mfa_code", "seconds", "session_name"]);
        let without_code = AssumeRole { mfa_serial: "arn:aws:iam::1:mfa/ann".into(), ..given("Admin") };
        assert_eq!(wrong(&without_code), ["mfa_code"]);
    }

    #[test]
    fn a_name_is_one_of_the_account_and_the_partition_that_one_is_in() {
        let cloud = CloudInfo { key: "c".into(), label: "C".into(), kind: CloudKind::Aws, regions: vec!["r".into()] };
        let from = SessionInfo {
            identity: "1".into(),
            cloud,
            account: "111122223333".into(),
            account_name: None,
            arn: "arn:aws-cn:iam::111122223333:user/ann".into(),
            user: "ann".into(),
            region: "r".into(),
            expires_at: 0,
            assumed: None,
        };
        assert_eq!(given(" team/Admin ").arn(&from), "arn:aws-cn:iam::111122223333:role/team/Admin");
        let elsewhere = AssumeRole { account: "444455556666".into(), ..given("Admin") };
        assert_eq!(elsewhere.arn(&from), "arn:aws-cn:iam::444455556666:role/Admin");
        assert_eq!(given("arn:aws:iam::123456789012:role/Admin").arn(&from), "arn:aws:iam::123456789012:role/Admin");
    }

    #[test]
    fn no_code_is_printed() {
        let given = AssumeRole { mfa_code: "314159".into(), external_id: "c4nary".into(), ..given("Admin") };
        let shown = format!("{given:?}");
        assert!(!shown.contains("314159") && !shown.contains("c4nary"), "{shown}");
    }
}
