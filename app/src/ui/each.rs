//! Leptos' `For` with its types erased: what it does for one list it does for all, in the same code.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;

/// Draws an item for each of a list that changes, and keeps what is drawn as long as its key stays.
#[component]
pub fn Each<T, I, IF, EF, N, KF, K>(
    /// The items.
    each: IF,
    /// What tells an item from its neighbours.
    key: KF,
    /// What is drawn of an item.
    children: EF,
) -> AnyView
where
    T: Send + 'static,
    I: IntoIterator<Item = T> + 'static,
    IF: Fn() -> I + Send + 'static,
    EF: Fn(T) -> N + Send + Clone + 'static,
    N: IntoView + 'static,
    KF: Fn(&T) -> K + Send + 'static,
    K: Hash,
{
    let entries = move || {
        let entry = |item: T| {
            // Two of a handful of rows have the same 64 bits once in the age of the universe.
            let mut hasher = DefaultHasher::new();
            key(&item).hash(&mut hasher);
            let children = children.clone();
            Entry { key: hasher.finish(), draw: Box::new(move || children(item).into_any()) }
        };
        each().into_iter().map(entry).collect()
    };
    erased(Box::new(entries))
}

struct Entry {
    key: u64,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

fn erased(entries: Box<dyn Fn() -> Vec<Entry> + Send>) -> AnyView {
    view! { <For each=entries key=|entry| entry.key children=|entry: Entry| (entry.draw)()/> }.into_any()
}
