//! Signing in and out, as the application does it.

use std::sync::atomic::Ordering;

use api::{
    error::{ApiError, ErrorCode},
    own_address::OwnAddress,
    session::{SessionInfo, SignIn},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use bytes::Bytes;

use super::{body::parse, witness::Witness};
use crate::{app::App, error::Failure, session::Session};

/// What was kept for this session is nothing for the next.
pub(super) const FORGET: (HeaderName, HeaderValue) = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

pub async fn show(session: Session) -> Json<SessionInfo> {
    Json(session.info().clone())
}

/// The address by which whoever is signed in is seen.
pub async fn address(_: Session, headers: HeaderMap, witness: Witness) -> Json<OwnAddress> {
    Json(OwnAddress::of(witness.client.address, witness.client.is_disputed(&headers)))
}

/// The actions that whoever is signed in has used here: what a policy would have to allow for as much.
pub async fn operations(session: Session) -> Json<Vec<String>> {
    Json(session.operations())
}

pub async fn sign_in(State(app): State<App>, headers: HeaderMap, witness: Witness, body: Bytes) -> Result<impl IntoResponse, Failure> {
    let given: SignIn = parse(&body)?;
    let (session, cookie) = begin(&app, &headers, &witness, given).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(session.info().clone())))
}

pub async fn sign_out(State(app): State<App>, headers: HeaderMap, witness: Witness) -> impl IntoResponse {
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, end(&app, &headers, &witness).await), FORGET])
}

/// Signs in, and gives the cookie that holds the new session.
pub(super) async fn begin(app: &App, headers: &HeaderMap, witness: &Witness, given: SignIn) -> Result<(Session, HeaderValue), Failure> {
    let cloud = app.clouds.target(&given.cloud).map(|target| target.info.key.clone()).unwrap_or_default();
    let attempt = match app.clouds.tried_account(&given) {
        None => None,
        Some(account) => Some(app.throttle.attempt(witness.client.address, &cloud, &account).map_err(|seconds| {
            app.telemetry.sign_ins_throttled.fetch_add(1, Ordering::Relaxed);
            let message = format!("Too many sign-ins have failed. Try again in {seconds} seconds.");
            Failure::new(ErrorCode::Throttled, message).again_in(seconds)
        })?),
    };
    let begun = async {
        let session = app.clouds.sign_in(given, &app.sessions).await?;
        let id = app.sessions.begin(session.clone(), app.cookies.read(headers).as_ref()).await?;
        Ok::<_, ApiError>((session, id))
    };
    match begun.await {
        Ok((session, id)) => {
            if let Some(attempt) = attempt {
                attempt.succeeded();
            }
            app.telemetry.sign_ins.fetch_add(1, Ordering::Relaxed);
            let info = session.info();
            tracing::info!(cloud = info.cloud.key, arn = info.arn, "signed in");
            witness.signed_in(&app.audit, &info.cloud.key, &info.arn, None);
            Ok((session, app.cookies.set(&id)))
        }
        Err(error) => {
            // What the cloud never saw was no guess.
            let is_guess = matches!(error.code, ErrorCode::CredentialsRefused | ErrorCode::MfaRefused | ErrorCode::Forbidden);
            if let Some(attempt) = attempt {
                if is_guess { attempt.failed() } else { attempt.succeeded() }
            }
            app.telemetry.sign_ins_refused.fetch_add(1, Ordering::Relaxed);
            witness.signed_in(&app.audit, &cloud, "", Some(&error));
            Err(error.into())
        }
    }
}

/// Ends the session if there is one, and gives the cookie that clears the browser's.
pub(super) async fn end(app: &App, headers: &HeaderMap, witness: &Witness) -> HeaderValue {
    if let Some(id) = app.cookies.read(headers) {
        if let Ok(Some(session)) = app.sessions.get(&id).await {
            witness.signed_out(&app.audit, &session.info().cloud.key, &session.info().arn);
        }
        app.sessions.end(&id).await;
    }
    app.cookies.clear()
}
