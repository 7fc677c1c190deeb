//! Canopy's proxy: it keeps people's sessions, signs their calls to their clouds, and sends the application that shows what comes back.
//!
//! [`router`] is the whole of it as a service, so that tests need no socket; [`serve`] puts it on one. What is AWS is in the crate `cloud`,
//! what is drawn in `app`; here are sessions, caching, streaming, and what keeps strangers out.
// The document's type is as deep as the document.
#![recursion_limit = "256"]

mod access;
pub mod app;
pub mod assets;
pub mod audit;
mod cache;
pub mod client;
pub mod clock;
pub mod clouds;
pub mod config;
pub mod demo;
mod encoding;
mod error;
mod local_path;
pub mod log;
mod metrics;
mod middleware;
pub mod routes;
pub mod serve;
mod session;
pub mod shared;
mod shell;
pub mod telemetry;
pub mod throttle;
pub mod watch;

use axum::Router;

pub use app::App;

/// Everything the server answers.
pub fn router(app: &App) -> Router {
    // Painting needs to know which runtime it runs on. It is an error to say so twice, and no matter.
    let _ = any_spawner::Executor::init_tokio();
    middleware::around(routes::routes(app.clone()), app)
}
