//! Rows that fit, from the cloud itself, while all of them are still under way: what EC2's filters can look for need not wait for the last
//! page. They are searched here like all others, so that what is shown is the same sooner ([why](docs/adr/0019-push-down.md)).

use std::collections::HashSet;

use api::{
    filter::{self, Filters},
    kind::Kind,
    list::Chunk,
};
use leptos::{prelude::*, task::spawn_local};
use search::{Query, Schema, Token, pushdown::cloud_filters};

use super::{row::Row, rows::Rows};
use crate::{
    client::{self, Abort},
    spec::{AnySpec, Item},
};

/// What the cloud is asked to look for: the argument of the list, and the tokens that it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub filters: String,
    pub tokens: Vec<Token>,
}

impl Question {
    /// What of a query a cloud can look for; `None` where that is nothing.
    pub fn of(query: &Query, schema: &Schema, kind: Kind) -> Option<Self> {
        let asked = cloud_filters(query, schema);
        let filters: Filters = asked.iter().map(|filter| (filter.name.clone(), filter.values.iter().cloned().collect())).collect();
        let text = filter::write(&filters);
        let is_taken = text.len() <= filter::MOST_BYTES && filter::read(&text, kind).is_ok();
        is_taken.then(|| Self { filters: text, tokens: asked.into_iter().flat_map(|filter| filter.tokens).collect() })
    }
}

#[derive(Clone, Copy)]
pub struct Early {
    spec: &'static dyn AnySpec,
    rows: Rows,
    /// The tokens that the cloud looks for now.
    pub tokens: RwSignal<Vec<Token>>,
    /// The rows that only this has brought so far.
    ids: StoredValue<HashSet<String>>,
    abort: StoredValue<Option<Abort>>,
}

impl Early {
    pub fn new(spec: &'static dyn AnySpec, rows: Rows) -> Self {
        Self { spec, rows, tokens: RwSignal::default(), ids: StoredValue::default(), abort: StoredValue::new(None) }
    }

    /// Asks at this path, and tells when rows have come. Where the cloud refuses, all of them come anyway.
    pub fn ask(self, path: String, tokens: Vec<Token>, on_rows: Callback<()>) {
        self.stop();
        let abort = Abort::new();
        self.abort.set_value(Some(abort.clone()));
        self.tokens.set(tokens);
        spawn_local(async move {
            let stopped = abort.clone();
            let mut has_failed = false;
            let result = client::lines(&path, false, &abort, |line| match self.spec.parse(line) {
                _ if stopped.is_aborted() => {}
                Ok(Chunk::Rows(items)) => {
                    self.take(items);
                    on_rows.run(());
                }
                Ok(Chunk::End(_)) => {}
                Ok(Chunk::Error(_)) | Err(_) => has_failed = true,
            })
            .await;
            if abort.is_aborted() {
                return;
            }
            on_rows.run(());
            if has_failed || result.is_err() {
                self.tokens.set(Vec::new());
            }
        });
    }

    /// How many rows only this has brought so far.
    pub fn len(self) -> usize {
        self.ids.with_value(HashSet::len)
    }

    fn take(self, items: Vec<Item>) {
        let new: Vec<_> = self.rows.with(|held| items.into_iter().filter(|item| held.store.row(self.spec.id(item)).is_none()).collect());
        self.ids.update_value(|ids| ids.extend(new.iter().map(|item| self.spec.id(item).to_owned())));
        self.rows.push(new.into_iter().map(|item| Row::new(self.spec, item)).collect());
    }

    /// What of a page of the whole list is not there yet, or is different now.
    pub fn rest(self, items: Vec<Item>) -> Vec<Item> {
        if self.len() == 0 {
            return items;
        }
        let is_same = |id: &str, item: &Item| {
            self.rows.with(|held| {
                let known = held.store.row(id).and_then(|number| held.row(u32::try_from(number).ok()?));
                known.is_some_and(|row| self.spec.same(row.item(), item))
            })
        };
        let mut rest = items;
        self.ids.update_value(|ids| {
            rest.retain(|item| {
                let id = self.spec.id(item);
                !(ids.remove(id) && is_same(id, item))
            });
        });
        rest
    }

    /// Asks no more.
    pub fn stop(self) {
        if let Some(Some(abort)) = self.abort.try_update_value(Option::take) {
            abort.abort();
        }
        if self.tokens.try_with_untracked(|tokens| !tokens.is_empty()) == Some(true) {
            self.tokens.set(Vec::new());
        }
    }

    /// Another list begins.
    pub fn forget(self) {
        self.stop();
        self.ids.try_update_value(HashSet::clear);
    }

    /// The list is complete: what is not in it has gone meanwhile.
    pub fn settle(self) {
        self.stop();
        if let Some(ids) = self.ids.try_update_value(std::mem::take).filter(|ids| !ids.is_empty()) {
            self.rows.let_go(&ids);
        }
    }
}

#[cfg(test)]
mod tests {
    use api::instance::Instance;
    use search::query::parse;

    use super::*;
    use crate::{list::shape::Shape, spec};

    fn question(text: &str) -> Option<Question> {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        let schema = Shape::of(spec).schema;
        Question::of(&parse(text, &schema).0, &schema, Kind::Instance)
    }

    #[test]
    fn a_cloud_is_asked_for_what_it_means_as_we_do() {
        let asked = question("state=running state=stopped tag:env=prod launched>7d web").expect("there are filters");
        assert_eq!(asked.filters, r#"{"instance-state-name":["running","stopped"],"tag:env":["prod"]}"#);
        assert_eq!(asked.tokens.iter().map(ToString::to_string).collect::<Vec<_>>(), ["state=running", "state=stopped", "tag:env=prod"]);
        for text in ["", "web", "state=running or web", "-state=running", "~state=running", "type:t3.*", "tag:a=\"*\"", "group=web"] {
            assert_eq!(question(text), None, "{text}");
        }
        let many: String = (0..300).map(|n| format!("type=t{n} ")).collect();
        assert_eq!(question(&many), None, "more than a request takes");
    }

    #[test]
    fn rows_that_came_early_are_there_once_and_go_with_the_list() {
        Owner::new().with(|| {
            let spec = spec::of(Kind::Instance).expect("instances have a page");
            let item = |id: &str, state: &str| Item::new(Instance { id: id.into(), state: state.into(), ..Instance::default() });
            let rows = Rows::new(spec);
            let early = Early::new(spec, rows);
            let push = |items: Vec<Item>| rows.fill(items.into_iter().map(|item| Row::new(spec, item)).collect());
            push(vec![item("i-1", "running")]);
            early.ids.update_value(|ids| ids.extend(["i-2".to_owned(), "i-3".to_owned(), "i-4".to_owned()]));
            push(vec![item("i-2", "running"), item("i-3", "running"), item("i-4", "running")]);
            let rest = early.rest(vec![item("i-2", "running"), item("i-3", "stopped"), item("i-5", "running")]);
            assert_eq!(rest.iter().map(|item| spec.id(item)).collect::<Vec<_>>(), ["i-3", "i-5"], "the same, another state, a new one");
            push(rest);
            early.settle();
            let all = rows.with(|held| held.all().map(|row| row.id().to_owned()).collect::<Vec<_>>());
            assert_eq!(all, ["i-1", "i-2", "i-3", "i-5"], "the one that the list does not have has gone");
        });
    }
}
