//! Numbers about what the server does, counted where it happens and read by whoever watches it ([`Telemetry::text`]).

mod cache;
mod requests;
#[cfg(test)]
mod tests;
mod text;

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64},
    },
};

pub use cache::{CacheCounters, Found, Numbers};
pub use requests::Requests;

/// All counters. Cheap to clone; all clones count together.
#[derive(Clone, Debug, Default)]
pub struct Telemetry(Arc<Counters>);

/// See [`Telemetry`]. What only grows is a counter, the rest says how it is now.
#[derive(Debug, Default)]
pub struct Counters {
    pub requests: Requests,
    pub cache: CacheCounters,
    /// Only where there is a shared store.
    pub store_is_set: AtomicBool,
    pub store_up: AtomicBool,
    pub store_errors: AtomicU64,
    /// Entries that no key of ours opens: a key was changed too early, or somebody else writes there.
    pub store_unreadable: AtomicU64,
    pub sign_ins: AtomicU64,
    pub sign_ins_refused: AtomicU64,
    pub sign_ins_throttled: AtomicU64,
    pub changes: AtomicU64,
}

impl Deref for Telemetry {
    type Target = Counters;

    fn deref(&self) -> &Counters {
        &self.0
    }
}
