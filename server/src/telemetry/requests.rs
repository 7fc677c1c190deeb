//! Requests by what they were for, and how long they took until their answers began.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Upper bounds of the buckets, in seconds.
pub(super) const BOUNDS: [f64; 10] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0];

/// Counters by route, method and status.
#[derive(Debug, Default)]
pub struct Requests(Mutex<BTreeMap<Label, Latency>>);

/// The route is a pattern of ours and never what somebody sent, so there are only so many.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Label {
    pub(super) route: String,
    pub(super) method: String,
    pub(super) status: u16,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Latency {
    /// By the first bound that holds; the last is for what is above all of them.
    pub(super) buckets: [u64; BOUNDS.len() + 1],
    pub(super) count: u64,
    pub(super) seconds: f64,
}

impl Requests {
    pub fn answered(&self, route: &str, method: &str, status: u16, took: Duration) {
        let seconds = took.as_secs_f64();
        let bucket = BOUNDS.iter().position(|bound| seconds <= *bound).unwrap_or(BOUNDS.len());
        // No other method has a route.
        let method = if matches!(method, "GET" | "HEAD" | "POST" | "DELETE") { method } else { "other" };
        let label = Label { route: route.to_owned(), method: method.to_owned(), status };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let latency = all.entry(label).or_default();
        latency.buckets[bucket] += 1;
        latency.count += 1;
        latency.seconds += seconds;
    }

    pub(super) fn all(&self) -> BTreeMap<Label, Latency> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
