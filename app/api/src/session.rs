//! Who is signed in, where, and how one signs in.

mod role;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::role::{AssumeRole, Assumed};
use crate::{Timestamp, error::FieldErrors};

/// The key of a cloud that is named when one signs in, where that is allowed.
pub const CUSTOM: &str = "custom";

/// Credentials on their way to the proxy, which exchanges them for temporary ones and forgets them.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SignIn {
    /// The key of a configured cloud ([`CloudInfo::key`]).
    pub cloud: String,
    /// Where a cloud is that nobody configured, with [`CUSTOM`] as its key.
    #[serde(default)]
    pub endpoint: String,
    /// What it calls its region; the usual one where empty.
    #[serde(default)]
    pub endpoint_region: String,
    #[serde(default)]
    pub access_key_id: String,
    #[serde(default)]
    pub secret_access_key: String,
    /// Only with credentials that are temporary already.
    #[serde(default)]
    pub session_token: String,
    /// ARN of a virtual MFA device or serial number of a hardware one.
    #[serde(default)]
    pub mfa_serial: String,
    /// Six digits.
    #[serde(default)]
    pub mfa_code: String,
    /// Which of the ways in is taken, where the cloud has both.
    #[serde(default)]
    pub by: SignInBy,
    #[serde(default)]
    pub password: PasswordSignIn,
    /// Where to start; the cloud's default where empty.
    #[serde(default)]
    pub region: String,
    /// Read by the demo cloud alone.
    #[serde(default)]
    pub demo: DemoOptions,
}

/// A way to show who one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInBy {
    /// An access key and its secret.
    #[default]
    Keys,
    /// Account, user and password.
    Password,
}

/// What people of an Eucalyptus cloud sign in with.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordSignIn {
    /// The account's name, not its number.
    pub account: String,
    pub user: String,
    pub password: String,
    /// Takes the password's place at the same time, where the old one has expired; empty leaves it.
    pub new_password: String,
    /// Once more, against slips.
    pub new_password_again: String,
}

impl fmt::Debug for PasswordSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordSignIn").field("account", &self.account).field("user", &self.user).finish_non_exhaustive()
    }
}

impl PasswordSignIn {
    fn check(&self, errors: &mut FieldErrors) {
        let mut missing = |field: &str, value: &str, message: &str| {
            if value.is_empty() {
                errors.insert(field.into(), message.into());
            }
        };
        missing("account", self.account.trim(), "Enter the name of the account.");
        missing("user", self.user.trim(), "Enter the user name.");
        missing("password", &self.password, "Enter the password.");
        if !self.new_password.is_empty() || !self.new_password_again.is_empty() {
            errors.extend(NewPassword::check_pair(&self.password, &self.new_password, &self.new_password_again));
        }
    }
}

/// A password that is to take the place of another.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPassword {
    pub password: String,
    pub new_password: String,
    pub new_password_again: String,
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPassword").finish_non_exhaustive()
    }
}

impl NewPassword {
    /// As long as clouds want them at least.
    const SHORTEST: usize = 6;

    pub fn check(&self) -> FieldErrors {
        let mut errors = Self::check_pair(&self.password, &self.new_password, &self.new_password_again);
        if self.password.is_empty() {
            errors.insert("password".into(), "Enter the password that you have now.".into());
        }
        errors
    }

    fn check_pair(old: &str, new: &str, again: &str) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if new.chars().count() < Self::SHORTEST {
            errors.insert("new_password".into(), "A new password has at least six characters.".into());
        } else if new == old {
            errors.insert("new_password".into(), "The new password is the old one.".into());
        } else if new != again {
            errors.insert("new_password_again".into(), "This is not the same as the new password.".into());
        }
        errors
    }
}

/// How a demo world is to be: larger or less reliable than it comes, so that every state of the console can be visited by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DemoOptions {
    /// `None` for the usual forty or so.
    pub instances: Option<u32>,
    /// `None` for the usual two hundred or so.
    pub images: Option<u32>,
    /// How long the cloud takes to answer each request, in milliseconds.
    pub delay: u32,
    /// Faults by operation, separated by commas: `Operation:Fault[@rate][#from]`. `Fault` is an AWS error code such as
    /// `RequestLimitExceeded`, or `hang`, `truncate`, `garbage`; `rate` a probability from 0 to 1; `from` the first call that fails, from 1.
    pub faults: String,
    /// How long the session's credentials last, in seconds; `None` for the usual time.
    pub session_seconds: Option<u32>,
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("cloud", &self.cloud).field("region", &self.region).finish_non_exhaustive()
    }
}

impl SignIn {
    /// Whether it is the password that counts: only clouds that have such a way in are ever sent one.
    pub fn is_by_password(&self, cloud: CloudKind) -> bool {
        cloud.has_passwords() && self.by == SignInBy::Password
    }

    /// What is missing or malformed, before any cloud is asked. The demo cloud needs no credentials.
    pub fn check(&self, cloud: CloudKind) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if cloud == CloudKind::Demo {
            return errors;
        }
        if self.is_by_password(cloud) {
            self.password.check(&mut errors);
            return errors;
        }
        // https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html: 16 to 128 word characters.
        let key = self.access_key_id.trim();
        if key.is_empty() {
            errors.insert("access_key_id".into(), "Enter the access key ID.".into());
        } else if key.len() > 128 || !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
            errors.insert("access_key_id".into(), "An access key ID has only letters and digits.".into());
        }
        if self.secret_access_key.trim().is_empty() {
            errors.insert("secret_access_key".into(), "Enter the secret access key.".into());
        }
        errors.extend(Mfa { serial: &self.mfa_serial, code: &self.mfa_code }.check());
        errors
    }
}

/// An MFA device and the code that it shows, as they are typed.
struct Mfa<'a> {
    serial: &'a str,
    code: &'a str,
}

impl Mfa<'_> {
    fn check(&self) -> FieldErrors {
        let (serial, code) = (self.serial.trim(), self.code.trim());
        let wrong = if !serial.is_empty() && code.is_empty() {
            Some(("mfa_code", "Enter the code that the MFA device shows."))
        } else if !code.is_empty() && (code.len() != 6 || !code.chars().all(|c| c.is_ascii_digit())) {
            Some(("mfa_code", "An MFA code has six digits."))
        } else if serial.is_empty() && !code.is_empty() {
            Some(("mfa_serial", "Enter the serial number or ARN of the MFA device."))
        } else {
            None
        };
        wrong.into_iter().map(|(field, message)| (field.to_owned(), message.to_owned())).collect()
    }
}

/// What sort of cloud it is. Code asks what a cloud can do, not for its name; this is for words and defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloudKind {
    Aws,
    Eucalyptus,
    /// Anything else that answers the EC2 API.
    Generic,
    Demo,
}

impl CloudKind {
    /// Whether people sign in with account, user and password there.
    pub const fn has_passwords(self) -> bool {
        matches!(self, Self::Eucalyptus)
    }
}

/// A cloud that one can sign in to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CloudInfo {
    /// Stable: in configuration, URLs and cookies.
    pub key: String,
    /// What people call it.
    pub label: String,
    pub kind: CloudKind,
    /// Never empty; the first is the default.
    pub regions: Vec<String>,
}

/// The header by which a page says which of the session's identities a request is for. Without it, it is for the first.
pub const IDENTITY_HEADER: &str = "x-canopy-identity";

/// The cookie by which a document says which identity the next one is to be painted for; it decides over nothing else.
pub const IDENTITY_COOKIE: &str = "identity";

/// One of the identities that a session holds, as the browser may know it: who and where, and no secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// Stands for cloud and principal, the same at every sign-in; no secret.
    #[serde(default)]
    pub identity: String,
    pub cloud: CloudInfo,
    /// Twelve digits.
    pub account: String,
    /// What the account is called, where that was signed in with: then there is a password, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// From `sts:GetCallerIdentity`.
    pub arn: String,
    /// The last part of the ARN: a user's or role session's name, or `root`.
    pub user: String,
    /// Where to go when the URL names no region.
    pub region: String,
    /// When the temporary credentials, and with them the identity, end at the latest.
    pub expires_at: Timestamp,
    /// Where it comes from, where it is a role that was taken on here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumed: Option<Assumed>,
}

impl SessionInfo {
    /// More at once than anybody keeps apart: as many as a session holds.
    pub const MOST: usize = 5;

    /// What people call it: the user, or the role with its session.
    pub fn name(&self) -> &str {
        self.arn.split_once(":assumed-role/").map_or(&self.user, |(_, role)| role)
    }

    /// Whether there is a user who may have a password.
    pub fn is_user(&self) -> bool {
        self.account_name.is_some()
            || matches!(self.arn.splitn(6, ':').collect::<Vec<_>>()[..], [_, _, "iam", _, _, name] if name.starts_with("user/"))
    }
}

/// What the proxy paints into the document, so that the browser starts from the same facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boot {
    pub version: String,
    /// BCP 47; `en-XA` is the pseudo-locale.
    pub locale: String,
    /// As chosen by the user.
    pub theme: Theme,
    pub clouds: Vec<CloudInfo>,
    /// Who the document is for.
    pub session: Option<SessionInfo>,
    /// All whom this browser is signed in as, in the order in which they came.
    #[serde(default)]
    pub identities: Vec<SessionInfo>,
    /// A sign-in that was refused: what to say, and what was typed, secrets left out.
    pub refused: Option<Refused>,
}

/// A refused sign-in of the plain HTML form, painted again with what was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    pub error: crate::error::ApiError,
    pub cloud: String,
    #[serde(default)]
    pub endpoint: String,
    #[serde(default)]
    pub endpoint_region: String,
    pub access_key_id: String,
    pub mfa_serial: String,
    #[serde(default)]
    pub by: SignInBy,
    #[serde(default)]
    pub account: String,
    #[serde(default)]
    pub user: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == text)
    }
}

/// The state of one service of the cloud, as the dashboard shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceHealth {
    /// "Compute", "Metrics", "Identity", "Tokens".
    pub service: String,
    pub state: HealthState,
    /// How long the cheapest call took, in milliseconds.
    pub milliseconds: u64,
    /// Why it is not up, in the cloud's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<crate::error::ApiError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    Up,
    /// It answers, but not to this principal.
    Denied,
    Down,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_password(password: &str, new: &str, again: &str) -> SignIn {
        let (password, new_password, new_password_again) = (password.into(), new.into(), again.into());
        let password = PasswordSignIn { account: "sales".into(), user: "ann".into(), password, new_password, new_password_again };
        SignIn { by: SignInBy::Password, password, ..SignIn::default() }
    }

    #[test]
    fn a_password_is_asked_for_only_where_there_is_one() {
        let typed = by_password("secret", "", "");
        assert!(typed.check(CloudKind::Eucalyptus).is_empty());
        assert!(typed.check(CloudKind::Generic).contains_key("access_key_id"), "other clouds want keys");
        let empty = SignIn { by: SignInBy::Password, ..SignIn::default() };
        assert_eq!(empty.check(CloudKind::Eucalyptus).into_keys().collect::<Vec<_>>(), ["account", "password", "user"]);
    }

    #[test]
    fn a_new_password_is_long_enough_another_and_typed_twice() {
        for (new, again, wrong) in [
            ("short", "short", Some("new_password")),
            ("old-secret", "old-secret", Some("new_password")),
            ("new-secret", "new-sekret", Some("new_password_again")),
            ("", "new-secret", Some("new_password")),
            ("new-secret", "new-secret", None),
        ] {
            let errors = by_password("old-secret", new, again).check(CloudKind::Eucalyptus);
            assert_eq!(errors.into_keys().next().as_deref(), wrong, "{new:?} {again:?}");
        }
    }

    #[test]
    fn users_have_passwords_and_roles_have_long_names() {
        let cloud = CloudInfo { key: "c".into(), label: "C".into(), kind: CloudKind::Aws, regions: vec!["r".into()] };
        let identity = |arn: &str| SessionInfo {
            identity: "1".into(),
            cloud: cloud.clone(),
            account: "123456789012".into(),
            account_name: None,
            arn: arn.into(),
            user: arn.rsplit(['/', ':']).next().unwrap_or_default().into(),
            region: "r".into(),
            expires_at: 0,
            assumed: None,
        };
        for (arn, name, is_user) in [
            ("arn:aws:iam::123456789012:user/team/ann", "ann", true),
            ("arn:aws:iam::123456789012:root", "root", false),
            ("arn:aws:sts::123456789012:assumed-role/Admin/ann", "Admin/ann", false),
            ("arn:aws:sts::123456789012:federated-user/ann", "ann", false),
        ] {
            assert_eq!((identity(arn).name(), identity(arn).is_user()), (name, is_user), "{arn}");
        }
    }

    #[test]
    fn no_password_is_printed() {
        let typed = by_password("s3cret-1", "s3cret-2", "s3cret-3");
        let change = NewPassword { password: "s3cret-4".into(), ..NewPassword::default() };
        let shown = format!("{typed:?} {:?} {change:?}", typed.password);
        assert!(shown.contains("ann") && !shown.contains("s3cret"), "{shown}");
    }
}
