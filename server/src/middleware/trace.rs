//! One log line per request. Paths are in it, queries and bodies are not: they may hold what people typed.

use std::time::Instant;

use axum::{extract::Request, middleware::Next, response::Response};
use tracing::{Instrument, info_span};

use super::request_id::RequestId;
use crate::error::Failure;

pub async fn log(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map_or("", |id| id.0.as_str());
    let span = info_span!("request", id, method = %request.method(), path = request.uri().path());
    let begun = Instant::now();
    async {
        let response = next.run(request).await;
        let status = response.status().as_u16();
        let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        match response.extensions().get::<Failure>() {
            Some(Failure(error, _)) if status >= 500 => {
                tracing::error!(status, milliseconds, code = ?error.code, cloud_code = error.cloud_code, operation = error.operation, error.message);
            }
            Some(Failure(error, _)) => {
                tracing::info!(status, milliseconds, code = ?error.code, cloud_code = error.cloud_code, operation = error.operation);
            }
            None => tracing::info!(status, milliseconds),
        }
        response
    }
    .instrument(span)
    .await
}
