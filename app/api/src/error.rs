//! Errors as the browser gets them: a closed set of codes to act on, the cloud's own words to read.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// What is wrong with which field, by the field's key. A key of a list's entry is `list.index.field`.
pub type FieldErrors = BTreeMap<String, String>;

/// Why a request failed. The browser acts on the code and shows the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiError {
    pub code: ErrorCode,
    /// One or two sentences for people, in the cloud's words where it spoke.
    pub message: String,
    /// The cloud's own error code, such as `InvalidKeyPair.Duplicate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud_code: Option<String>,
    /// The API operation that was refused, as `service:Operation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: FieldErrors,
    /// The cloud's request id where it gave one, else the proxy's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}

impl ApiError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), cloud_code: None, operation: None, fields: FieldErrors::new(), request_id: String::new() }
    }

    /// An error of [`ErrorCode::Invalid`] that points at fields.
    pub fn invalid(fields: FieldErrors) -> Self {
        Self { fields, ..Self::new(ErrorCode::Invalid, "Some fields need another look.") }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

/// The closed set of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No session, or its time is over: sign in and try again.
    SessionExpired,
    /// Sign-in: the cloud does not know the key, or the secret does not fit it.
    CredentialsRefused,
    /// Sign-in: the cloud wants an MFA code, or refused the one given.
    MfaRefused,
    /// Sign-in: the password is right, and too old; a new one has to be given with it.
    PasswordExpired,
    /// The principal may not do this.
    Forbidden,
    /// The request came from another site or without the console's header.
    CrossSite,
    NotFound,
    /// It exists already, is in use, or is in the wrong state.
    Conflict,
    /// A value is not accepted; `fields` says which where that is known.
    Invalid,
    /// A limit of the account is reached.
    Quota,
    /// The cloud asks for fewer requests, and retrying did not help.
    Throttled,
    /// This cloud does not have the operation.
    Unsupported,
    /// The cloud cannot be reached.
    Unreachable,
    /// The cloud did not answer in time.
    Timeout,
    /// The cloud failed, or answered what is not its protocol.
    CloudFailure,
    /// The proxy failed.
    Internal,
}

impl ErrorCode {
    pub const ALL: &'static [ErrorCode] = &[
        Self::SessionExpired,
        Self::CredentialsRefused,
        Self::MfaRefused,
        Self::PasswordExpired,
        Self::Forbidden,
        Self::CrossSite,
        Self::NotFound,
        Self::Conflict,
        Self::Invalid,
        Self::Quota,
        Self::Throttled,
        Self::Unsupported,
        Self::Unreachable,
        Self::Timeout,
        Self::CloudFailure,
        Self::Internal,
    ];

    /// The HTTP status that carries it.
    pub const fn status(self) -> u16 {
        match self {
            Self::SessionExpired | Self::CredentialsRefused | Self::MfaRefused | Self::PasswordExpired => 401,
            Self::Forbidden | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Invalid | Self::Quota => 422,
            Self::Throttled => 429,
            Self::Internal => 500,
            Self::Unsupported => 501,
            Self::CloudFailure => 502,
            Self::Unreachable => 503,
            Self::Timeout => 504,
        }
    }
}
