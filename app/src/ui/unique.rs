//! Ids that tie a label to its control, the same on server and client because both count in the order of the tree.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use leptos::prelude::*;

#[derive(Clone)]
struct Ids(Arc<AtomicUsize>);

pub fn provide() {
    provide_context(Ids(Arc::default()));
}

/// An id that no other element of the document has.
pub fn unique_id(prefix: &str) -> String {
    let n = expect_context::<Ids>().0.fetch_add(1, Ordering::Relaxed);
    format!("{prefix}-{n}")
}
