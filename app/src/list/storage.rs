//! What is remembered of a kind's list: by the browser its layout and columns, by the tab what was asked last. Never what the cloud holds.

use api::kind::Kind;

use crate::storage;

pub fn read(what: &str, kind: Kind) -> Option<String> {
    storage::read(&key(what, kind))
}

pub fn write(what: &str, kind: Kind, value: &str) {
    storage::write(&key(what, kind), Some(value));
}

/// What the tab remembers, for the way back from a page of details.
pub fn read_in_tab(what: &str, kind: Kind) -> Option<String> {
    storage::read_in_tab(&key(what, kind))
}

pub fn write_in_tab(what: &str, kind: Kind, value: &str) {
    storage::write_in_tab(&key(what, kind), value);
}

fn key(what: &str, kind: Kind) -> String {
    format!("{what}.{}", kind.slug())
}
