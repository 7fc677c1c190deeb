//! Who can do what. Questions are bodies: they are longer than an argument of an address may be.

use api::{
    access::{Allowed, Answers, Question},
    error::FieldErrors,
};
use axum::{Json, extract::State, http::HeaderMap};
use bytes::Bytes;

use super::{
    body::{parse, refuse},
    here::Here,
};
use crate::{app::App, encoding::wants_reload, error::Failure};

/// What one user or role may do.
pub async fn answers(State(app): State<App>, here: Here, headers: HeaderMap, body: Bytes) -> Result<Json<Answers>, Failure> {
    let question = question(&here, &body, Question::check)?;
    Ok(Json(app.access.answers(&here.cloud, &here.scope, &question, wants_reload(&headers)).await?))
}

/// Who may do one thing.
pub async fn allowed(State(app): State<App>, here: Here, headers: HeaderMap, body: Bytes) -> Result<Json<Allowed>, Failure> {
    let question = question(&here, &body, Question::check_one)?;
    Ok(Json(app.access.allowed(&here.cloud, &here.scope, &question, wants_reload(&headers)).await?))
}

fn question(here: &Here, body: &Bytes, check: fn(&Question) -> FieldErrors) -> Result<Question, Failure> {
    here.args(&[])?;
    let question = parse(body)?;
    refuse(check(&question))?;
    Ok(question)
}
