//! Sessions as parameters of handlers.

use api::error::{ApiError, ErrorCode};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};

use super::{Presence, Session};
use crate::{app::App, client::Client, error::Failure};

impl FromRequestParts<App> for Session {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let found = find(parts, app).await?;
        found.ok_or_else(|| ApiError::new(ErrorCode::SessionExpired, "Your session is over. Sign in again.").into())
    }
}

impl OptionalFromRequestParts<App> for Session {
    /// Where nobody can tell whether there is one.
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Failure> {
        find(parts, app).await
    }
}

async fn find(parts: &Parts, app: &App) -> Result<Option<Session>, Failure> {
    let Some(id) = app.cookies.read(&parts.headers) else { return Ok(None) };
    let session = app.sessions.get(&id).await?;
    if let Some(session) = &session {
        let client = parts.extensions.get::<Client>().copied().unwrap_or_else(Client::here);
        app.sessions.saw(&id, session, Presence::of(&parts.headers, client.address));
    }
    Ok(session)
}
