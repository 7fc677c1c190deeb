//! The list of AWS's actions, fetched once when an editor first opens. Without it a policy is held to the grammar alone.

use std::sync::OnceLock;

use leptos::{prelude::*, task::spawn_local};
use policy::Catalog;

use crate::client;

const PATH: &str = "/iam-actions.txt";

/// The list of this document, once it is there.
static CATALOG: OnceLock<Catalog> = OnceLock::new();

/// Where the list is.
#[derive(Clone, Copy)]
pub struct Names {
    state: RwSignal<State>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fetching,
    Here,
    Missing,
}

impl Names {
    /// The list, asked for if nobody did before.
    pub fn fetch() -> Self {
        let names = Self { state: RwSignal::new(if CATALOG.get().is_some() { State::Here } else { State::Fetching }) };
        if CATALOG.get().is_none() {
            names.again();
        }
        names
    }

    pub fn again(self) {
        self.state.set(State::Fetching);
        spawn_local(async move {
            let catalog = client::bytes(PATH).await.ok().and_then(Catalog::read);
            let state = if catalog.is_some() { State::Here } else { State::Missing };
            if let Some(catalog) = catalog {
                // Two editors may have asked at the same time, and were answered the same.
                let _ = CATALOG.set(catalog);
            }
            self.state.try_set(state);
        });
    }

    /// The list as it is now: to follow its coming, ask [`Names::is_here`].
    pub fn catalog() -> Option<&'static Catalog> {
        CATALOG.get()
    }

    pub fn is_here(self) -> bool {
        self.state.get() == State::Here
    }

    pub fn is_missing(self) -> bool {
        self.state.get() == State::Missing
    }
}
