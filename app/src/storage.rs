//! What this browser remembers of how somebody likes to look at things. Never data of a cloud, never a secret. In a browser only.

use leptos::prelude::window;
use web_sys::Storage;

/// `None` where the user has forbidden it; then nothing is remembered.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Remembers the value, or forgets the key.
pub fn write(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // Fails when the browser's quota is used up, which leaves things as they were.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

/// Forgets everything, also what belongs to this tab alone: whoever signs out may leave the browser to somebody else.
pub fn forget() {
    let tab = window().session_storage().ok().flatten();
    for storage in [storage(), tab].into_iter().flatten() {
        let _ = storage.clear();
    }
}
