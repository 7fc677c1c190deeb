//! Tells what is on the screen that the cloud has changed: the root scope of the bus.
//!
//! A change names the kinds it touches; every mounted list and page of details of such a kind looks again. Only the browser's one document
//! has mounted lists, so the register is a thread-local, which lets changes that end after their component is gone still be heard.

use std::cell::RefCell;

use api::kind::Kind;
use leptos::prelude::*;

thread_local! {
    static MOUNTED: RefCell<Vec<(usize, Kind, Callback<()>)>> = const { RefCell::new(Vec::new()) };
}

/// Tells all that shows resources of these kinds to look again.
pub fn refresh(kinds: &[Kind]) {
    let told: Vec<_> = MOUNTED
        .with_borrow(|mounted| mounted.iter().filter(|(_, kind, _)| kinds.contains(kind)).map(|(_, _, on_stale)| *on_stale).collect());
    // Outside the borrow: who looks again may mount or unmount others.
    for on_stale in told {
        on_stale.run(());
    }
}

/// Calls back whenever resources of this kind have changed, for as long as the component is mounted in a browser.
pub fn on_stale(kind: Kind, on_stale: Callback<()>) {
    Effect::new(move || {
        let key = MOUNTED.with_borrow_mut(|mounted| {
            let key = mounted.last().map_or(0, |(last, ..)| last + 1);
            mounted.push((key, kind, on_stale));
            key
        });
        on_cleanup(move || MOUNTED.with_borrow_mut(|mounted| mounted.retain(|(other, ..)| *other != key)));
    });
}
