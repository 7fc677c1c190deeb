//! What tests have in place of a store.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use tokio::sync::oneshot;

use super::{
    Keys, Shared,
    store::{Answer, Down, Store},
};
use crate::telemetry::Telemetry;

pub(super) const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// A store in the test's hand: it can be down, hang, or hold back what it has found.
#[derive(Clone, Default)]
pub(crate) struct Own(Arc<Mutex<State>>);

#[derive(Default)]
pub(crate) struct State {
    pub(crate) entries: HashMap<String, Bytes>,
    pub(crate) down: bool,
    pub(crate) hangs: bool,
    pub(crate) asked: usize,
    /// The next who asks for an entry is told what it was once this is let go.
    pub(crate) held: Option<oneshot::Receiver<()>>,
}

impl Own {
    /// As with a real store, nothing happens before somebody waits for it.
    fn answer<'a, T: Send + 'a>(&'a self, work: impl FnOnce(&mut State) -> T + Send + 'a) -> Answer<'a, T> {
        Box::pin(async move {
            let answer = {
                let mut state = self.state();
                state.asked += 1;
                let down = state.down.then(|| Err(Down("switched off".into())));
                (!state.hangs).then(|| down.unwrap_or_else(|| Ok(work(&mut state))))
            };
            match answer {
                Some(answer) => answer,
                None => std::future::pending().await,
            }
        })
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub(crate) fn set_down(&self, down: bool) {
        self.state().down = down;
    }
}

impl Store for Own {
    fn get<'a>(&'a self, name: &'a str, _: Option<Duration>) -> Answer<'a, Option<Bytes>> {
        Box::pin(async move {
            let found = self.answer(move |state| state.entries.get(name).cloned()).await;
            let held = self.state().held.take();
            if let Some(held) = held {
                let _ = held.await;
            }
            found
        })
    }

    fn set<'a>(&'a self, name: &'a str, value: Bytes, _: Duration) -> Answer<'a, ()> {
        self.answer(move |state| drop(state.entries.insert(name.to_owned(), value)))
    }

    fn remove<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
        self.answer(move |state| drop(state.entries.remove(name)))
    }

    fn reset(&self) {}

    fn run(&self) -> String {
        String::new()
    }

    fn place(&self) -> String {
        "own".into()
    }
}

/// A replica of this store.
pub(crate) fn shared(store: &Own) -> Shared {
    Shared::with(Box::new(store.clone()), Keys::parse(KEY).unwrap(), Duration::from_millis(250), Telemetry::default())
}
