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
//!
//! It knows nothing of clouds and nothing of HTTP.

mod epoch;
mod gzip;
mod key;
mod load;
mod stored;
mod term;
#[cfg(test)]
mod tests;
mod writer;

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use api::kind::Kind;

use crate::clock::Clock;
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
}

/// A list as it can be had now.
pub enum List {
    Stored(Arc<Stored>),
    /// Under way: begun by this request or joined.
    Loading(Reader),
}

impl Lists {
    /// A cache that keeps at most `capacity` bytes of compressed lists.
    pub fn new(terms: Terms, capacity: u64, clock: Clock) -> Self {
        let stored = moka::sync::Cache::builder()
            .max_capacity(capacity)
            .weigher(|_: &Stamped, list: &Arc<Stored>| u32::try_from(list.weight()).unwrap_or(u32::MAX))
            .expire_after(stored::Forget)
            .build();
        Self(Arc::new(Inner { terms, clock, epochs: Epochs::new(), stored, loading: Mutex::default() }))
    }

    /// The list of this key: kept, under way, or begun now by `load`. With `reload` it is begun now whatever there is.
    pub fn list<F>(&self, key: Key, reload: bool, load: impl FnOnce(Writer) -> F) -> List
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let key = self.0.epochs.stamp(Key { scope: key.scope.of(key.kind), ..key });
        if !reload && let Some(list) = self.0.fresh(&key) {
            return List::Stored(list);
        }
        let (reader, writer) = {
            let mut loading = self.0.loading();
            if !reload {
                if let Some(load) = loading.get(&key) {
                    return List::Loading(load.reader());
                }
                // A load may have ended since the first look: it stores its list before it leaves the table.
                if let Some(list) = self.0.fresh(&key) {
                    return List::Stored(list);
                }
            }
            let load = Arc::new(Load::new());
            let reader = load.reader();
            loading.insert(key.clone(), Arc::clone(&load));
            (reader, Writer::new(self.clone(), key, load))
        };
        // A task of its own: whoever asked first may leave, the others still wait for it.
        tokio::spawn(load(writer));
        List::Loading(reader)
    }

    /// Makes every list of these kinds that was begun until now stale, for those who see this scope.
    pub fn touch(&self, scope: &Arc<Scope>, kinds: &[Kind]) {
        for &kind in kinds {
            self.0.epochs.advance(kind, &scope.of(kind));
        }
    }

    /// Does [`Lists::touch`] when it is dropped: also when what is about to be changed fails half-way or panics.
    #[must_use = "the lists become stale when this is dropped"]
    pub fn touch_afterwards(&self, scope: Arc<Scope>, kinds: Vec<Kind>) -> TouchAfterwards {
        TouchAfterwards { lists: self.clone(), scope, kinds }
    }

    /// Whether lists of this kind are kept at all.
    pub fn keeps(&self, kind: Kind) -> bool {
        self.0.terms.seconds(kind).is_some()
    }
}

impl Inner {
    fn fresh(&self, key: &Stamped) -> Option<Arc<Stored>> {
        self.stored.get(key).filter(|list| self.clock.now() < list.expires_at)
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

/// See [`Lists::touch_afterwards`].
#[derive(Debug)]
pub struct TouchAfterwards {
    lists: Lists,
    scope: Arc<Scope>,
    kinds: Vec<Kind>,
}

impl Drop for TouchAfterwards {
    fn drop(&mut self) {
        self.lists.touch(&self.scope, &self.kinds);
    }
}
