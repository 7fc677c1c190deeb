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
use crate::{
    app::App,
    error::Failure,
    session::{Held, Place, Presence, Session},
    throttle::Try,
};

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
    let (session, cookie) = begin(&app, &headers, &witness, given, Place::Alone).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(session.info().clone())))
}

pub async fn sign_out(State(app): State<App>, headers: HeaderMap, witness: Witness) -> impl IntoResponse {
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, end(&app, &headers, &witness).await), FORGET])
}

/// Signs in, and gives the cookie that holds the session from then on.
pub(super) async fn begin(
    app: &App,
    headers: &HeaderMap,
    witness: &Witness,
    given: SignIn,
    place: Place<'_>,
) -> Result<(Session, HeaderValue), Failure> {
    let cloud = app.clouds.tried_cloud(&given);
    let attempt = match app.clouds.tried_account(&given) {
        None => None,
        Some(account) => Some(attempt(app, witness, &cloud, &account)?),
    };
    let begun = async {
        let session = app.clouds.sign_in(given, &app.sessions).await?;
        let cookie = admit(app, headers, witness, &session, place).await?;
        Ok::<_, ApiError>((session, cookie))
    };
    let begun = begun.await;
    if let Some(attempt) = attempt {
        settle(attempt, begun.as_ref().err());
    }
    match begun {
        Ok((session, cookie)) => {
            app.telemetry.sign_ins.fetch_add(1, Ordering::Relaxed);
            let info = session.info();
            tracing::info!(cloud = info.cloud.key, arn = info.arn, "signed in");
            witness.signed_in(&app.audit, &info.cloud.key, &info.arn, None);
            Ok((session, cookie))
        }
        Err(error) => {
            app.telemetry.sign_ins_refused.fetch_add(1, Ordering::Relaxed);
            witness.signed_in(&app.audit, &cloud, "", Some(&error));
            Err(error.into())
        }
    }
}

/// Room for one more guess at a secret of this account.
pub(super) fn attempt<'a>(app: &'a App, witness: &Witness, cloud: &str, account: &str) -> Result<Try<'a>, Failure> {
    app.throttle.attempt(witness.client.address, cloud, account).map_err(|seconds| {
        app.telemetry.sign_ins_throttled.fetch_add(1, Ordering::Relaxed);
        let message = format!("Too many sign-ins have failed. Try again in {seconds} seconds.");
        Failure::new(ErrorCode::Throttled, message).again_in(seconds)
    })
}

/// What the cloud never saw was no guess.
pub(super) fn settle(attempt: Try<'_>, error: Option<&ApiError>) {
    let is_guess =
        error.is_some_and(|error| matches!(error.code, ErrorCode::CredentialsRefused | ErrorCode::MfaRefused | ErrorCode::Forbidden));
    if is_guess { attempt.failed() } else { attempt.succeeded() }
}

/// Takes an identity into the browser's session, or into a new one, and gives the cookie of that.
pub(super) async fn admit(
    app: &App,
    headers: &HeaderMap,
    witness: &Witness,
    session: &Session,
    place: Place<'_>,
) -> Result<HeaderValue, ApiError> {
    let before = app.cookies.read(headers);
    let now = app.sessions.clock().now();
    let held = match (&before, place) {
        (None, _) | (_, Place::Alone) => None,
        (Some(id), _) => app.sessions.get(id).await?,
    };
    let held = held.map_or_else(|| Ok(Held::new(session.clone(), now)), |held| held.with(session.clone(), place, now))?;
    hold(app, headers, witness, held).await
}

/// These are the identities of the browser's session from now on: under a new id, whose cookie this gives.
pub(super) async fn hold(app: &App, headers: &HeaderMap, witness: &Witness, held: Held) -> Result<HeaderValue, ApiError> {
    let id = app.sessions.begin(held.clone(), app.cookies.read(headers).as_ref()).await?;
    app.sessions.came_from(&id, &held, Presence::of(headers, witness.client.address)).await;
    Ok(app.cookies.set(&id))
}

/// Ends the session with all its identities, if there is one, and gives the cookie that clears the browser's.
pub(super) async fn end(app: &App, headers: &HeaderMap, witness: &Witness) -> HeaderValue {
    if let Some(id) = app.cookies.read(headers) {
        if let Ok(Some(held)) = app.sessions.get(&id).await {
            for session in held.identities() {
                witness.signed_out(&app.audit, &session.info().cloud.key, &session.info().arn);
            }
        }
        app.sessions.end(&id).await;
    }
    app.cookies.clear()
}
