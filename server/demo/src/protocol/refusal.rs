//! A request that is refused, in the words of AWS.

use std::borrow::Cow;

/// An error reply: AWS's code, its sentence, and the HTTP status it comes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: Cow<'static, str>,
    pub message: String,
    pub status: u16,
}

impl Refusal {
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let code = code.into();
        Self { status: status_of(&code), code, message: message.into() }
    }

    pub fn invalid_value(name: &str, value: &str, why: &str) -> Self {
        let stop = if why.is_empty() { "" } else { ". " };
        Self::new("InvalidParameterValue", format!("Value ({value}) for parameter {name} is invalid{stop}{why}"))
    }

    pub fn missing(name: &str) -> Self {
        Self::new("MissingParameter", format!("The request must contain the parameter {name}"))
    }
}

/// The HTTP status of an error code; most are 400.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>, <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>
pub fn status_of(code: &str) -> u16 {
    match code {
        "AuthFailure" => 401,
        "AccessDenied"
        | "ExpiredToken"
        | "InvalidAuthenticationCode"
        | "InvalidClientTokenId"
        | "MissingAuthenticationToken"
        | "OptInRequired"
        | "RegionDisabledException"
        | "SignatureDoesNotMatch"
        | "UnauthorizedOperation" => 403,
        "NoSuchEntity" => 404,
        "DeleteConflict" | "EntityAlreadyExists" | "LimitExceeded" => 409,
        "DryRunOperation" => 412,
        "InternalError" | "InternalFailure" | "InternalServerError" | "ServiceFailure" => 500,
        "InsufficientInstanceCapacity" | "RequestLimitExceeded" | "ServiceUnavailable" | "Unavailable" => 503,
        _ => 400,
    }
}
