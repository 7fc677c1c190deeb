//! Errors as answers.

use api::error::{ApiError, ErrorCode};
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// An [`ApiError`] on its way to the browser, and in how many seconds there is a use in trying again, where that is known. `middleware::request_id` adds the request's id to it.
#[derive(Clone, Debug)]
pub struct Failure(pub ApiError, pub(crate) Option<u32>);

impl Failure {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        ApiError::new(code, message).into()
    }

    /// The same, with the seconds after which there is a use in trying again.
    pub fn again_in(self, seconds: u32) -> Self {
        Self(self.0, Some(seconds))
    }

    /// The header that says so.
    pub fn retry_after(&self) -> Option<(HeaderName, HeaderValue)> {
        self.1.map(|seconds| (header::RETRY_AFTER, seconds.into()))
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error, None)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status()).expect("error codes have valid statuses");
        let mut response = (status, Json(&self.0)).into_response();
        response.headers_mut().extend(self.retry_after());
        response.extensions_mut().insert(self);
        response
    }
}
