//! The sessions that are alive: here, and where there is a shared store, there too.
//!
//! The store has the last word, for a session may have been ended on another replica: each request asks it. While it is down the sessions that
//! this process knows go on, and about the others nothing can be said.

use std::{
    fmt,
    time::{Duration, Instant},
};

use api::{
    Timestamp,
    error::{ApiError, ErrorCode},
};

use super::{
    Held,
    id::{Hash, SessionId},
    presence::Presence,
    record,
    register::Register,
};
use crate::{
    clock::Clock,
    clouds::Clouds,
    config::SessionLimits,
    shared::{Name, Shared},
};

/// More than this many at once and those used least are ended: a bound on memory, far above what one process serves.
const MAX_SESSIONS: u64 = 50_000;

/// All sessions. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Sessions {
    pub(super) alive: moka::sync::Cache<Hash, Known>,
    /// From where each was last used.
    pub(super) used: moka::sync::Cache<Hash, Used>,
    /// Those that were ended here, for as long as a request that began before may bring them back.
    ended: moka::sync::Cache<Hash, ()>,
    pub(super) shared: Option<(Shared, Clouds)>,
    pub(super) register: Option<Register>,
    pub(super) limits: SessionLimits,
    pub(super) clock: Clock,
}

/// A session that this process has, and which of its records in the store it was made from.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) held: Held,
    record: Hash,
}

/// From where a session was last used, and what of it the other replicas were told, and when.
#[derive(Clone)]
pub(super) struct Used {
    pub(super) presence: Presence,
    pub(super) written: Option<(Presence, Timestamp)>,
}

impl Sessions {
    /// With a store, the clouds say where the sessions of other replicas lead.
    pub fn new(limits: SessionLimits, clock: Clock, shared: Option<(Shared, Clouds)>) -> Self {
        let alive = moka::sync::Cache::builder()
            .max_capacity(MAX_SESSIONS)
            .time_to_idle(Duration::from_secs(limits.idle.into()))
            .expire_after(Forget { absolute: limits.absolute, clock: clock.clone() })
            .build();
        let absolute = Duration::from_secs(limits.absolute.into());
        let ended = moka::sync::Cache::builder().max_capacity(MAX_SESSIONS).time_to_live(absolute).build();
        let used = moka::sync::Cache::builder().max_capacity(MAX_SESSIONS).time_to_live(absolute).build();
        let register = shared.as_ref().map(|(shared, _)| Register::new(shared.clone(), absolute));
        Self { alive, used, ended, shared, register, limits, clock }
    }

    /// The latest end of a session that begins now, where the cloud's credentials last until `expires_at`.
    pub fn end_of(&self, expires_at: Timestamp) -> Timestamp {
        expires_at.min(self.clock.now() + i64::from(self.limits.absolute))
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// How many this process knows, roughly.
    pub fn count(&self) -> u64 {
        self.alive.entry_count()
    }

    /// Lets a session in under a new id, and ends the one that this browser had before: an id never survives a sign-in, nor a sign-out of one
    /// of several.
    pub async fn begin(&self, held: Held, before: Option<&SessionId>) -> Result<SessionId, ApiError> {
        let id = SessionId::random();
        let mut record = Hash::default();
        if let Some((shared, _)) = &self.shared {
            let bytes = record::write(&held);
            record = super::id::hash(&bytes);
            shared.set(&name(&id.hash()), &bytes, self.idle()).await.map_err(|_| no_sign_in())?;
        }
        if let Some(before) = before {
            self.end(before).await;
        }
        self.alive.insert(id.hash(), Known { held, record });
        Ok(id)
    }

    /// The session of this id, with those of its identities that are alive; being asked for keeps it so. Fails where that cannot be known.
    pub async fn get(&self, id: &SessionId) -> Result<Option<Held>, ApiError> {
        let hash = id.hash();
        let mut known = self.alive.get(&hash);
        if let Some((shared, clouds)) = &self.shared {
            match shared.get(&name(&hash), Some(self.idle())).await {
                Ok(Some(bytes)) => {
                    let bytes = zeroize::Zeroizing::new(bytes);
                    let record = super::id::hash(&bytes);
                    if known.as_ref().is_none_or(|known| known.record != record) {
                        let held = record::read(&bytes, clouds, self.clock.now());
                        known = held.map(|held| Known { held, record });
                        if let Some(known) = &known {
                            self.alive.insert(hash, known.clone());
                        }
                        // It may have been ended since the store was asked.
                        if self.ended.contains_key(&hash) {
                            known = None;
                        }
                    }
                    if let Some(known) = &known {
                        // On whichever replica it was used: the store would have forgotten it otherwise.
                        known.held.seen(self.clock.now());
                    }
                }
                Ok(None) => known = None,
                Err(_) if known.is_none() => return Err(unknown()),
                Err(_) => {}
            }
        }
        let now = self.clock.now();
        let held = known.and_then(|known| known.held.alive(now, self.limits.idle));
        match &held {
            Some(held) => held.seen(now),
            None => self.alive.invalidate(&hash),
        }
        Ok(held)
    }

    pub async fn end(&self, id: &SessionId) {
        self.end_hashed(&id.hash()).await;
    }

    pub(super) async fn end_hashed(&self, session: &Hash) {
        if self.shared.is_some() {
            self.ended.insert(*session, ());
        }
        self.alive.invalidate(session);
        self.used.invalidate(session);
        if let Some((shared, _)) = &self.shared {
            shared.surely_remove(&name(session)).await;
        }
    }

    fn idle(&self) -> Duration {
        Duration::from_secs(self.limits.idle.into())
    }
}

pub(super) fn name(session: &Hash) -> Name {
    Name::new("session", &[session])
}

fn no_sign_in() -> ApiError {
    let message = "Canopy cannot reach the store in which it keeps sessions, so nobody can sign in right now. Nothing is wrong with your \
                   credentials. Try again in a minute, and tell whoever runs Canopy if it lasts.";
    ApiError::new(ErrorCode::Unreachable, message)
}

fn unknown() -> ApiError {
    let message =
        "Canopy cannot reach the store in which it keeps sessions, so it cannot tell whether you are signed in. Try again in a minute.";
    ApiError::new(ErrorCode::Unreachable, message)
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

impl moka::Expiry<Hash, Known> for Forget {
    fn expire_after_create(&self, _: &Hash, known: &Known, _: Instant) -> Option<Duration> {
        let left = (known.held.expires_at() - self.clock.now()).clamp(0, self.absolute.into());
        Some(Duration::from_secs(left.unsigned_abs()))
    }
}
