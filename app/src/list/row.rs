//! A row: a resource with what the list needs of it often, worked out once.

use std::sync::Arc;

use crate::spec::{AnySpec, Item};

/// A resource in a list. Cheap to clone; equal when it is the same row in memory, which the loader sees to.
#[derive(Clone, Debug)]
pub struct Row(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    item: Item,
    id: String,
    /// All that free text finds it by, in lower case, one word or phrase a line.
    words: String,
    in_transition: bool,
}

impl Row {
    pub fn new(spec: &dyn AnySpec, item: Item) -> Self {
        let mut words = String::with_capacity(256);
        for column in 0..spec.columns().len() {
            spec.cell(column, &item).push_words(&mut words);
        }
        for tag in spec.tags(&item) {
            words.extend([tag.key.as_str(), "=", tag.value.as_str(), "\n"]);
        }
        let words = words.to_lowercase();
        Self(Arc::new(Inner { id: spec.id(&item).to_owned(), in_transition: spec.in_transition(&item), words, item }))
    }

    pub fn item(&self) -> &Item {
        &self.0.item
    }

    pub fn id(&self) -> &str {
        &self.0.id
    }

    pub fn words(&self) -> &str {
        &self.0.words
    }

    pub fn in_transition(&self) -> bool {
        self.0.in_transition
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
