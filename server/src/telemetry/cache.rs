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

/// Numbers of one kind at a moment, with what follows from them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    found: [u64; 4],
    age_seconds: u64,
    pub entries: u64,
    pub bytes: u64,
    pub evicted: u64,
}

impl Numbers {
    pub fn asked(&self) -> u64 {
        self.found.iter().sum()
    }

    pub fn found(&self, place: Found) -> u64 {
        self.found[place as usize]
    }

    /// Of a hundred lists those that the cloud was not asked for; `None` where nobody asked.
    pub fn hit_percent(&self) -> Option<u64> {
        let asked = self.asked();
        (asked > 0).then(|| (asked - self.found(Found::Nowhere)) * 100 / asked)
    }

    /// How old lists were that were found here, in seconds, on average.
    pub fn age(&self) -> Option<u64> {
        self.age_seconds.checked_div(self.found(Found::Here))
    }
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

    /// What is counted of a kind, as it is now.
    pub fn numbers(&self, kind: Kind) -> Numbers {
        let of = self.of(kind);
        let positive = |number: &AtomicI64| u64::try_from(number.load(Ordering::Relaxed)).unwrap_or_default();
        Numbers {
            found: [0, 1, 2, 3].map(|place| of.found[place].load(Ordering::Relaxed)),
            age_seconds: of.age_seconds.load(Ordering::Relaxed),
            entries: positive(&of.entries),
            bytes: positive(&of.bytes),
            evicted: of.evicted.load(Ordering::Relaxed),
        }
    }

    pub(super) fn of(&self, kind: Kind) -> &PerKind {
        &self.0[kind as usize]
    }
}
