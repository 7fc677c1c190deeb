//! A bound on how long a browser waits for the beginning of an answer. What follows, such as the pages of a list, is bounded call by call.

use api::error::ErrorCode;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{app::App, error::Failure};

pub async fn limit(State(app): State<App>, request: Request, next: Next) -> Response {
    tokio::time::timeout(app.limits.request_timeout, next.run(request))
        .await
        .unwrap_or_else(|_| Failure::new(ErrorCode::Timeout, "The cloud did not answer in time.").into_response())
}
