//! Sessions as parameters of handlers.

use std::convert::Infallible;

use api::error::{ApiError, ErrorCode};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};

use super::Session;
use crate::{app::App, error::Failure};

impl FromRequestParts<App> for Session {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        find(parts, app).ok_or_else(|| ApiError::new(ErrorCode::SessionExpired, "Your session is over. Sign in again.").into())
    }
}

impl OptionalFromRequestParts<App> for Session {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Infallible> {
        Ok(find(parts, app))
    }
}

fn find(parts: &Parts, app: &App) -> Option<Session> {
    app.sessions.get(&app.cookies.read(&parts.headers)?)
}
