//! What whoever runs the server looks at, on a listener of its own that is not for the public.

use std::sync::atomic::Ordering;

use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};

use crate::app::App;

/// `/metrics` alone.
pub fn router(app: &App) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(app.clone())
}

async fn metrics(State(app): State<App>) -> Response {
    let text = app.telemetry.text(app.sessions.count(), app.draining.load(Ordering::Relaxed));
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
