//! Whether the server is well, and whether the cloud is.

use std::sync::atomic::Ordering;

use api::session::ServiceHealth;
use axum::{Json, extract::State, http::StatusCode};

use super::here::Here;
use crate::{app::App, error::Failure};

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// It is not ending, and has what it takes to serve: the bundle was read before the server began to listen, so what is left is somewhere to sign in to.
pub async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.draining.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending\n");
    }
    if app.clouds.infos().is_empty() { (StatusCode::SERVICE_UNAVAILABLE, "no clouds\n") } else { (StatusCode::OK, "ready\n") }
}

/// The state of each service of the session's cloud.
pub async fn of_cloud(here: Here) -> Result<Json<Vec<ServiceHealth>>, Failure> {
    here.args(&[])?;
    Ok(Json(cloud::health(&here.cloud).await))
}
