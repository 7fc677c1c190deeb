//! The rows of one list by number, and the store that they are searched in. Rows are taken in a few at a time, so that nothing waits for
//! them; a row keeps its number as long as the list is the same.

use std::{
    collections::{HashSet, VecDeque},
    time::Duration,
};

use leptos::prelude::*;
use search::{Bits, Record, Store};

use super::{clock::Slice, row::Row, shape::Shape};
use crate::spec::{AnySpec, Item};

/// The rows of a list, as its parts share them.
#[derive(Clone, Copy)]
pub struct Rows {
    held: StoredValue<Held>,
    /// Told when rows have come, changed or gone.
    pub news: RwSignal<News>,
}

/// How a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Goes up with every change.
    pub version: u64,
    /// Which list it is: with another one, numbers begin anew.
    pub list: u64,
    /// Goes up when a row was replaced or has gone, but not when one was added.
    pub n_edits: u64,
    pub n_rows: usize,
    pub n_in_transition: usize,
}

/// The rows themselves.
pub struct Held {
    spec: &'static dyn AnySpec,
    pub shape: Shape,
    pub store: Store,
    rows: Vec<Option<Row>>,
    record: Record,
    waiting: VecDeque<Row>,
    is_taking: bool,
    /// Called when nothing waits any more.
    after: Option<Callback<()>>,
    stand: News,
}

impl Held {
    fn new(spec: &'static dyn AnySpec) -> Self {
        let shape = Shape::of(spec);
        Self {
            spec,
            store: Store::new(shape.schema.clone()),
            shape,
            rows: Vec::new(),
            record: Record::new(),
            waiting: VecDeque::new(),
            is_taking: false,
            after: None,
            stand: News::default(),
        }
    }

    /// The row of this number, unless it has gone.
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.get(number as usize)?.as_ref()
    }

    /// All that are there, by number.
    pub fn all(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().flatten()
    }

    /// How many numbers there have been: rows that come later have higher ones.
    pub fn n_numbers(&self) -> usize {
        self.rows.len()
    }

    fn put(&mut self, row: Row) {
        self.shape.record(self.spec, row.item(), &mut self.record);
        let number = self.store.upsert(&self.record);
        self.stand.version += 1;
        self.stand.n_in_transition += usize::from(row.in_transition());
        if number == self.rows.len() {
            self.rows.push(Some(row));
            self.stand.n_rows += 1;
        } else {
            self.stand.n_edits += 1;
            match self.rows[number].replace(row) {
                Some(old) => self.stand.n_in_transition -= usize::from(old.in_transition()),
                None => self.stand.n_rows += 1,
            }
        }
    }

    fn remove(&mut self, number: usize) {
        if let Some(old) = self.rows[number].take() {
            self.store.remove(number);
            self.stand.version += 1;
            self.stand.n_edits += 1;
            self.stand.n_rows -= 1;
            self.stand.n_in_transition -= usize::from(old.in_transition());
        }
    }

    /// A list is complete: what did not come has gone, what is different waits.
    fn settle(&mut self, comparison: Comparison) {
        for number in 0..self.rows.len() {
            if !comparison.arrived.get(number) {
                self.remove(number);
            }
        }
        self.waiting.extend(comparison.different);
    }

    /// Takes in what waits until the slice is over; whether all of it is in.
    fn take_in(&mut self, slice: Slice) -> bool {
        while let Some(row) = self.waiting.pop_front() {
            self.put(row);
            if self.stand.version.is_multiple_of(64) && slice.is_over() {
                break;
            }
        }
        self.waiting.is_empty()
    }
}

impl Rows {
    pub fn new(spec: &'static dyn AnySpec) -> Self {
        Self { held: StoredValue::new(Held::new(spec)), news: RwSignal::default() }
    }

    /// Looks at the rows. Not tracked: [`Rows::news`] is.
    pub fn with<O>(self, look: impl FnOnce(&Held) -> O) -> O {
        self.held.with_value(look)
    }

    /// Forgets all rows: it is another list.
    pub fn clear(self) {
        self.held.update_value(|held| {
            let News { version, list, .. } = held.stand;
            *held = Held::new(held.spec);
            // So that nobody takes the new rows for the old ones.
            held.stand = News { version: version + 1, list: list + 1, ..News::default() };
        });
        self.publish();
    }

    /// Takes in rows that have arrived: those for which there is time at once, the others in the next moments.
    pub fn push(self, rows: Vec<Row>) {
        let goes_on = self.held.try_update_value(|held| {
            held.waiting.extend(rows);
            let has_more = !held.is_taking && !held.take_in(Slice::new());
            held.is_taking |= has_more;
            has_more
        });
        if goes_on == Some(true) {
            set_timeout(move || self.go_on(), Duration::ZERO);
        }
    }

    /// Takes in rows at once, where nothing waits for a frame.
    #[cfg(test)]
    pub fn fill(self, rows: Vec<Row>) {
        self.held.update_value(|held| {
            held.waiting.extend(rows);
            held.take_in(Slice::endless());
        });
    }

    fn go_on(self) {
        match self.held.try_update_value(|held| held.take_in(Slice::new())) {
            Some(false) => set_timeout(move || self.go_on(), Duration::ZERO),
            Some(true) => {
                let after = self.held.try_update_value(|held| {
                    held.is_taking = false;
                    held.after.take()
                });
                if let Some(Some(after)) = after {
                    after.run(());
                }
            }
            // The list has left the page.
            None => {}
        }
    }

    /// Calls back once all that was pushed is in.
    pub fn after(self, after: Callback<()>) {
        let is_in = self.held.try_update_value(|held| {
            if held.is_taking {
                held.after = Some(after);
            }
            !held.is_taking
        });
        if is_in == Some(true) {
            after.run(());
        }
    }

    /// Lets go of rows that were no longer there when the list came.
    pub fn let_go(self, ids: &HashSet<String>) {
        self.held.update_value(|held| {
            let gone: Vec<_> = ids.iter().filter_map(|id| held.store.row(id)).collect();
            gone.into_iter().for_each(|number| held.remove(number));
        });
    }

    /// Tells what has changed.
    pub fn publish(self) {
        if let Some(stand) = self.held.try_with_value(|held| held.stand)
            && self.news.try_get_untracked().is_some_and(|news| news != stand)
        {
            self.news.set(stand);
        }
    }
}

/// What a refresh has brought: only what is different is taken in, so that what is drawn of the others stays as it is.
#[derive(Debug, Default)]
pub struct Comparison {
    arrived: Bits,
    different: Vec<Row>,
}

impl Comparison {
    pub fn look(&mut self, rows: Rows, items: Vec<Item>) {
        rows.with(|held| {
            for item in items {
                let known = held.store.row(held.spec.id(&item));
                if let Some(number) = known {
                    self.arrived.set(number, true);
                }
                let is_same = known.and_then(|number| held.rows[number].as_ref()).is_some_and(|row| held.spec.same(row.item(), &item));
                if !is_same {
                    self.different.push(Row::new(held.spec, item));
                }
            }
        });
    }

    /// The list is complete: what did not come has gone.
    pub fn settle(self, rows: Rows) {
        rows.held.update_value(|held| held.settle(self));
        rows.push(Vec::new());
    }
}

#[cfg(test)]
mod tests {
    use api::{instance::Instance, kind::Kind};

    use super::*;
    use crate::spec;

    fn rows(states: &[(&str, &str)]) -> Vec<Item> {
        let item = |&(id, state): &(&str, &str)| Item::new(Instance { id: id.into(), state: state.into(), ..Instance::default() });
        states.iter().map(item).collect()
    }

    fn held(states: &[(&str, &str)]) -> Held {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        let mut held = Held::new(spec);
        held.waiting.extend(rows(states).into_iter().map(|item| Row::new(spec, item)));
        assert!(held.take_in(Slice::endless()));
        held
    }

    #[test]
    fn a_row_keeps_its_number_and_a_new_one_takes_none_that_was_used() {
        let mut held = held(&[("i-1", "running"), ("i-2", "pending")]);
        assert_eq!((held.stand.n_rows, held.stand.n_in_transition), (2, 1));
        held.remove(0);
        held.put(Row::new(held.spec, rows(&[("i-3", "stopping")]).remove(0)));
        held.put(Row::new(held.spec, rows(&[("i-2", "running")]).remove(0)));
        assert_eq!(held.row(0), None);
        assert_eq!(held.row(1).map(Row::id), Some("i-2"));
        assert_eq!(held.row(2).map(Row::id), Some("i-3"));
        assert_eq!((held.stand.n_rows, held.stand.n_in_transition, held.stand.n_edits), (2, 1, 2));
        held.put(Row::new(held.spec, rows(&[("i-1", "running")]).remove(0)));
        assert_eq!((held.row(0).map(Row::id), held.stand.n_rows), (Some("i-1"), 3), "it came back");
    }

    #[test]
    fn a_refresh_takes_in_what_is_different_and_lets_go_of_what_has_gone() {
        let owner = Owner::new();
        owner.with(|| {
            let rows_of = Rows::new(spec::of(Kind::Instance).expect("instances have a page"));
            rows_of.held.set_value(held(&[("i-1", "running"), ("i-2", "running"), ("i-3", "running")]));
            let before = rows_of.with(|held| held.row(0).cloned()).expect("it is there");
            let mut comparison = Comparison::default();
            comparison.look(rows_of, rows(&[("i-1", "running"), ("i-3", "stopped"), ("i-4", "running")]));
            assert_eq!(comparison.different.iter().map(Row::id).collect::<Vec<_>>(), ["i-3", "i-4"]);
            rows_of.held.update_value(|held| {
                held.settle(comparison);
                held.take_in(Slice::endless());
            });
            assert_eq!(rows_of.with(|held| held.all().map(|row| row.id().to_owned()).collect::<Vec<_>>()), ["i-1", "i-3", "i-4"]);
            assert!(rows_of.with(|held| held.row(0) == Some(&before)), "what has not changed is the same row");
        });
    }
}
