//! Who is signed in, where, and how one signs in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Timestamp, error::FieldErrors};

/// Credentials on their way to the proxy, which exchanges them for temporary ones and forgets them.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SignIn {
    /// The key of a configured cloud ([`CloudInfo::key`]).
    pub cloud: String,
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
    /// Where to start; the cloud's default where empty.
    #[serde(default)]
    pub region: String,
    /// Read by the demo cloud alone.
    #[serde(default)]
    pub demo: DemoOptions,
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
    /// What is missing or malformed, before any cloud is asked. The demo cloud needs no credentials.
    pub fn check(&self, cloud: CloudKind) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if cloud == CloudKind::Demo {
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
        let (serial, code) = (self.mfa_serial.trim(), self.mfa_code.trim());
        if !serial.is_empty() && code.is_empty() {
            errors.insert("mfa_code".into(), "Enter the code that the MFA device shows.".into());
        } else if !code.is_empty() && (code.len() != 6 || !code.chars().all(|c| c.is_ascii_digit())) {
            errors.insert("mfa_code".into(), "An MFA code has six digits.".into());
        } else if serial.is_empty() && !code.is_empty() {
            errors.insert("mfa_serial".into(), "Enter the serial number or ARN of the MFA device.".into());
        }
        errors
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

/// The session as the browser may know it: who and where, and no secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionInfo {
    pub cloud: CloudInfo,
    /// Twelve digits.
    pub account: String,
    /// From `sts:GetCallerIdentity`.
    pub arn: String,
    /// The last part of the ARN: a user's or role session's name, or `root`.
    pub user: String,
    /// Where to go when the URL names no region.
    pub region: String,
    /// When the temporary credentials, and with them the session, end at the latest.
    pub expires_at: Timestamp,
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
    pub session: Option<SessionInfo>,
    /// A sign-in that was refused: what to say, and what was typed, secrets left out.
    pub refused: Option<Refused>,
}

/// A refused sign-in of the plain HTML form, painted again with what was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    pub error: crate::error::ApiError,
    pub cloud: String,
    pub access_key_id: String,
    pub mfa_serial: String,
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
    /// "Compute", "Identity", "Tokens".
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
