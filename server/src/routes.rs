//! Every path that the server answers, and nothing else.

mod access;
mod body;
mod change;
mod form;
mod health;
mod here;
mod identity;
mod list;
mod metric;
mod one;
mod session;
mod sessions;
mod witness;

use api::{error::ErrorCode, kind::Kind};
use axum::{
    Router,
    routing::{delete, get, post, put},
};

use crate::{app::App, error::Failure, shell};

/// What the coverage test visits: every route with a method, and what it takes to be let in.
pub const TABLE: &[(&str, &str, Guard)] = &[
    ("GET", "/healthz", Guard::None),
    ("GET", "/readyz", Guard::None),
    ("POST", "/login", Guard::Form),
    ("POST", "/logout", Guard::Form),
    ("POST", "/api/session", Guard::Header),
    ("DELETE", "/api/session", Guard::Header),
    ("GET", "/api/session", Guard::Session),
    ("GET", "/api/session/address", Guard::Session),
    ("GET", "/api/session/identities", Guard::Session),
    ("POST", "/api/session/identities", Guard::Header),
    ("PUT", "/api/session/identities/{id}", Guard::Header),
    ("DELETE", "/api/session/identities/{id}", Guard::SessionAndHeader),
    ("POST", "/api/session/identities/{id}/roles", Guard::SessionAndHeader),
    ("PUT", "/api/session/identities/{id}/password", Guard::SessionAndHeader),
    ("GET", "/api/sessions", Guard::Session),
    ("DELETE", "/api/sessions", Guard::SessionAndHeader),
    ("DELETE", "/api/sessions/{id}", Guard::SessionAndHeader),
    ("GET", "/api/session/operations", Guard::Session),
    ("GET", "/api/health", Guard::Session),
    ("POST", "/api/access", Guard::SessionAndHeader),
    ("POST", "/api/access/principals", Guard::SessionAndHeader),
    ("GET", "/api/{kind}", Guard::Session),
    ("GET", "/api/{kind}/summary", Guard::Session),
    ("GET", "/api/{kind}/{id}", Guard::Session),
    ("GET", "/api/{kind}/{id}/metrics", Guard::Session),
    ("GET", "/api/instances/{id}/console-output", Guard::Session),
    ("GET", "/api/instances/{id}/password-data", Guard::Session),
    ("POST", "/api/{kind}", Guard::SessionAndHeader),
    ("POST", "/api/{kind}/actions", Guard::SessionAndHeader),
    ("POST", "/api/{kind}/tags", Guard::SessionAndHeader),
];

/// What a route demands of a request before it does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    None,
    /// Not from another site.
    Form,
    /// That, and the console's header.
    Header,
    Session,
    SessionAndHeader,
}

pub fn routes(app: App) -> Router {
    let api = Router::new()
        .route("/session", get(session::show).post(session::sign_in).delete(session::sign_out))
        .route("/session/address", get(session::address))
        .route("/session/identities", get(identity::list).post(identity::add))
        .route("/session/identities/{id}", put(identity::renew).delete(identity::leave))
        .route("/session/identities/{id}/roles", post(identity::assume_role))
        .route("/session/identities/{id}/password", put(identity::change_password))
        .route("/sessions", get(sessions::list).delete(sessions::end_others))
        .route("/sessions/{id}", delete(sessions::end))
        .route("/session/operations", get(session::operations))
        .route("/health", get(health::of_cloud))
        .route("/access", post(access::answers))
        .route("/access/principals", post(access::allowed))
        .route("/{kind}", get(list::list).post(change::create))
        .route("/{kind}/summary", get(list::summary))
        .route("/{kind}/actions", post(change::act))
        .route("/{kind}/tags", post(change::retag))
        .route("/{kind}/{id}", get(one::show))
        .route("/{kind}/{id}/metrics", get(metric::show))
        .route("/instances/{id}/console-output", get(one::console_output))
        .route("/instances/{id}/password-data", get(one::password_data))
        .fallback(async || no_route())
        .method_not_allowed_fallback(async || no_route());
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/login", get(shell::page).post(form::sign_in))
        .route("/logout", post(form::sign_out))
        .nest("/api", api)
        .fallback(shell::page)
        .with_state(app)
}

fn no_route() -> Failure {
    Failure::new(ErrorCode::NotFound, "The API has no such route.")
}

/// The kind that a path names.
fn kind_of(slug: &str) -> Result<Kind, Failure> {
    Kind::from_slug(slug).ok_or_else(|| Failure::new(ErrorCode::NotFound, "There is no such kind of resource."))
}
