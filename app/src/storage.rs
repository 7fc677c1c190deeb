//! What this browser remembers of how somebody likes to look at things. Never data of a cloud, never a secret. In a browser only.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage};

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

/// What this tab remembers, for as long as it is open.
pub fn read_in_tab(key: &str) -> Option<String> {
    tab()?.get_item(key).ok().flatten()
}

pub fn write_in_tab(key: &str, value: &str) {
    if let Some(tab) = tab() {
        // Fails when the browser's quota is used up, which leaves things as they were.
        let _ = tab.set_item(key, value);
    }
}

/// Forgets what this tab remembers.
pub fn forget_tab() {
    if let Some(tab) = tab() {
        let _ = tab.clear();
    }
}

fn tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Keeps a cookie, with its attributes, where the proxy reads it. Not for anything secret: scripts can read it.
pub fn write_cookie(cookie: &str) {
    // Fails only in sandboxed documents, which Canopy's are not.
    let _ = document_of_cookies().set_cookie(cookie);
}

/// The value of a cookie that scripts can read.
pub fn read_cookie(name: &str) -> Option<String> {
    let cookies = document_of_cookies().cookie().ok()?;
    cookies.split("; ").find_map(|cookie| Some(cookie.strip_prefix(name)?.strip_prefix('=')?.to_owned()))
}

fn document_of_cookies() -> HtmlDocument {
    document().unchecked_into()
}

/// Forgets everything, also what belongs to this tab alone: whoever signs out may leave the browser to somebody else.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.clear();
    }
    forget_tab();
}
