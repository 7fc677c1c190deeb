//! What is offered below the box, worked out after the rows are drawn: a key stroke shows first what it finds.

use std::time::Duration;

use leptos::prelude::*;
use search::suggest::{Suggestions, suggest};

use super::super::{clock, state::List};

/// Offers what can be typed next, while the list is open.
#[derive(Clone, Copy)]
pub struct Suggesting {
    list: List,
    pub cursor: RwSignal<Option<usize>>,
    pub open: RwSignal<bool>,
    /// The line that the arrows have come to.
    pub active: RwSignal<Option<usize>>,
    pub found: RwSignal<Found>,
    /// Counts what was asked; an older question is not answered.
    ticket: StoredValue<u64>,
}

/// What is offered, and for which text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub text: String,
    pub suggestions: Option<Suggestions>,
}

impl Found {
    pub fn len(&self) -> usize {
        self.suggestions.as_ref().map_or(0, |found| found.items.len())
    }
}

impl Suggesting {
    pub fn new(list: List) -> Self {
        let this = Self {
            list,
            cursor: RwSignal::new(None),
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            found: RwSignal::default(),
            ticket: StoredValue::new(0),
        };
        Effect::new(move || {
            list.bus.query.track();
            list.bus.text.track();
            list.rows.news.track();
            this.cursor.track();
            let ticket = this.ticket.with_value(|ticket| ticket + 1);
            this.ticket.set_value(ticket);
            if !this.open.get() {
                this.put(Found::default());
                return;
            }
            set_timeout(
                move || {
                    if this.ticket.try_get_value() == Some(ticket) {
                        this.work_out();
                    }
                },
                Duration::ZERO,
            );
        });
        this
    }

    /// What is offered for the text as it stands now.
    pub fn now(self) -> Found {
        let is_fresh = self.list.bus.text.with_untracked(|text| self.found.with_untracked(|found| found.text == *text));
        if !is_fresh || self.found.with_untracked(|found| found.suggestions.is_none()) {
            self.work_out();
        }
        self.found.get_untracked()
    }

    fn work_out(self) {
        let text = self.list.bus.text.get_untracked();
        let cursor = self.cursor.get_untracked().unwrap_or(text.len()).min(text.len());
        let suggestions = self
            .list
            .bus
            .query
            .with_untracked(|query| self.list.rows.with(|held| suggest(&held.store, &query.search, clock::now(), &text, cursor)));
        self.put(Found { text, suggestions: Some(suggestions) });
    }

    fn put(self, found: Found) {
        let stays = self.active.get_untracked().is_some_and(|index| {
            let item = |found: &Found| found.suggestions.as_ref().and_then(|all| all.items.get(index).map(|item| item.text.clone()));
            item(&found).is_some() && item(&found) == self.found.with_untracked(item)
        });
        if !stays && self.active.get_untracked().is_some() {
            self.active.set(None);
        }
        if self.found.with_untracked(|before| *before != found) {
            self.found.set(found);
        }
    }

    /// Goes to the next line or the one before, round the ends.
    pub fn step(self, by: isize) {
        self.open.set(true);
        let n = self.now().len();
        if n > 0 {
            self.active.update(|active| {
                *active = Some(match (*active, by > 0) {
                    (None, true) => 0,
                    (None, false) => n - 1,
                    (Some(at), true) => (at + 1) % n,
                    (Some(at), false) => (at + n - 1) % n,
                });
            });
        }
    }
}
