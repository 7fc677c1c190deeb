//! Signing in and out, as the application does it.

use api::session::{SessionInfo, SignIn};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use bytes::Bytes;

use super::body::parse;
use crate::{app::App, error::Failure, session::Session};

/// What was kept for this session is nothing for the next.
pub(super) const FORGET: (HeaderName, HeaderValue) = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

pub async fn show(session: Session) -> Json<SessionInfo> {
    Json(session.info().clone())
}

pub async fn sign_in(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<impl IntoResponse, Failure> {
    let given: SignIn = parse(&body)?;
    let (session, cookie) = begin(&app, &headers, given).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(session.info().clone())))
}

pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> impl IntoResponse {
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, end(&app, &headers)), FORGET])
}

/// Signs in, and gives the cookie that holds the new session.
pub(super) async fn begin(app: &App, headers: &HeaderMap, given: SignIn) -> Result<(Session, HeaderValue), Failure> {
    let session = app.clouds.sign_in(given, &app.sessions).await?;
    let id = app.sessions.begin(session.clone(), app.cookies.read(headers).as_ref());
    tracing::info!(cloud = session.info().cloud.key, arn = session.info().arn, "signed in");
    Ok((session, app.cookies.set(&id)))
}

/// Ends the session if there is one, and gives the cookie that clears the browser's.
pub(super) fn end(app: &App, headers: &HeaderMap) -> HeaderValue {
    if let Some(id) = app.cookies.read(headers) {
        app.sessions.end(&id);
    }
    app.cookies.clear()
}
