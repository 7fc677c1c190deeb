//! What became of lists that were asked for, kind by kind.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use api::kind::Kind;

/// Where a list was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Kept in this process.
    Here,
    /// In the shared store.
    Shared,
    /// Under way for somebody else.
    Joined,
    /// Nowhere: the cloud was asked.
    Nowhere,
}

impl Found {
    pub(super) const ALL: [(Self, &'static str); 4] =
        [(Self::Here, "here"), (Self::Shared, "shared"), (Self::Joined, "joined"), (Self::Nowhere, "nowhere")];
}

/// Counters of every kind.
#[derive(Debug)]
pub struct CacheCounters(Vec<PerKind>);

/// Counters of one kind.
#[derive(Debug, Default)]
pub(super) struct PerKind {
    pub(super) found: [AtomicU64; 4],
    /// How old the lists were that were found here, in all.
    pub(super) age_seconds: AtomicU64,
    pub(super) entries: AtomicI64,
    pub(super) bytes: AtomicI64,
    /// Let go for want of room.
    pub(super) evicted: AtomicU64,
}

impl Default for CacheCounters {
    fn default() -> Self {
        Self(Kind::ALL.iter().map(|_| PerKind::default()).collect())
    }
}

impl CacheCounters {
    pub fn found(&self, kind: Kind, found: Found) {
        self.of(kind).found[found as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub fn found_here(&self, kind: Kind, age_seconds: u64) {
        self.found(kind, Found::Here);
        self.of(kind).age_seconds.fetch_add(age_seconds, Ordering::Relaxed);
    }

    pub fn kept(&self, kind: Kind, bytes: usize) {
        self.of(kind).entries.fetch_add(1, Ordering::Relaxed);
        self.of(kind).bytes.fetch_add(i64::try_from(bytes).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// `evicted` says that it was for want of room.
    pub fn let_go(&self, kind: Kind, bytes: usize, evicted: bool) {
        self.of(kind).entries.fetch_sub(1, Ordering::Relaxed);
        self.of(kind).bytes.fetch_sub(i64::try_from(bytes).unwrap_or(i64::MAX), Ordering::Relaxed);
        self.of(kind).evicted.fetch_add(evicted.into(), Ordering::Relaxed);
    }

    pub(super) fn of(&self, kind: Kind) -> &PerKind {
        &self.0[kind as usize]
    }
}
