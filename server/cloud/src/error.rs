//! One mapping from what the SDK reports to what the browser gets: a closed code to act on, the cloud's own words to read, and the field that
//! it is about where that can be known.
//!
//! Codes decide before statuses do: EC2 answers "no capacity" with a 500. Lists of codes:
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>,
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>.

use std::error::Error;

use api::error::{ApiError, ErrorCode};
use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::ConnectorError};
use aws_types::request_id::RequestId;

use crate::transport::reply::Broken;

mod field;
mod words;

/// `….map_err(failed("ec2:DescribeInstances"))`
pub fn failed<E>(operation: &'static str) -> impl Fn(SdkError<E, HttpResponse>) -> ApiError + Copy
where
    E: ProvideErrorMetadata + Error + 'static,
{
    move |err| {
        let meta = ProvideErrorMetadata::meta(&err);
        let response = err.raw_response();
        let body = response.and_then(|response| str::from_utf8(response.body().bytes()?).ok()).unwrap_or_default();
        let is_refusal = response.is_some_and(|response| response.status().is_client_error() || response.status().is_server_error());
        // Some clouds wrap their errors otherwise than the service they stand for: what they say is there all the same.
        let in_body = |tag| is_refusal.then(|| element(body, tag)).flatten();
        let code = meta.code().or_else(|| in_body("Code"));
        Failure {
            operation,
            what: if is_refusal && code.is_some() { What::Refused } else { What::of(&err) },
            status: response.map(|response| response.status().as_u16()),
            code,
            message: meta.message().or_else(|| in_body("Message")),
            // AWS repeats it in a header, which the SDK reads; others do not.
            request_id: meta.request_id().or_else(|| ["RequestID", "RequestId", "requestId"].iter().find_map(|tag| element(body, tag))),
            source: &err,
        }
        .into_api_error()
    }
}

/// Where on its way a call failed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    /// The request could not be made: a defect of ours.
    Unmade,
    Timeout,
    Unreachable,
    /// An answer came, but not to its end, or not in the protocol.
    Garbled,
    /// The cloud said no.
    Refused,
}

impl What {
    fn of<E>(err: &SdkError<E, HttpResponse>) -> Self {
        match err {
            SdkError::ConstructionFailure(_) => Self::Unmade,
            SdkError::TimeoutError(_) => Self::Timeout,
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Self::Timeout,
            SdkError::DispatchFailure(failure) if failure.is_user() => Self::Unmade,
            SdkError::DispatchFailure(failure) if failure.as_connector_error().is_some_and(is_broken_reply) => Self::Garbled,
            SdkError::DispatchFailure(_) => Self::Unreachable,
            SdkError::ServiceError(_) => Self::Refused,
            _ => Self::Garbled,
        }
    }
}

/// A failed call, freed of the SDK's hundreds of error types.
struct Failure<'a> {
    operation: &'static str,
    what: What,
    status: Option<u16>,
    code: Option<&'a str>,
    message: Option<&'a str>,
    request_id: Option<&'a str>,
    source: &'a (dyn Error + 'static),
}

impl Failure<'_> {
    fn into_api_error(self) -> ApiError {
        let own = |code, message: &str| ApiError::new(code, message);
        let mut error = match (self.what, self.code) {
            (What::Unmade, _) => own(ErrorCode::Internal, "The request to the cloud could not be made."),
            (What::Timeout, _) => own(ErrorCode::Timeout, "The cloud did not answer in time."),
            // The same words whatever the reason, so that nobody can use the console to look around in its network. The reason is logged.
            (What::Unreachable, _) => own(ErrorCode::Unreachable, "The cloud cannot be reached."),
            (What::Refused, Some(code)) => self.refused(code),
            (What::Garbled, _) | (What::Refused, None) => self.garbled(),
        };
        error.operation = Some(self.operation.to_owned());
        error.request_id = self.request_id.unwrap_or_default().to_owned();
        self.log(&error);
        error
    }

    fn refused(&self, code: &str) -> ApiError {
        let said = self.message.unwrap_or_default();
        let kind = words::classify(self.operation, code, said, self.status);
        let mut error = ApiError::new(kind, words::message(kind, self.operation, code, said));
        error.cloud_code = Some(code.to_owned());
        if let Some(field) = field::of(self.operation, code, said) {
            error.fields.insert(field.to_owned(), error.message.clone());
        }
        error
    }

    /// No error code: an HTML page, as moto answers what it does not have, a proxy's complaint, or half an answer.
    fn garbled(&self) -> ApiError {
        match self.status {
            Some(501) => ApiError::new(ErrorCode::Unsupported, "This cloud does not have the operation."),
            Some(429) => ApiError::new(ErrorCode::Throttled, "The cloud asks for fewer requests. Try again in a moment."),
            Some(status) if !(200..300).contains(&status) => {
                ApiError::new(ErrorCode::CloudFailure, format!("The cloud failed (HTTP {status}) and did not say why."))
            }
            _ => ApiError::new(ErrorCode::CloudFailure, "The cloud's answer could not be read to its end."),
        }
    }

    fn log(&self, error: &ApiError) {
        let (operation, code, request_id) = (self.operation, error.code, error.request_id.as_str());
        if let (What::Refused, Some(cloud_code)) = (self.what, self.code) {
            tracing::debug!(operation, ?code, cloud_code, request_id, "the cloud refused a call");
        } else {
            tracing::warn!(operation, ?code, status = self.status, reason = chain(self.source), request_id, "a call to the cloud failed");
        }
    }
}

fn is_broken_reply(err: &ConnectorError) -> bool {
    causes(err).any(|err| err.is::<Broken>())
}

/// The text of the first element of this name, as it was written: entities stay.
fn element<'a>(xml: &'a str, tag: &str) -> Option<&'a str> {
    let (_, text) = xml.split_once(&format!("<{tag}>"))?;
    text.split('<').next().map(str::trim)
}

fn causes<'a>(err: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(err), |err: &&'a (dyn Error + 'static)| (*err).source())
}

/// What an error and its causes say, outermost first. Their `Debug` is left alone: it would print whole answers.
fn chain(err: &(dyn Error + 'static)) -> String {
    causes(err).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// For calls that succeed, and say in their answer what did not.
pub fn unsuccessful(operation: &'static str, code: Option<&str>, message: Option<&str>) -> ApiError {
    let (code, said) = (code.unwrap_or_default(), message.unwrap_or_default());
    let kind = words::classify(operation, code, said, None);
    let mut error = ApiError::new(kind, words::message(kind, operation, code, said));
    error.operation = Some(operation.to_owned());
    error.cloud_code = Some(code.to_owned());
    error
}

/// For answers that do not hold what was asked for by its id.
pub fn not_found(operation: &'static str, id: &str) -> ApiError {
    ApiError { operation: Some(operation.to_owned()), ..ApiError::new(ErrorCode::NotFound, format!("The cloud does not have {id}.")) }
}

#[cfg(test)]
mod tests {
    use super::{field, words};
    use api::error::ErrorCode;
    use api::error::ErrorCode::{CloudFailure, Conflict, Forbidden, Invalid, NotFound, Quota, SessionExpired, Throttled, Unsupported};

    #[test]
    fn each_code_of_a_cloud_has_its_reason() {
        let table: &[(&str, u16, ErrorCode)] = &[
            ("AccessDenied", 403, Forbidden),
            ("AccessDeniedException", 400, Forbidden),
            ("UnauthorizedOperation", 403, Forbidden),
            ("OptInRequired", 403, Forbidden),
            ("ExpiredToken", 400, SessionExpired),
            ("ExpiredTokenException", 400, SessionExpired),
            ("RequestExpired", 400, SessionExpired),
            ("InvalidClientTokenId", 403, SessionExpired),
            ("AuthFailure", 401, SessionExpired),
            ("SignatureDoesNotMatch", 403, SessionExpired),
            ("InvalidInstanceID.NotFound", 400, NotFound),
            ("InvalidAMIID.NotFound", 400, NotFound),
            ("InvalidAMIID.Unavailable", 400, NotFound),
            ("NoSuchEntity", 404, NotFound),
            ("InvalidKeyPair.Duplicate", 400, Conflict),
            ("InvalidGroup.InUse", 400, Conflict),
            ("VolumeInUse", 400, Conflict),
            ("EntityAlreadyExists", 409, Conflict),
            ("Resource.AlreadyAssociated", 400, Conflict),
            ("DependencyViolation", 400, Conflict),
            ("DeleteConflict", 409, Conflict),
            ("IncorrectInstanceState", 400, Conflict),
            ("OperationNotPermitted", 400, Conflict),
            ("UnsupportedOperation", 400, Conflict),
            ("Throttling", 400, Throttled),
            ("ThrottlingException", 400, Throttled),
            ("RequestLimitExceeded", 503, Throttled),
            ("InstanceLimitExceeded", 400, Quota),
            ("VcpuLimitExceeded", 400, Quota),
            ("LimitExceeded", 409, Quota),
            ("InsufficientInstanceCapacity", 500, Quota),
            ("InsufficientFreeAddressesInSubnet", 400, Quota),
            ("InvalidParameterValue", 400, Invalid),
            ("InvalidParameterCombination", 400, Invalid),
            ("MissingParameter", 400, Invalid),
            ("InvalidInstanceID.Malformed", 400, Invalid),
            ("ValidationError", 400, Invalid),
            ("Unsupported", 400, Invalid),
            ("InvalidAction", 400, Unsupported),
            ("InternalError", 500, CloudFailure),
            ("ServiceUnavailable", 503, CloudFailure),
            ("SomethingNew", 400, Invalid),
            ("SomethingNew", 500, CloudFailure),
            ("SomethingNew", 403, Forbidden),
        ];
        for &(code, status, expected) in table {
            assert_eq!(words::classify("ec2:Any", code, "", Some(status)), expected, "{code}");
        }
    }

    #[test]
    fn a_refused_launch_is_said_at_the_field_it_is_about() {
        let table = [
            ("InvalidAMIID.NotFound", "The image id '[ami-1]' does not exist", Some("image_id")),
            ("InvalidAMIID.Malformed", "Invalid id: \"x\"", Some("image_id")),
            ("InvalidKeyPair.NotFound", "The key pair 'x' does not exist", Some("key_name")),
            ("InvalidGroup.NotFound", "The security group 'sg-1' does not exist", Some("security_group_ids")),
            ("InvalidSubnetID.NotFound", "The subnet ID 'subnet-1' does not exist", Some("subnet_id")),
            ("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.", Some("user_data")),
            ("InvalidParameterValue", "User data is limited to 16384 bytes", Some("user_data")),
            ("InvalidParameterValue", "Invalid value 't9.huge' for InstanceType.", Some("instance_type")),
            ("InvalidParameterValue", "The following supplied instance types do not exist: [t9.huge]", Some("instance_type")),
            ("Unsupported", "The requested instance type is not available.", Some("instance_type")),
            ("InvalidBlockDeviceMapping", "Volume of size 1GB is smaller than snapshot 'snap-1'", Some("block_devices")),
            ("InvalidParameterValue", "Invalid availability zone: [us-east-1z]", Some("zone")),
            ("InvalidParameterValue", "Value (x) for parameter iamInstanceProfile.name is invalid.", Some("role")),
            ("VcpuLimitExceeded", "You have requested more vCPU capacity than your current limit", Some("count")),
            ("UnauthorizedOperation", "not authorized to use the subnet", None),
            ("InternalError", "An internal error has occurred", None),
        ];
        for (code, message, expected) in table {
            assert_eq!(field::of("ec2:RunInstances", code, message), expected, "{code}: {message}");
            assert_eq!(field::of("ec2:DescribeInstances", code, message), None, "where there is no form there is no field");
        }
    }

    #[test]
    fn refused_creations_are_said_at_their_fields() {
        let table = [
            ("ec2:CreateKeyPair", "InvalidKeyPair.Duplicate", "name"),
            ("ec2:ImportKeyPair", "InvalidKeyPair.Duplicate", "name"),
            ("ec2:ImportKeyPair", "InvalidKey.Format", "public_key"),
            ("ec2:CreateSecurityGroup", "InvalidGroup.Duplicate", "name"),
            ("ec2:CreateSecurityGroup", "InvalidVpcID.NotFound", "vpc_id"),
            ("ec2:AuthorizeSecurityGroupIngress", "InvalidPermission.Malformed", "ingress"),
        ];
        for (operation, code, expected) in table {
            assert_eq!(field::of(operation, code, ""), Some(expected), "{operation} {code}");
        }
    }

    #[test]
    fn no_message_shows_what_was_signed_or_what_nobody_can_read() {
        let leak = "The Canonical String for this request should have been 'x-amz-security-token:SECRET'";
        assert!(!words::message(SessionExpired, "ec2:Any", "SignatureDoesNotMatch", leak).contains("SECRET"));
        let encoded = "You are not authorized to perform this operation. Encoded authorization failure message: AbCdEf0123";
        let shown = words::message(Forbidden, "ec2:Any", "UnauthorizedOperation", encoded);
        assert_eq!(shown, "You are not authorized to perform this operation.");
        assert!(words::message(Invalid, "ec2:Any", "SomethingNew", " ").contains("SomethingNew"));
    }
}
