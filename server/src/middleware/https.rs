//! Over plain HTTP nobody is served but this machine: what is typed there is read by everybody on the way, and the cookie would not come back.

use api::error::ErrorCode;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    app::App,
    client::{Client, Scheme},
    error::Failure,
};

/// What load balancers ask is not secret, and they ask over what they have.
const OPEN: [&str; 2] = ["/healthz", "/readyz"];

pub async fn require(State(app): State<App>, request: Request, next: Next) -> Response {
    let client = request.extensions().get::<Client>().copied().unwrap_or_else(Client::here);
    if !is_in_the_clear(&app, client, request.headers()) || OPEN.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let is_navigation = matches!(*request.method(), Method::GET | Method::HEAD) && !request.uri().path().starts_with("/api");
    if !is_navigation {
        return Failure::new(ErrorCode::Forbidden, "Canopy is used over https alone.").into_response();
    }
    match &app.limits.public_origin {
        Some(origin) if origin.is_https() => {
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
            Redirect::permanent(&format!("{origin}{path}")).into_response()
        }
        _ => (StatusCode::FORBIDDEN, Html(PAGE)).into_response(),
    }
}

/// Whether somebody on the way can read this.
fn is_in_the_clear(app: &App, client: Client, headers: &HeaderMap) -> bool {
    let limits = &app.limits;
    if !limits.is_secure || client.scheme == Scheme::Https {
        return false;
    }
    // Without the networks of the proxies nothing that they say can be believed: then the setting is.
    let is_vouched_for = limits.public_origin.is_some() && (limits.trusted_proxies.is_empty() || client.scheme == Scheme::Unsaid);
    !is_vouched_for && !is_of_this_machine(headers)
}

/// Browsers take these names for secure, and so they are.
fn is_of_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = if host.starts_with('[') { host.split_inclusive(']').next() } else { host.split(':').next() };
    matches!(name, Some("localhost" | "127.0.0.1" | "[::1]"))
}

const PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Canopy: open it over https</title>\
<h1>Open this over https</h1><p>You are reading this page over plain HTTP, where anybody on the way could read what you type. \
Change <b>http</b> to <b>https</b> in the address. If that leads nowhere, whoever runs Canopy has yet to switch TLS on.</p></html>";
