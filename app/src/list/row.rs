//! A row: a resource with what the list needs of it often, worked out once.

use std::sync::Arc;

use crate::spec::{AnySpec, Item};

/// A resource in a list. Cheap to clone; equal when it is the same row in memory, which [`super::rows`] sees to.
#[derive(Clone, Debug)]
pub struct Row(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    item: Item,
    id: String,
    in_transition: bool,
}

impl Row {
    pub fn new(spec: &dyn AnySpec, item: Item) -> Self {
        Self(Arc::new(Inner { id: spec.id(&item).to_owned(), in_transition: spec.in_transition(&item), item }))
    }

    pub fn item(&self) -> &Item {
        &self.0.item
    }

    pub fn id(&self) -> &str {
        &self.0.id
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
