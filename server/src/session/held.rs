//! What a browser's session holds: the identities that somebody has signed in as.
//!
//! They share the session's id and its idle time. Each ends by itself, with its credentials; the session ends with the last.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use api::{
    Timestamp,
    error::{ApiError, ErrorCode},
    session::SessionInfo,
};

use super::Session;

/// All identities of a session, in the order in which they came; never none. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Held {
    identities: Vec<Session>,
    /// When the session got the id that it has.
    began_at: Timestamp,
    seen_at: Arc<AtomicI64>,
}

/// Where a new identity goes among those that are held already.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// There are no others from then on.
    Alone,
    /// Last, or where the same principal was before.
    Further,
    /// Where this one is, which it takes the place of.
    Of(&'a str),
}

impl Held {
    pub fn new(first: Session, now: Timestamp) -> Self {
        Self::of(vec![first], now)
    }

    fn of(identities: Vec<Session>, now: Timestamp) -> Self {
        Self { identities, began_at: now, seen_at: Arc::new(AtomicI64::new(now)) }
    }

    /// The same as it was begun then, at whichever replica.
    pub(super) fn begun(self, began_at: Timestamp) -> Self {
        Self { began_at, ..self }
    }

    pub(super) fn began_at(&self) -> Timestamp {
        self.began_at
    }

    pub(super) fn seen_at(&self) -> Timestamp {
        self.seen_at.load(Ordering::Relaxed)
    }

    /// `None` where there is none.
    pub(super) fn all(identities: Vec<Session>, now: Timestamp) -> Option<Self> {
        (!identities.is_empty()).then(|| Self::of(identities, now))
    }

    pub fn identities(&self) -> &[Session] {
        &self.identities
    }

    pub fn infos(&self) -> Vec<SessionInfo> {
        self.identities.iter().map(|session| session.info().clone()).collect()
    }

    /// Whom a request is for that does not say.
    pub fn first(&self) -> &Session {
        &self.identities[0]
    }

    pub fn find(&self, identity: &str) -> Option<&Session> {
        self.identities.iter().find(|session| session.identity() == identity)
    }

    /// The identity that a request names; that it is gone is no reason to answer for another.
    pub fn named(&self, identity: &str) -> Result<&Session, ApiError> {
        self.find(identity).ok_or_else(|| {
            ApiError::new(ErrorCode::SessionExpired, "You are no longer signed in as the identity that this page is for. Sign in again.")
        })
    }

    /// These and a new one. Fails where there are too many.
    pub fn with(&self, new: Session, place: Place<'_>, now: Timestamp) -> Result<Self, ApiError> {
        let replaced = match place {
            Place::Alone => return Ok(Self::new(new, now)),
            Place::Further => None,
            Place::Of(identity) => Some(identity),
        };
        let is = |session: &Session, identity: &str| session.identity() == identity;
        let position = |identity: &str| self.identities.iter().position(|session| is(session, identity));
        let at = replaced.and_then(position).or_else(|| position(new.identity()));
        let mut identities = self.identities.clone();
        identities.retain(|session| !is(session, new.identity()) && replaced.is_none_or(|replaced| !is(session, replaced)));
        if identities.len() >= SessionInfo::MOST {
            let message = format!(
                "You are signed in as {} identities, and no more fit into one session. Sign out of one of them first.",
                SessionInfo::MOST
            );
            return Err(ApiError::new(ErrorCode::Conflict, message));
        }
        identities.insert(at.unwrap_or(identities.len()).min(identities.len()), new);
        Ok(Self::of(identities, now))
    }

    /// These without one; `None` where it was the last.
    pub fn without(&self, identity: &str, now: Timestamp) -> Option<Self> {
        Self::all(self.identities.iter().filter(|session| session.identity() != identity).cloned().collect(), now)
    }

    /// Those that have not ended; `None` where all have, or nobody was here for this many seconds.
    pub(super) fn alive(mut self, now: Timestamp, idle: u32) -> Option<Self> {
        self.identities.retain(|session| session.is_alive(now));
        let is_here = now < self.seen_at() + i64::from(idle);
        (is_here && !self.identities.is_empty()).then_some(self)
    }

    pub(super) fn seen(&self, now: Timestamp) {
        self.seen_at.fetch_max(now, Ordering::Relaxed);
    }

    /// When the last of them ends.
    pub(super) fn expires_at(&self) -> Timestamp {
        self.identities.iter().map(|session| session.info().expires_at).max().unwrap_or_default()
    }
}
