//! The document: painted by the application's own components, with the facts it starts from and a policy for what it may do.

use ::app::Missing;
use api::{
    error::ErrorCode,
    session::{Boot, IDENTITY_COOKIE, Refused, Theme},
};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use leptos::{context::provide_context, nonce::Nonce};

use crate::{
    app::App,
    encoding::{self, Encoding},
    error::Failure,
    local_path::LocalPath,
    middleware::document_policy,
    session::Held,
};

/// Answers whatever no other route does: files of the bundle, pages, and the way to the sign-in page.
pub async fn page(State(app): State<App>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Failure::new(ErrorCode::NotFound, "There is nothing to send this to.").into_response();
    }
    let (path, headers) = (request.uri().path(), request.headers());
    if path == "/api" || path.starts_with("/api/") {
        return Failure::new(ErrorCode::NotFound, "The API has no such route.").into_response();
    }
    if let Some(file) = app.assets.serve(path, headers) {
        return file;
    }
    if path == "/offline" {
        // Kept by the service worker for whoever is offline, so it is nobody's.
        return paint(&app, boot(&app, headers, None, None), request).await;
    }
    // Not before: what is for everybody is had without asking who it is for.
    let (mut parts, body) = request.into_parts();
    let session = match <Option<Held> as FromRequestParts<App>>::from_request_parts(&mut parts, &app).await {
        Ok(session) => session,
        Err(failure) => return unknown(failure),
    };
    let request = Request::from_parts(parts, body);
    let (path, headers) = (request.uri().path(), request.headers());
    let is_login = path == "/login";
    match session {
        Some(_) if is_login => Redirect::to(then(&request).as_str()).into_response(),
        None if !is_login && is_led_here(headers) => doorstep(),
        None if !is_login => {
            let here = request.uri().path_and_query().and_then(|path| LocalPath::parse(path.as_str()));
            Redirect::to(&here.unwrap_or_default().login()).into_response()
        }
        session => paint(&app, boot(&app, headers, session.as_ref(), None), request).await,
    }
}

/// The sign-in page after a refusal.
pub async fn login(app: &App, headers: &HeaderMap, then: &LocalPath, refused: Refused) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = then.login().parse().expect("a local path is a path");
    if let Some(accepted) = headers.get(header::ACCEPT_ENCODING) {
        request.headers_mut().insert(header::ACCEPT_ENCODING, accepted.clone());
    }
    paint(app, boot(app, headers, None, Some(refused)), request).await
}

fn then(request: &Request) -> LocalPath {
    let query = request.uri().query().unwrap_or_default();
    let then = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "then");
    then.and_then(|(_, path)| LocalPath::parse(&path)).unwrap_or_default()
}

/// The cookie is not sent along when another site leads here, as a link in a mail does. That is what keeps other sites out; it must not look
/// like being signed out.
fn is_led_here(headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|header| header == value);
    says("sec-fetch-site", "cross-site") && says("sec-fetch-mode", "navigate")
}

/// A page that asks for the same address once more: then it is Canopy that leads there, and the cookie comes along.
fn doorstep() -> Response {
    Html("<!DOCTYPE html><html lang=\"en\"><meta http-equiv=\"refresh\" content=\"0\"><title>Canopy</title></html>").into_response()
}

/// For somebody who may be signed in or not, which nobody can tell: the sign-in page would be a lie.
fn unknown(failure: Failure) -> Response {
    let status = StatusCode::from_u16(failure.0.code.status()).expect("error codes have valid statuses");
    (status, [(header::RETRY_AFTER, "30")], format!("{}\n", failure.0.message)).into_response()
}

/// What the browser starts from.
fn boot(app: &App, headers: &HeaderMap, held: Option<&Held>, refused: Option<Refused>) -> Boot {
    let cookies = CookieJar::from_headers(headers);
    let cookie = |name| cookies.get(name).map(axum_extra::extract::cookie::Cookie::value);
    // The page says by a cookie which of them it wants to be for; there is one to be for in any case.
    let shown = held.map(|held| cookie(IDENTITY_COOKIE).and_then(|identity| held.find(identity)).unwrap_or_else(|| held.first()));
    Boot {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        locale: cookie("locale").filter(|locale| LOCALES.contains(locale)).unwrap_or(LOCALES[0]).to_owned(),
        theme: cookie("theme").and_then(Theme::parse).unwrap_or_default(),
        clouds: app.clouds.infos(),
        session: shown.map(|session| session.info().clone()),
        identities: held.map(Held::infos).unwrap_or_default(),
        refused,
    }
}

/// English, and what proves that nothing else is hard-wired.
const LOCALES: [&str; 2] = ["en", "en-XA"];
/// Far above what is painted: data comes later, by itself.
const MAX_DOCUMENT: usize = 4 * 1024 * 1024;

async fn paint(app: &App, boot: Boot, request: Request) -> Response {
    let gzip = encoding::accepted(request.headers()).takes(Encoding::Gzip);
    let nonce = Nonce::new();
    let missing = Missing::default();
    let policy = document_policy(&nonce);
    let contexts = {
        let missing = missing.clone();
        move || {
            provide_context(nonce.clone());
            provide_context(boot.clone());
            provide_context(missing.clone());
        }
    };
    let assets = app.assets.manifest().clone();
    let path = request.uri().path().to_owned();
    let painted = leptos_axum::render_app_to_stream_with_context(contexts, move || ::app::shell(&assets, &path))(request).await;
    // There is nothing in it to wait for, so it goes out as a whole: with its length, its status and compressed.
    let Ok(text) = to_bytes(painted.into_body(), MAX_DOCUMENT).await else {
        return Failure::new(ErrorCode::Internal, "Canopy failed to paint this page.").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::VARY, HeaderValue::from_static("accept-encoding, cookie")),
    ];
    let status = if missing.get() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    if gzip {
        (status, headers, [(header::CONTENT_ENCODING, Encoding::Gzip.name())], encoding::gzip(&text)).into_response()
    } else {
        (status, headers, text).into_response()
    }
}
