//! The identities of a session: one more, one again, one less; and what each does for itself.

use api::{
    error::{ApiError, ErrorCode},
    session::{AssumeRole, NewPassword, SessionInfo, SignIn},
};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;

use super::{
    body::parse,
    session::{FORGET, admit, attempt, begin, end, hold, settle},
    witness::Witness,
};
use crate::{
    app::App,
    error::Failure,
    session::{Held, Place},
};

pub async fn list(held: Held) -> Json<Vec<SessionInfo>> {
    Json(held.infos())
}

/// Signs in beside those who are; where nobody is, begins a session.
pub async fn add(State(app): State<App>, headers: HeaderMap, witness: Witness, body: Bytes) -> Result<impl IntoResponse, Failure> {
    sign_in(&app, &headers, &witness, &body, Place::Further).await
}

/// Signs in where an identity is over or will be soon.
pub async fn renew(
    State(app): State<App>,
    Path(identity): Path<String>,
    headers: HeaderMap,
    witness: Witness,
    body: Bytes,
) -> Result<impl IntoResponse, Failure> {
    sign_in(&app, &headers, &witness, &body, Place::Of(&identity)).await
}

async fn sign_in(app: &App, headers: &HeaderMap, witness: &Witness, body: &Bytes, place: Place<'_>) -> Result<Response, Failure> {
    let given: SignIn = parse(body)?;
    let (session, cookie) = begin(app, headers, witness, given, place).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(session.info().clone())).into_response())
}

/// Signs out of one; the others stay. With the last, the session ends.
pub async fn leave(
    State(app): State<App>,
    held: Held,
    Path(identity): Path<String>,
    headers: HeaderMap,
    witness: Witness,
) -> Result<impl IntoResponse, Failure> {
    let session = held.named(&identity)?;
    let cookie = match held.without(&identity, app.sessions.clock().now()) {
        None => end(&app, &headers, &witness).await,
        Some(others) => {
            let cookie = hold(&app, &headers, &witness, others).await.map_err(|_| no_sign_out())?;
            witness.signed_out(&app.audit, &session.info().cloud.key, &session.info().arn);
            cookie
        }
    };
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie), FORGET]))
}

fn no_sign_out() -> ApiError {
    let message = "Canopy cannot reach the store in which it keeps sessions, so it cannot sign you out of one identity among several. Try \
                   again in a minute, or sign out of all.";
    ApiError::new(ErrorCode::Unreachable, message)
}

/// Takes a role on: one more identity.
pub async fn assume_role(
    State(app): State<App>,
    held: Held,
    Path(identity): Path<String>,
    headers: HeaderMap,
    witness: Witness,
    body: Bytes,
) -> Result<impl IntoResponse, Failure> {
    let from = held.named(&identity)?;
    let given: AssumeRole = parse(&body)?;
    let (cloud, arn) = (&from.info().cloud.key, &from.info().arn);
    let attempt = if given.mfa_code.is_empty() { None } else { Some(attempt(&app, &witness, cloud, arn)?) };
    let _turn = from.turn().await;
    let assumed = async {
        let session = app.clouds.assume_role(from, &given, &app.sessions).await?;
        let cookie = admit(&app, &headers, &witness, &session, Place::Further).await?;
        Ok::<_, ApiError>((session, cookie))
    };
    let assumed = assumed.await;
    let error = assumed.as_ref().err();
    if let Some(attempt) = attempt {
        settle(attempt, error);
    }
    witness.took_on(&app.audit, cloud, arn, &given.arn(from.info()), error);
    let (session, cookie) = assumed?;
    Ok(([(header::SET_COOKIE, cookie)], Json(session.info().clone())))
}

pub async fn change_password(
    State(app): State<App>,
    held: Held,
    Path(identity): Path<String>,
    witness: Witness,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let session = held.named(&identity)?;
    let given: NewPassword = parse(&body)?;
    let (cloud, arn) = (&session.info().cloud.key, &session.info().arn);
    let attempt = attempt(&app, &witness, cloud, arn)?;
    let _turn = session.turn().await;
    let changed = app.clouds.change_password(session, given).await;
    settle(attempt, changed.as_ref().err());
    witness.changed_password(&app.audit, cloud, arn, changed.as_ref().err());
    changed?;
    Ok(StatusCode::NO_CONTENT)
}
