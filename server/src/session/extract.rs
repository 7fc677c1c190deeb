//! Sessions as parameters of handlers.

use api::{
    error::{ApiError, ErrorCode},
    session::IDENTITY_HEADER,
};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};

use super::{Held, Presence, Session};
use crate::{app::App, client::Client, error::Failure};

impl FromRequestParts<App> for Session {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let held = <Held as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let Some(identity) = parts.headers.get(IDENTITY_HEADER) else { return Ok(held.first().clone()) };
        // What cannot be read names nobody.
        Ok(held.named(identity.to_str().unwrap_or_default())?.clone())
    }
}

impl FromRequestParts<App> for Held {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let found = find(parts, app).await?;
        found.ok_or_else(|| ApiError::new(ErrorCode::SessionExpired, "Your session is over. Sign in again.").into())
    }
}

impl OptionalFromRequestParts<App> for Held {
    /// Where nobody can tell whether there is one.
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Failure> {
        find(parts, app).await
    }
}

async fn find(parts: &Parts, app: &App) -> Result<Option<Held>, Failure> {
    let Some(id) = app.cookies.read(&parts.headers) else { return Ok(None) };
    let held = app.sessions.get(&id).await?;
    if let Some(held) = &held {
        let client = parts.extensions.get::<Client>().copied().unwrap_or_else(Client::here);
        app.sessions.saw(&id, held, Presence::of(&parts.headers, client.address));
    }
    Ok(held)
}
