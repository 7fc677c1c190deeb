//! What a browser remembers of a kind's list: the layout and the columns. Never what the cloud holds.

use api::kind::Kind;
use leptos::prelude::window;

/// What was remembered; nothing where the browser keeps nothing.
pub fn read(what: &str, kind: Kind) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(&key(what, kind)).ok().flatten()
}

pub fn write(what: &str, kind: Kind, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage costs a preference, no more.
        let _ = storage.set_item(&key(what, kind), value);
    }
}

/// What the tab remembers, for the way back from a page of details.
pub fn read_in_tab(what: &str, kind: Kind) -> Option<String> {
    window().session_storage().ok().flatten()?.get_item(&key(what, kind)).ok().flatten()
}

pub fn write_in_tab(what: &str, kind: Kind, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(&key(what, kind), value);
    }
}

fn key(what: &str, kind: Kind) -> String {
    format!("{what}.{}", kind.slug())
}
