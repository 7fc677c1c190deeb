//! Errors as answers.

use api::error::{ApiError, ErrorCode};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// An [`ApiError`] on its way to the browser. `middleware::request_id` adds the request's id to it.
#[derive(Clone, Debug)]
pub struct Failure(pub ApiError);

impl Failure {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self(ApiError::new(code, message))
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status()).expect("error codes have valid statuses");
        let mut response = (status, Json(&self.0)).into_response();
        if self.0.code == ErrorCode::Throttled {
            // What clouds and we ourselves limit comes back within this time.
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("12"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
