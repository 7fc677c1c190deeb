//! Searching in steps, so that the caller can look after the user in between.

use crate::{
    bits::Bits,
    literal::Clock,
    plan::{BLOCK, Block, Plan},
    query::Query,
    store::{Stamp, Store},
    term::{Term, narrows, terms},
};

/// A query on its way through a store. Rows that arrive meanwhile are looked at in their turn; when rows change, it begins again.
#[derive(Debug)]
pub struct Search {
    clock: Clock,
    terms: Vec<Term>,
    plan: Plan,
    stamp: Stamp,
    /// What an earlier search has found among the first rows: no other of them can fit.
    within: Option<(Bits, usize)>,
    hits: Bits,
    n_seen: usize,
}

impl Search {
    /// Begins a search; nothing is looked at yet.
    pub fn new(store: &Store, query: &Query, clock: Clock) -> Self {
        let terms = terms(query);
        let plan = Plan::new(&terms, store, clock);
        Self { clock, terms, plan, stamp: store.stamp(), within: None, hits: Bits::default(), n_seen: 0 }
    }

    /// Begins the search after this one. Where the query only asks for more, as while somebody types, only what was found is looked at.
    #[must_use]
    pub fn refine(&self, store: &Store, query: &Query, clock: Clock) -> Self {
        let mut next = Self::new(store, query, clock);
        let is_same_store = self.stamp.n_changes == next.stamp.n_changes;
        if is_same_store && self.clock == clock && narrows(&next.terms, &self.terms) {
            next.within = Some((self.hits.clone(), self.n_seen));
        }
        next
    }

    /// Looks at about so many rows more; whether all have been looked at.
    pub fn step(&mut self, store: &Store, n_rows: usize) -> bool {
        self.keep_up(store);
        let stop = self.stamp.n_rows.min(self.n_seen.saturating_add(n_rows.max(1)));
        while self.n_seen < stop {
            // New rows can share the last word with old ones, which are asked again.
            let first_word = self.n_seen / 64;
            let mut rows: Block = std::array::from_fn(|index| self.candidates(store, first_word + index));
            self.plan.keep(store, first_word * 64, &mut rows);
            let n_words = BLOCK.min(self.stamp.n_rows.div_ceil(64) - first_word);
            rows[..n_words].iter().enumerate().for_each(|(index, word)| self.hits.set_word(first_word + index, *word));
            self.n_seen = self.stamp.n_rows.min((first_word + BLOCK) * 64);
        }
        self.n_seen == self.stamp.n_rows
    }

    /// Looks at all rows.
    #[must_use]
    pub fn finish(mut self, store: &Store) -> Self {
        self.step(store, usize::MAX);
        self
    }

    /// Whether there are rows that have not been looked at.
    pub fn is_done(&self, store: &Store) -> bool {
        self.stamp == store.stamp() && self.n_seen == self.stamp.n_rows
    }

    /// What has been found so far.
    pub fn hits(&self) -> &Bits {
        &self.hits
    }

    fn keep_up(&mut self, store: &Store) {
        let stamp = store.stamp();
        if stamp == self.stamp {
            return;
        }
        if stamp.n_changes != self.stamp.n_changes {
            self.within = None;
            self.hits = Bits::default();
            self.n_seen = 0;
        }
        self.plan = Plan::new(&self.terms, store, self.clock);
        self.stamp = stamp;
    }

    fn candidates(&self, store: &Store, index: usize) -> u64 {
        let present = store.rows().word(index);
        let Some((hits, n_seen)) = &self.within else { return present };
        let n_known = n_seen.saturating_sub(index * 64);
        let unknown = if n_known >= 64 { 0 } else { !0 << n_known };
        present & (hits.word(index) | unknown)
    }
}
