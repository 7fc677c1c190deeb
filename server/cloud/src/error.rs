//! One mapping from what the SDK reports to what the browser gets: a closed code to act on, the cloud's own words to read, and the field that
//! it is about where that can be known.
//!
//! Codes decide before statuses do: EC2 answers "no capacity" with a 500. Lists of codes:
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>,
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>.

use api::error::{ApiError, ErrorCode};
use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_types::request_id::RequestId;

mod field;
mod words;

/// `….map_err(failed("ec2:DescribeInstances"))`
pub fn failed<E>(operation: &'static str) -> impl Fn(SdkError<E, HttpResponse>) -> ApiError + Copy
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    move |err| {
        let meta = ProvideErrorMetadata::meta(&err);
        let response = err.raw_response();
        let header = |name: &str| response.and_then(|response| response.headers().get(name));
        Failure {
            operation,
            what: What::of(&err),
            status: response.map(|response| response.status().as_u16()),
            code: meta.code(),
            message: meta.message(),
            request_id: meta.request_id().or_else(|| header("x-amzn-requestid")).or_else(|| header("x-amz-request-id")),
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
    source: &'a (dyn std::error::Error + 'static),
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

/// What an error and its causes say, outermost first. Their `Debug` is left alone: it would print whole answers.
fn chain(err: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(err), |err| err.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// For answers that do not hold what was asked for by its id.
pub fn not_found(operation: &'static str, id: &str) -> ApiError {
    ApiError { operation: Some(operation.to_owned()), ..ApiError::new(ErrorCode::NotFound, format!("The cloud does not have {id}.")) }
}
