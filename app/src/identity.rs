//! Which of the session's identities this document is for.
//!
//! A document is for one from its first moment to its last: another is another document ([why](docs/adr/0015-identities.md)), so nothing that was
//! loaded for one can be shown to the other. Each request says which. The tab remembers it, and a cookie tells the proxy for whom to paint the
//! document that is asked for next: that of whoever is looked at.

use std::cell::{Cell, RefCell};

use api::session::{Boot, IDENTITY_COOKIE, SessionInfo};
use leptos::{ev, prelude::*};

use crate::storage;

/// Where the tab remembers it.
const IN_TAB: &str = "identity";

thread_local! {
    static OWN: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Whether the next document is on its way, and for another.
    static IS_LEFT: Cell<bool> = const { Cell::new(false) };
}

/// Whom requests of this document are for; `None` where nobody is signed in.
pub fn own() -> Option<String> {
    OWN.with_borrow(Clone::clone)
}

/// Before anything is drawn: where another identity was painted than this tab's, the document is asked for once more.
pub(crate) fn begin(boot: &Boot) {
    let Some(painted) = &boot.session else { return };
    let is_another = |identity: &String| *identity != painted.identity && boot.identities.iter().any(|info| info.identity == *identity);
    if let Some(identity) = storage::read_in_tab(IN_TAB).filter(is_another) {
        tell(&identity);
        // Where cookies are forbidden, once more would be for ever.
        if storage::read_cookie(IDENTITY_COOKIE).is_some_and(|told| told == identity) {
            IS_LEFT.set(true);
            let _ = window().location().reload();
        }
    }
    take_up(&painted.identity);
}

/// This document goes on as this one.
pub(crate) fn take_up(identity: &str) {
    OWN.set(Some(identity.to_owned()));
    remind();
}

/// Says again whose this tab is, and for whom to paint.
fn remind() {
    if let Some(own) = own().filter(|_| !IS_LEFT.get()) {
        storage::write_in_tab(IN_TAB, &own);
        tell(&own);
    }
}

/// What is opened from a tab is for the tab's identity: whichever is looked at says so.
pub(crate) fn follow() {
    Effect::new(move || {
        let focus = window_event_listener(ev::focus, move |_| remind());
        let shown = window_event_listener(ev::pageshow, move |event| {
            // Back from the browser's memory, after a document for another.
            if event.persisted() {
                IS_LEFT.set(false);
                remind();
            }
        });
        on_cleanup(move || {
            focus.remove();
            shown.remove();
        });
    });
}

/// Opens a page as another.
pub fn switch(to: &SessionInfo, path: &str) {
    IS_LEFT.set(true);
    storage::write_in_tab(IN_TAB, &to.identity);
    tell(&to.identity);
    // Fails only in sandboxed documents, which Canopy's are not.
    let _ = window().location().assign(path);
}

/// Forgets whose this tab was, and all else that the browser remembers: whoever signs out may leave it to somebody else.
pub fn forget() {
    IS_LEFT.set(true);
    storage::forget();
    storage::write_cookie(&format!("{IDENTITY_COOKIE}=; Path=/; Max-Age=0; SameSite=Strict"));
}

fn tell(identity: &str) {
    storage::write_cookie(&format!("{IDENTITY_COOKIE}={identity}; Path=/; SameSite=Strict"));
}
