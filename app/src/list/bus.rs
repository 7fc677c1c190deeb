//! What the parts of one list say to each other, and to what stands around it.
//!
//! The four events of the old console are signals here, because of each only the latest counts: `itemsLoaded` is [`ListBus::loaded`],
//! `searchUpdated` is [`ListBus::query`], `textSearch` is [`ListBus::text`], `refresh` is [`ListBus::refresh`]. The scope is the nearest
//! context: a picker inside a page has a bus of its own. To reach every list, see [`super::refresh`].

use leptos::prelude::*;

use super::{query::Query, selection::Selection};

/// Provided by each list to all inside it.
#[derive(Clone, Copy)]
pub struct ListBus {
    /// What is asked of the list: pills, committed text, order, scope.
    pub query: Signal<Query>,
    /// What is being typed and not yet committed: it narrows the list already.
    pub text: RwSignal<String>,
    /// Asks the cloud again, past all caches.
    pub refresh: Trigger,
    /// What arrived last.
    pub loaded: RwSignal<Option<Loaded>>,
    pub selected: RwSignal<Selection>,
    pub(super) ask: Callback<Query>,
}

/// News of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Counts the news, so that two in a row differ.
    pub sequence: usize,
    pub total: usize,
    /// Whether these are all.
    pub complete: bool,
}

impl ListBus {
    /// Asks something else of the list.
    pub fn ask(self, change: impl FnOnce(&mut Query)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        if query != self.query.get_untracked() {
            self.ask.run(query);
        }
    }
}

/// The bus of the list around.
pub fn use_list_bus() -> ListBus {
    expect_context()
}
