//! What a cloud's error code means, and its message made fit to be shown.

use api::error::ErrorCode;

/// The reason behind an error code. The order matters: `RequestLimitExceeded` is no quota, `InvalidGroup.InUse` no wrong value.
pub fn classify(operation: &str, code: &str, message: &str, status: Option<u16>) -> ErrorCode {
    let has = |part: &str| code.contains(part);
    match code {
        // IAM takes credentials of GetSessionToken only where they were had with MFA, and calls others invalid: the session is not over.
        // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
        "InvalidClientTokenId" if operation.starts_with("iam:") => ErrorCode::Forbidden,
        // The same code is used for what belongs to somebody else: "Not authorized for images".
        "AuthFailure" if ["ot authorized", "belong", "ermission"].iter().any(|word| message.contains(word)) => ErrorCode::Forbidden,
        "ExpiredToken"
        | "ExpiredTokenException"
        | "TokenRefreshRequired"
        | "RequestExpired"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "InvalidToken"
        | "UnrecognizedClientException"
        | "AuthFailure"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "InvalidSignatureException"
        | "MissingAuthenticationToken" => ErrorCode::SessionExpired,
        "UnauthorizedOperation" | "OptInRequired" | "Blocked" | "PendingVerification" | "NotAuthorized" | "UnauthorizedAccess" => {
            ErrorCode::Forbidden
        }
        _ if has("AccessDenied") => ErrorCode::Forbidden,
        "RequestLimitExceeded" | "SlowDown" | "TooManyRequestsException" | "BandwidthLimitExceeded" | "PriorRequestNotComplete" => {
            ErrorCode::Throttled
        }
        _ if has("Throttl") => ErrorCode::Throttled,
        "InvalidAction" | "UnknownAction" | "UnknownOperation" | "UnknownOperationException" | "NotImplemented" | "Unknown" => {
            ErrorCode::Unsupported
        }
        _ if has("LimitExceeded") || has("CountExceeded") || code.starts_with("Insufficient") => ErrorCode::Quota,
        // Most have a dot in front; `NatGatewayNotFound` has not.
        _ if code.ends_with("NotFound") || code.starts_with("NoSuch") || code.ends_with("NotFoundException") => ErrorCode::NotFound,
        // It is deregistered: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>.
        "InvalidAMIID.Unavailable" => ErrorCode::NotFound,
        "OperationNotPermitted"
        | "UnsupportedOperation"
        | "DependencyViolation"
        | "DeleteConflict"
        | "IdempotentParameterMismatch"
        | "ConcurrentModification"
        | "InvalidState" => ErrorCode::Conflict,
        _ if ["Duplicate", "InUse", "AlreadyExists", "AlreadyAs", "AlreadyAt"].iter().any(|part| has(part)) => ErrorCode::Conflict,
        _ if code.starts_with("Incorrect") || has("Conflict") => ErrorCode::Conflict,
        "InternalError" | "InternalFailure" | "ServiceUnavailable" | "Unavailable" | "ServiceFailure" | "ServerInternal" => {
            ErrorCode::CloudFailure
        }
        // A code that is not in any list: the status tells whether the cloud refused or failed.
        _ => match status {
            Some(status) if status >= 500 => ErrorCode::CloudFailure,
            Some(401 | 403) if !has("Invalid") => ErrorCode::Forbidden,
            _ => ErrorCode::Invalid,
        },
    }
}

/// The cloud's own words, where they are fit to be shown.
pub fn message(kind: ErrorCode, operation: &str, code: &str, said: &str) -> String {
    // AWS answers a wrong signature with what it would have signed, session token included.
    if matches!(code, "SignatureDoesNotMatch" | "IncompleteSignature" | "InvalidSignatureException") {
        return "The cloud refused the signature: the secret access key does not fit the access key ID.".to_owned();
    }
    if code == "InvalidClientTokenId" && operation.starts_with("iam:") {
        return "The cloud lets nobody manage identities with this session. On AWS that takes a sign-in with an MFA code.".to_owned();
    }
    // For administrators with a tool to decode it; pages long, and of no use to read.
    let said = said.split("Encoded authorization failure message").next().unwrap_or_default().trim();
    if !said.is_empty() {
        return said.to_owned();
    }
    match kind {
        ErrorCode::Unsupported => "This cloud does not have the operation.".to_owned(),
        ErrorCode::Throttled => "The cloud asks for fewer requests. Try again in a moment.".to_owned(),
        _ => format!("The cloud refused without a word of why ({code})."),
    }
}
