//! What happens to every request, from the outside inwards.

mod count;
mod cross_site;
mod https;
mod request_id;
mod response_headers;
#[cfg(test)]
mod tests;
mod timeout;
mod trace;

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer};

use crate::{app::App, client, error::Failure};
use api::error::ErrorCode;

pub use request_id::RequestId;
pub use response_headers::document_policy;

/// The largest body there is a use for: a launch with its user data has some 25 KiB.
const MAX_BODY: usize = 1024 * 1024;

/// Puts the layers around the routes. The last is the outermost.
pub fn around(routes: Router, app: &App) -> Router {
    routes
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(from_fn_with_state(app.clone(), timeout::limit))
        .layer(axum::middleware::from_fn(cross_site::require_header))
        .layer(cross_site::layer(app))
        .layer(CatchPanicLayer::custom(|_| axum::response::IntoResponse::into_response(after_panic())))
        .layer(from_fn_with_state(app.clone(), https::require))
        .layer(from_fn_with_state(app.clone(), count::count))
        .layer(axum::middleware::from_fn(trace::log))
        .layer(from_fn_with_state(app.clone(), response_headers::set))
        .layer(axum::middleware::from_fn(request_id::set))
        .layer(from_fn_with_state(app.clone(), client::find))
}

/// The same for what whoever runs the server looks at, which has neither clients nor sessions.
pub fn around_watch(routes: Router, app: &App) -> Router {
    routes
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(cross_site::layer(app))
        .layer(CatchPanicLayer::custom(|_| axum::response::IntoResponse::into_response(after_panic())))
        .layer(from_fn_with_state(app.clone(), response_headers::set))
}

/// What the panic said is in the log, where the panic hook wrote it.
fn after_panic() -> Failure {
    Failure::new(ErrorCode::Internal, "Canopy failed to answer. Its log says why.")
}
