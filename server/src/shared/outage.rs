//! An outage of the store: nobody asks it meanwhile, and what it has to be told is kept for when it is back.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use tokio::time::{sleep, timeout};

use super::{
    Name,
    store::{Answer, Store},
};

/// How long to wait before looking again.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
/// Far more than what changes in an outage. Beyond it epochs are let go, whose names come first, and their lists end with their term; what was
/// ended stays to be ended.
const MOST_OWED: usize = 20_000;

/// A write that must not be lost.
#[derive(Clone)]
pub(super) enum Write {
    Set(Arc<dyn Fn() -> Bytes + Send + Sync>, Duration),
    Remove,
}

impl Write {
    pub(super) fn apply<'a>(&self, store: &'a dyn Store, name: &'a str) -> Answer<'a, ()> {
        match self {
            Self::Set(make, keep) => store.set(name, make(), *keep),
            Self::Remove => store.remove(name),
        }
    }
}

#[derive(Default)]
pub(super) struct Outage {
    on: AtomicBool,
    next: AtomicU64,
    owed: Mutex<BTreeMap<Name, (u64, Write)>>,
}

impl Outage {
    pub(super) fn is_on(&self) -> bool {
        self.on.load(Ordering::Acquire)
    }

    /// `false` if it is on already.
    pub(super) fn begin(&self) -> bool {
        !self.on.swap(true, Ordering::AcqRel)
    }

    /// Notes a write, which takes the place of an earlier one of the same name.
    pub(super) fn owe(&self, name: &Name, write: Write) -> u64 {
        let ticket = self.next.fetch_add(1, Ordering::Relaxed);
        let mut owed = self.owed();
        if owed.len() >= MOST_OWED {
            owed.pop_first();
        }
        owed.insert(name.clone(), (ticket, write));
        ticket
    }

    /// Strikes it off, unless it is another one by now.
    pub(super) fn paid(&self, name: &Name, ticket: u64) {
        let mut owed = self.owed();
        if owed.get(name).is_some_and(|(noted, _)| *noted == ticket) {
            owed.remove(name);
        }
    }

    /// Until the store answers and knows all that it is owed.
    pub(super) async fn wait_for(&self, store: &dyn Store, patience: Duration) {
        let (mut pause, longest) = PAUSES;
        loop {
            sleep(pause).await;
            store.reset();
            pause = (pause * 2).min(longest);
            // The first call after an outage connects, with TLS and a password perhaps.
            let answers = timeout(patience * 4, store.get("canopy:1:are-you-there", None)).await;
            if matches!(answers, Ok(Ok(_))) && self.pay(store, patience).await {
                return;
            }
        }
    }

    async fn pay(&self, store: &dyn Store, patience: Duration) -> bool {
        loop {
            let first = self.owed().first_key_value().map(|(name, (ticket, write))| (name.clone(), *ticket, write.clone()));
            let Some((name, ticket, write)) = first else {
                self.on.store(false, Ordering::Release);
                // Noted by somebody who found it still on, after the last look and before this one.
                if self.owed().is_empty() {
                    return true;
                }
                self.on.store(true, Ordering::Release);
                continue;
            };
            if !matches!(timeout(patience, write.apply(store, name.as_str())).await, Ok(Ok(()))) {
                return false;
            }
            self.paid(&name, ticket);
        }
    }

    fn owed(&self) -> MutexGuard<'_, BTreeMap<Name, (u64, Write)>> {
        // One call changes it at a time, each in one step.
        self.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
