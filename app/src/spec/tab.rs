//! Tabs of the page of details, made of sections.

use leptos::prelude::AnyView;

use super::{Depends, cell::Cell};

/// A tab. The tab of the tags comes by itself where the kind has tags.
pub struct Tab<T: 'static> {
    /// Stable: `?tab=storage`.
    pub key: &'static str,
    /// English; translated when drawn.
    pub label: &'static str,
    pub sections: &'static [Section<T>],
}

/// A part of a tab.
pub enum Section<T: 'static> {
    /// Facts under a title: columns of the list by their keys, then facts that have no column.
    Facts { title: &'static str, columns: &'static [&'static str], more: &'static [Fact<T>] },
    /// A small table of what belongs to the resource.
    Table { title: &'static str, heads: &'static [&'static str], rows: fn(&T) -> Vec<Vec<Cell>>, empty: &'static str },
    /// Resources of another kind that belong to it, by columns of theirs; `make` is the action of this one that makes another, if any.
    Related { of: Depends<T>, columns: &'static [&'static str], empty: &'static str, make: &'static str },
    /// Long texts, each under its name, to be read and copied.
    Documents { title: &'static str, documents: fn(&T) -> Vec<(String, String)>, empty: &'static str },
    /// What is like nothing else. Made again when the resource has changed.
    View(fn(&T) -> AnyView),
}

/// A fact that is worth no column.
pub struct Fact<T: 'static> {
    /// English; translated when drawn.
    pub label: &'static str,
    pub cell: fn(&T) -> Cell,
}

impl<T> Tab<T> {
    pub const fn new(key: &'static str, label: &'static str, sections: &'static [Section<T>]) -> Self {
        Self { key, label, sections }
    }
}

impl<T> Fact<T> {
    pub const fn new(label: &'static str, cell: fn(&T) -> Cell) -> Self {
        Self { label, cell }
    }
}
