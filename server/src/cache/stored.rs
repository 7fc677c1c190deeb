//! A complete list that is kept.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use api::{Timestamp, list::Summary};
use bytes::Bytes;

use super::epoch::Stamped;

/// A complete list, in the bytes in which it goes out.
#[derive(Debug)]
pub struct Stored {
    /// Gzip of newline-delimited JSON.
    pub body: Bytes,
    pub etag: String,
    pub summary: Summary,
    pub(super) expires_at: Timestamp,
    pub(super) seconds: u32,
}

impl Stored {
    /// Roughly what it takes in memory, in bytes.
    pub(super) fn weight(&self) -> usize {
        // The key, its arguments and the table around it.
        const OVERHEAD: usize = 1024;
        self.body.len() + OVERHEAD
    }
}

/// Frees what has had its time. Whether a list may still be served is decided by the injected clock; this only returns the memory.
pub(super) struct Forget;

impl moka::Expiry<Stamped, Arc<Stored>> for Forget {
    fn expire_after_create(&self, _: &Stamped, list: &Arc<Stored>, _: Instant) -> Option<Duration> {
        Some(Duration::from_secs(list.seconds.into()))
    }

    fn expire_after_update(&self, _: &Stamped, list: &Arc<Stored>, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(Duration::from_secs(list.seconds.into()))
    }
}
