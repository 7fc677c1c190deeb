//! State that replicas share: sessions and lists, in a store beside them, so that any replica serves any request.
//!
//! A store is told nothing: entries are named by hashes, and what is in them is sealed before it leaves the process ([`Keys`]). It may also be
//! down, slow, or have forgotten what it was given: a call then says [`Down`] or finds nothing, at once and never later than its time limit,
//! and whoever asked goes on without. What could not be written meanwhile is written before the store counts as up again, so that a list that
//! a change made stale, or a session that was ended, does not come back with it.

mod address;
#[cfg(test)]
pub(crate) mod double;
mod key;
mod memcached;
mod outage;
mod redis;
mod store;
#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use crate::{
    config::{Config, Problem},
    telemetry::Telemetry,
};
use outage::{Outage, Write};
use store::Store;

pub use address::Address;
pub(crate) use key::write_private;
pub use key::{KeyError, Keys};
pub use store::Down;

/// The store of this replica. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Shared(Arc<Inner>);

struct Inner {
    store: Box<dyn Store>,
    keys: Keys,
    outage: Outage,
    telemetry: Telemetry,
    /// For one call.
    patience: Duration,
}

/// What an entry is called in the store: what kind of thing it is, and a hash of what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// `parts` may hold what nobody else is to know; the name does not tell.
    pub fn new(kind: &'static str, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let digest = hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        Self(format!("canopy:1:{kind}:{digest}"))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A bulky value may take longer, by a second for so many bytes.
const BYTES_PER_SECOND: usize = 8 * 1024 * 1024;

impl Shared {
    /// The store of this configuration, if it has one.
    pub fn configured(config: &Config, telemetry: &Telemetry) -> Result<Option<Self>, Problem> {
        let Some(store) = &config.store else { return Ok(None) };
        let problem = |message| Problem { key: Some("store.address".to_owned()), ..Problem::plain(message) };
        let place: Box<dyn Store> = match &store.address {
            Address::Redis(url) => Box::new(redis::Redis::new(url, store.ca_bundle.clone()).map_err(problem)?),
            Address::Memcached(host) => Box::new(memcached::Memcached::new(host.clone())),
        };
        Ok(Some(Self::with(place, store.keys()?, store.timeout, telemetry.clone())))
    }

    fn with(store: Box<dyn Store>, keys: Keys, patience: Duration, telemetry: Telemetry) -> Self {
        telemetry.store_is_set.store(true, Ordering::Relaxed);
        telemetry.store_up.store(true, Ordering::Relaxed);
        Self(Arc::new(Inner { store, keys, outage: Outage::default(), telemetry, patience }))
    }

    /// What is kept under this name, if it is there, whole, and was written with one of our keys. With `keep` it stays for so long from now on.
    pub async fn get(&self, name: &Name, keep: Option<Duration>) -> Result<Option<Vec<u8>>, Down> {
        // A list may be bulky; its size is known when it is here.
        let found = self.call(self.0.patience * 2, self.0.store.get(name.as_str(), keep)).await?;
        let Some(sealed) = found else { return Ok(None) };
        let opened = self.0.keys.open(name.as_str(), &sealed);
        if opened.is_none() {
            self.0.telemetry.store_unreadable.fetch_add(1, Ordering::Relaxed);
        }
        Ok(opened)
    }

    /// Keeps a value for so long, if the store has room.
    pub async fn set(&self, name: &Name, value: &[u8], keep: Duration) -> Result<(), Down> {
        let sealed = Bytes::from(self.0.keys.seal(name.as_str(), value));
        let patience = self.patience_for(sealed.len());
        self.call(patience, self.0.store.set(name.as_str(), sealed, keep)).await
    }

    /// As [`Shared::set`], and if it cannot be done now it is before the store is used again. The value is made anew for every try: nobody can
    /// say whether one that got no answer was carried out, and when.
    pub async fn surely_set(&self, name: &Name, value: impl Fn() -> Vec<u8> + Send + Sync + 'static, keep: Duration) {
        let (keys, sealed_for) = (self.0.keys.clone(), name.clone());
        let make = move || Bytes::from(keys.seal(sealed_for.as_str(), &value()));
        self.surely(name, Write::Set(Arc::new(make), keep)).await;
    }

    /// Forgets an entry, now or before the store is used again.
    pub async fn surely_remove(&self, name: &Name) {
        self.surely(name, Write::Remove).await;
    }

    /// Which run of the store holds what is there now. A store that comes back from its disk has forgotten what it was told last.
    pub fn run(&self) -> String {
        self.0.store.run()
    }

    async fn surely(&self, name: &Name, write: Write) {
        // First the note, so that an outage that ends meanwhile cannot miss it.
        let ticket = self.0.outage.owe(name, write.clone());
        if self.call(self.0.patience, write.apply(&*self.0.store, name.as_str())).await.is_ok() {
            self.0.outage.paid(name, ticket);
        }
    }

    fn patience_for(&self, bytes: usize) -> Duration {
        let more = u32::try_from(bytes * 1000 / BYTES_PER_SECOND).unwrap_or(u32::MAX);
        self.0.patience + Duration::from_millis(more.into())
    }

    async fn call<T>(&self, patience: Duration, call: impl Future<Output = Result<T, Down>> + Send) -> Result<T, Down> {
        if self.0.outage.is_on() {
            return Err(Down("it is being waited for".to_owned()));
        }
        let result = timeout(patience, call).await.unwrap_or_else(|_| Err(Down(format!("no answer within {} ms", patience.as_millis()))));
        if let Err(Down(why)) = &result {
            self.0.telemetry.store_errors.fetch_add(1, Ordering::Relaxed);
            self.begin_outage(why);
        }
        result
    }

    /// Stops asking, says so once, and looks now and then whether the store is back.
    fn begin_outage(&self, why: &str) {
        if !self.0.outage.begin() {
            return;
        }
        self.0.telemetry.store_up.store(false, Ordering::Relaxed);
        tracing::warn!(store = %self.0.store.place(), why, "the shared store is down: lists come from the clouds, sessions known here go on");
        let shared = self.clone();
        tokio::spawn(async move {
            let begun = tokio::time::Instant::now();
            shared.0.outage.wait_for(&*shared.0.store, shared.0.patience).await;
            shared.0.telemetry.store_up.store(true, Ordering::Relaxed);
            tracing::info!(store = %shared.0.store.place(), seconds = begun.elapsed().as_secs(), "the shared store is back");
        });
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shared").field(&self.0.store.place()).finish()
    }
}
