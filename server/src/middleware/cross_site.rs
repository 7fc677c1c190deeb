//! Whatever changes something must come from Canopy's own pages.
//!
//! Two independent proofs: the browser's word (`Sec-Fetch-Site`, else `Origin`) on every unsafe method, and on `/api` a header and a content
//! type that no other site's form can send and no other site's script may.

use api::error::ErrorCode;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::{app::App, error::Failure};

const HEADER: &str = "x-canopy";

type Refuse = fn(ProtectionError) -> Response<Body>;

/// The browser's word.
pub fn layer(app: &App) -> CsrfLayer<Refuse> {
    let layer = CsrfLayer::new();
    let layer = match &app.limits.public_origin {
        // A proxy in front may rewrite `Host`, which `Origin` would otherwise be compared with.
        Some(origin) => layer.add_trusted_origin(origin.as_str()).expect("an origin is in the form of browsers"),
        None => layer,
    };
    layer.with_rejection_response((|_| refusal().into_response()) as Refuse)
}

/// The console's header, and JSON where there is a body.
pub async fn require_header(request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || !request.uri().path().starts_with("/api/") || is_ours(request.method(), request.headers()) {
        next.run(request).await
    } else {
        refusal().into_response()
    }
}

fn is_ours(method: &Method, headers: &HeaderMap) -> bool {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|name| name.trim().eq_ignore_ascii_case("application/json"));
    headers.get(HEADER).is_some_and(|value| value == "1") && (is_json || *method == Method::DELETE)
}

fn refusal() -> Failure {
    Failure::new(ErrorCode::CrossSite, "This request did not come from Canopy's own pages.")
}
