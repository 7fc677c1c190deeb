//! Keeps up with what is asked: looks through the rows in slices, puts them in order, and tells which are shown.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use search::{Query, Search, SortKey, Sorter, view};

use super::{
    clock::{self, Slice},
    rows::{Held, News, Rows},
};

/// So many rows are looked at between two glances at the clock.
const STEP: usize = 16_384;

/// The rows that fit, by number, in their order.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    pub numbers: Arc<[u32]>,
    /// Of which version of the rows this is the truth.
    pub of: u64,
}

impl Shown {
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of && self.numbers == other.numbers
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    pub query: Query,
    pub keys: Vec<SortKey>,
    /// Whether rows are still arriving: then they are put in order now and then, not each time.
    pub is_growing: bool,
}

#[derive(Clone, Copy)]
pub struct Finder {
    rows: Rows,
    state: StoredValue<State>,
    pub shown: RwSignal<Shown>,
}

#[derive(Default)]
struct State {
    wanted: Wanted,
    search: Option<(Search, Query)>,
    sorter: Sorter,
    order: Order,
    /// Counts what was asked: an answer to something else is not wanted any more.
    ticket: u64,
}

/// The order of all rows, and what it was made for.
#[derive(Default)]
struct Order {
    rows: Vec<u32>,
    keys: Vec<SortKey>,
    n_edits: u64,
    n_numbers: usize,
    is_made: bool,
}

impl Order {
    /// Whether it has to be made again. While rows arrive, it is when there are a quarter more: that way all of it costs a few times the last.
    fn is_due(&self, wanted: &Wanted, held: &Held, news: News) -> bool {
        let n_new = held.n_numbers() - self.n_numbers.min(held.n_numbers());
        let has_enough = if wanted.is_growing { n_new * 4 >= held.n_numbers() } else { true };
        !self.is_made || self.keys != wanted.keys || self.n_edits != news.n_edits || (n_new > 0 && has_enough)
    }
}

impl State {
    /// Another list has begun.
    fn forget(&mut self) {
        self.search = None;
        self.sorter = Sorter::default();
        self.order = Order::default();
    }

    /// Works on the answer until the slice is over; whether it is there.
    fn step(&mut self, held: &Held, news: News, slice: Slice) -> bool {
        let clock = clock::now();
        let store = &held.store;
        let search = match self.search.take() {
            Some(known) if known.1 == self.wanted.query => known,
            Some((search, _)) => (search.refine(store, &self.wanted.query, clock), self.wanted.query.clone()),
            None => (Search::new(store, &self.wanted.query, clock), self.wanted.query.clone()),
        };
        let (search, _) = self.search.insert(search);
        while !search.step(store, STEP) {
            if slice.is_over() {
                return false;
            }
        }
        if self.order.is_due(&self.wanted, held, news) {
            let keys = self.wanted.keys.clone();
            let rows = self.sorter.order(store, &keys);
            self.order = Order { rows, keys, n_edits: news.n_edits, n_numbers: held.n_numbers(), is_made: true };
        }
        true
    }

    /// The rows that fit, in their order, once the answer is there.
    fn numbers(&self) -> Vec<u32> {
        self.search.as_ref().map(|(search, _)| view(&self.order.rows, search.hits())).unwrap_or_default()
    }
}

impl Finder {
    /// Works in the browser, whenever what is wanted or what is there has changed.
    pub fn new(rows: Rows, wanted: Memo<Wanted>) -> Self {
        let finder = Self { rows, state: StoredValue::new(State::default()), shown: RwSignal::default() };
        Effect::new(move |before: Option<News>| {
            let news = rows.news.get();
            let wanted = wanted.get();
            finder.state.update_value(|state| {
                if before.is_some_and(|before| news.list != before.list) {
                    state.forget();
                }
                state.wanted = wanted;
                state.ticket += 1;
            });
            finder.slice(finder.state.with_value(|state| state.ticket));
            news
        });
        finder
    }

    fn slice(self, ticket: u64) {
        let news = self.rows.news.get_untracked();
        let done = self.rows.with(|held| {
            self.state.try_update_value(|state| (state.ticket == ticket).then(|| state.step(held, news, Slice::new()))).flatten()
        });
        match done {
            Some(true) => self.publish(news),
            Some(false) => set_timeout(
                move || {
                    if self.state.try_with_value(|state| state.ticket == ticket) == Some(true) {
                        self.slice(ticket);
                    }
                },
                Duration::ZERO,
            ),
            None => {}
        }
    }

    fn publish(self, news: News) {
        let numbers: Arc<[u32]> = self.state.with_value(State::numbers).into();
        let shown = Shown { numbers, of: news.version };
        if self.shown.with_untracked(|before| *before != shown) {
            self.shown.set(shown);
        }
    }

    /// Whether what is shown is what is there and was asked for.
    pub fn is_current(self) -> bool {
        self.shown.with(|shown| self.rows.news.with(|news| shown.of == news.version))
    }
}
