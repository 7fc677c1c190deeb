//! Numbers that tell what was loaded before a change from what was loaded after it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use api::kind::Kind;

use super::key::{Key, Scope};

/// A key, and the epoch in which it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stamped {
    pub(super) key: Key,
    pub(super) epoch: u64,
}

/// The current epoch of every (kind, scope).
///
/// A number is never given out twice, so that an epoch forgotten for want of use can only lead to a load too many, never to an old list.
pub(super) struct Epochs {
    current: moka::sync::Cache<(Kind, Arc<Scope>), u64>,
    next: AtomicU64,
}

impl Epochs {
    pub(super) fn new() -> Self {
        let current = moka::sync::Cache::builder().max_capacity(100_000).time_to_idle(Duration::from_hours(24)).build();
        Self { current, next: AtomicU64::new(0) }
    }

    pub(super) fn stamp(&self, key: Key) -> Stamped {
        let epoch = self.current.get_with((key.kind, Arc::clone(&key.scope)), || self.fresh());
        Stamped { key, epoch }
    }

    pub(super) fn advance(&self, kind: Kind, scope: &Arc<Scope>) {
        self.current.insert((kind, Arc::clone(scope)), self.fresh());
    }

    fn fresh(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}
