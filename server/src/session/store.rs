//! The sessions that are alive.

use std::{
    fmt,
    time::{Duration, Instant},
};

use super::{
    Session,
    id::{Hash, SessionId},
};
use crate::{clock::Clock, config::SessionLimits};

/// More than this many at once and those used least are ended: a bound on memory, far above what one process serves.
const MAX_SESSIONS: u64 = 50_000;

/// All sessions. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Sessions {
    alive: moka::sync::Cache<Hash, Session>,
    limits: SessionLimits,
    clock: Clock,
}

impl Sessions {
    pub fn new(limits: SessionLimits, clock: Clock) -> Self {
        let alive = moka::sync::Cache::builder()
            .max_capacity(MAX_SESSIONS)
            .time_to_idle(Duration::from_secs(limits.idle.into()))
            .expire_after(Forget { absolute: limits.absolute, clock: clock.clone() })
            .build();
        Self { alive, limits, clock }
    }

    /// The latest end of a session that begins now, where the cloud's credentials last until `expires_at`.
    pub fn end_of(&self, expires_at: api::Timestamp) -> api::Timestamp {
        expires_at.min(self.clock.now() + i64::from(self.limits.absolute))
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Lets a session in under a new id, and ends the one that this browser had before: an id never survives a sign-in.
    pub fn begin(&self, session: Session, before: Option<&SessionId>) -> SessionId {
        if let Some(before) = before {
            self.end(before);
        }
        let id = SessionId::random();
        self.alive.insert(id.hash(), session);
        id
    }

    /// The session of this id, if it is alive; being asked for keeps it so.
    pub fn get(&self, id: &SessionId) -> Option<Session> {
        let hash = id.hash();
        let session = self.alive.get(&hash)?;
        let now = self.clock.now();
        if !session.is_alive(now, self.limits.idle) {
            self.alive.invalidate(&hash);
            return None;
        }
        session.seen(now);
        Some(session)
    }

    pub fn end(&self, id: &SessionId) {
        self.alive.invalidate(&id.hash());
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Frees what is over. Whether a session is alive is decided by the injected clock; this only returns the memory, credentials included.
struct Forget {
    absolute: u32,
    clock: Clock,
}

impl moka::Expiry<Hash, Session> for Forget {
    fn expire_after_create(&self, _: &Hash, session: &Session, _: Instant) -> Option<Duration> {
        let left = (session.0.expires_at - self.clock.now()).clamp(0, self.absolute.into());
        Some(Duration::from_secs(left.unsigned_abs()))
    }
}
