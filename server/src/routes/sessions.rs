//! The sessions that one has elsewhere, and their end.

use api::{
    error::ErrorCode,
    sessions::{EndedSessions, OpenSession, OpenSessions},
};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};

use super::witness::Witness;
use crate::{
    app::App,
    error::Failure,
    session::{Session, SessionId},
};

pub async fn list(State(app): State<App>, session: Session, headers: HeaderMap) -> Json<OpenSessions> {
    let own = app.sessions.handle(&id(&app, &headers));
    let (notes, is_whole) = app.sessions.of_same(&session).await;
    let open = notes.into_iter().map(|note| {
        let handle = note.handle();
        OpenSession {
            is_this: handle == own,
            handle,
            browser: note.presence.browser,
            address: note.presence.address,
            began_at: note.began_at,
            seen_at: note.seen_at,
            expires_at: note.expires_at,
        }
    });
    let mut sessions: Vec<_> = open.collect();
    sessions.sort_by_key(|session| !session.is_this);
    Json(OpenSessions { sessions, is_whole })
}

/// Ends one, of those that belong to whoever asks.
pub async fn end(State(app): State<App>, session: Session, witness: Witness, Path(handle): Path<String>) -> Result<StatusCode, Failure> {
    if !app.sessions.end_one(&session, &handle).await {
        return Err(Failure::new(ErrorCode::NotFound, "You have no such session. It may have ended by itself."));
    }
    witness.ended_elsewhere(&app.audit, session.info(), &[handle]);
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all but the one that asks.
pub async fn end_others(State(app): State<App>, session: Session, headers: HeaderMap, witness: Witness) -> Json<EndedSessions> {
    let ended = app.sessions.end_others(&id(&app, &headers), &session).await;
    witness.ended_elsewhere(&app.audit, session.info(), &ended);
    Json(EndedSessions { ended: u32::try_from(ended.len()).unwrap_or(u32::MAX) })
}

fn id(app: &App, headers: &HeaderMap) -> SessionId {
    app.cookies.read(headers).expect("who has a session has its cookie")
}
