//! What hangs on a resource: shown on its page, and named before the resource is destroyed.

use api::kind::Kind;

use super::Item;

/// Resources of one kind that depend on another resource.
pub struct Depends<T: 'static> {
    pub head: DependsHead,
    /// Arguments of the list in which they are looked for.
    pub args: fn(&T) -> Vec<(&'static str, String)>,
    /// Whether one of that list does depend on it.
    pub fits: fn(&T, &Item) -> bool,
}

/// What there is to know without knowing the resource.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DependsHead {
    pub kind: Kind,
    /// What they have to do with it, in English: "Instances run in it:", or a title: "Snapshots".
    pub says: &'static str,
}

impl<T> Depends<T> {
    pub const fn on(kind: Kind, args: fn(&T) -> Vec<(&'static str, String)>, fits: fn(&T, &Item) -> bool, says: &'static str) -> Self {
        Self { head: DependsHead { kind, says }, args, fits }
    }
}
