//! Lists, loaded once for everybody who waits for the same one and kept for as long as their kind allows.
//!
//! A list is keyed by what was asked for and by who may see it ([`Key`]); two principals never share one. Freshness is the default and keeping
//! the exception ([`Term`]). Three properties carry the rest:
//!
//! - **Single flight.** A list under way is a growing buffer of compressed pages that everybody who asks for it reads from its start, so a
//!   thousand readers cost one load and each has the first page as soon as the cloud has answered it.
//! - **Epochs.** Every (kind, scope) has a number that a change replaces; it is part of the key. A load begun before the change ends under the
//!   old number, which nobody asks for any more. Deleting keys could not do that: the load under way would put the old list back.
//! - **Kept as sent.** A complete list is stored in the bytes that went out; a hit copies a pointer.
//! - **One for all replicas.** With a shared store the epochs are there, and complete lists too, behind those of the process.
//!
//! It knows nothing of clouds and nothing of HTTP.

mod epoch;
mod gzip;
mod key;
mod load;
mod second;
mod stored;
mod term;
#[cfg(test)]
mod tests;
mod writer;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    future::Future,
    panic::{AssertUnwindSafe, resume_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use api::kind::Kind;
use futures::FutureExt;

use crate::{
    clock::Clock,
    shared::Shared,
    telemetry::{Found, Telemetry},
};
use epoch::{Epochs, Stamped};
use load::Load;

pub use gzip::Decoder;
pub use key::{Key, Scope};
pub use load::Reader;
pub use stored::Stored;
pub use term::{Lifetimes, Term, Terms};
pub use writer::Writer;

/// The lists of everybody. Cheap to clone; all clones are the same cache.
#[derive(Clone)]
pub struct Lists(Arc<Inner>);

struct Inner {
    terms: Terms,
    clock: Clock,
    epochs: Epochs,
    stored: moka::sync::Cache<Stamped, Arc<Stored>>,
    loading: Mutex<HashMap<Stamped, Arc<Load>>>,
    shared: Option<Shared>,
    telemetry: Telemetry,
}

/// What some kinds are in the eyes of a scope until one of them changes: a key for what is made of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stamp(Vec<Stamped>);

/// A list as it can be had now.
pub enum List {
    Stored(Arc<Stored>),
    /// Under way: begun by this request or joined.
    Loading(Reader),
}

impl Lists {
    /// A cache that keeps at most `capacity` bytes of compressed lists, and has the rest in the shared store if there is one.
    pub fn new(terms: Terms, capacity: u64, clock: Clock, shared: Option<Shared>, telemetry: Telemetry) -> Self {
        let counted = telemetry.clone();
        let stored = moka::sync::Cache::builder()
            .max_capacity(capacity)
            .weigher(|_: &Stamped, list: &Arc<Stored>| u32::try_from(list.weight()).unwrap_or(u32::MAX))
            .expire_after(stored::Forget)
            .eviction_listener(move |key, list, cause| {
                counted.cache.let_go(key.key.kind, list.weight(), cause == moka::notification::RemovalCause::Size);
            })
            .build();
        let epochs = Epochs::new(shared.clone());
        Self(Arc::new(Inner { terms, clock, epochs, stored, loading: Mutex::default(), shared, telemetry }))
    }

    /// The list of this key: kept, under way, or begun now by `load`. With `reload` it is begun now whatever there is.
    pub async fn list<F>(&self, key: Key, reload: bool, load: impl FnOnce(Writer) -> F) -> List
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let key = Key { scope: key.scope.of(key.kind), ..key };
        if reload && self.0.shared.is_some() {
            // The other replicas have the list that somebody no longer believes.
            self.0.epochs.advance(key.kind, &key.scope).await;
        }
        let kind = key.kind;
        let key = self.0.epochs.stamp(key, self.keeps(kind)).await;
        if !reload {
            if let Some(list) = self.0.fresh(&key) {
                return self.0.kept_here(list, kind);
            }
            if let Some(list) = self.0.shared_list(&key).await {
                return List::Stored(list);
            }
        }
        let (reader, writer) = {
            let mut loading = self.0.loading();
            if !reload {
                if let Some(load) = loading.get(&key) {
                    self.0.telemetry.cache.found(kind, Found::Joined);
                    return List::Loading(load.reader());
                }
                // A load may have ended since the first look: it stores its list before it leaves the table.
                if let Some(list) = self.0.fresh(&key) {
                    return self.0.kept_here(list, kind);
                }
            }
            let load = Arc::new(Load::new());
            let reader = load.reader();
            loading.insert(key.clone(), Arc::clone(&load));
            (reader, Writer::new(self.clone(), key, load))
        };
        self.0.telemetry.cache.found(kind, Found::Nowhere);
        // A task of its own: whoever asked first may leave, the others still wait for it.
        tokio::spawn(load(writer));
        List::Loading(reader)
    }

    /// Makes every list of these kinds that was begun until now stale, for those who see this scope, on every replica.
    pub async fn touch(&self, scope: &Arc<Scope>, kinds: &[Kind]) {
        let advance = |&kind| async move { self.0.epochs.advance(kind, &scope.of(kind)).await };
        futures::future::join_all(kinds.iter().map(advance)).await;
    }

    /// Carries a change out and does [`Lists::touch`] before anybody knows what became of it: also when it failed half-way or panicked.
    pub async fn touch_after<R>(&self, scope: &Arc<Scope>, kinds: &[Kind], change: impl Future<Output = R>) -> R {
        let result = AssertUnwindSafe(change).catch_unwind().await;
        self.touch(scope, kinds).await;
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// What these kinds are until one of them is touched.
    pub async fn stamp(&self, scope: &Arc<Scope>, kinds: &[Kind]) -> Stamp {
        let stamp = |&kind| {
            let scope = scope.of(kind);
            async move { self.0.epochs.stamp(Key { kind, args: BTreeMap::new(), scope }, self.keeps(kind)).await }
        };
        Stamp(futures::future::join_all(kinds.iter().map(stamp)).await)
    }

    /// Whether lists of this kind are kept at all.
    pub fn keeps(&self, kind: Kind) -> bool {
        self.term(kind).is_some()
    }

    /// For how many seconds lists of this kind are kept, if they are.
    pub fn term(&self, kind: Kind) -> Option<u32> {
        self.0.terms.seconds(kind)
    }

    /// Makes all lists of this kind stale, whoever sees them, on every replica. This one gives their room back now, the others with their term.
    pub async fn drop_all(&self, kind: Kind) {
        self.0.epochs.advance_all(kind).await;
        for (key, _) in self.0.stored.iter().filter(|(key, _)| key.key.kind == kind) {
            self.0.stored.invalidate(&*key);
        }
        self.0.stored.run_pending_tasks();
    }
}

impl Inner {
    fn fresh(&self, key: &Stamped) -> Option<Arc<Stored>> {
        self.stored.get(key).filter(|list| self.clock.now() < list.expires_at)
    }

    fn kept_here(&self, list: Arc<Stored>, kind: Kind) -> List {
        let left = list.expires_at - self.clock.now();
        self.telemetry.cache.found_here(kind, u64::try_from(i64::from(list.seconds) - left).unwrap_or_default());
        List::Stored(list)
    }

    /// The list in the shared store, which from then on is kept here too.
    async fn shared_list(&self, key: &Stamped) -> Option<Arc<Stored>> {
        let shared = self.shared.as_ref().filter(|_| self.terms.seconds(key.key.kind).is_some())?;
        let list = second::find(shared, key).await.filter(|list| self.clock.now() < list.expires_at)?;
        self.telemetry.cache.found(key.key.kind, Found::Shared);
        let list = Arc::new(list);
        self.keep(key, &list);
        Some(list)
    }

    fn keep(&self, key: &Stamped, list: &Arc<Stored>) {
        self.telemetry.cache.kept(key.key.kind, list.weight());
        self.stored.insert(key.clone(), Arc::clone(list));
    }

    fn loading(&self) -> MutexGuard<'_, HashMap<Stamped, Arc<Load>>> {
        // Nothing that runs under this lock leaves the table half-changed.
        self.loading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Lists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lists").field("terms", &self.0.terms).finish_non_exhaustive()
    }
}
