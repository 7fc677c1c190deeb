//! Tells what is on the screen that the cloud has changed: the root scope of the bus.
//!
//! A change names the kinds it touches; every mounted list and page of details of such a kind looks again. Only the browser's one document
//! has mounted lists, so the register is a thread-local, which lets changes that end after their component is gone still be heard.

use std::{cell::RefCell, sync::Arc};

use api::kind::Kind;
use leptos::prelude::*;

/// The identifiers of those that are known to be gone: nobody need ask for them again.
pub type Gone = Arc<[String]>;

thread_local! {
    static MOUNTED: RefCell<Vec<(usize, Kind, Callback<Gone>)>> = const { RefCell::new(Vec::new()) };
}

/// Tells all that shows resources of these kinds to look again.
pub fn refresh(kinds: &[Kind]) {
    tell(kinds, |_| Gone::default());
}

/// As [`refresh`], after these of one kind were deleted.
pub fn refresh_without(kinds: &[Kind], kind: Kind, gone: Vec<String>) {
    let gone = Gone::from(gone);
    tell(kinds, |told| if told == kind { gone.clone() } else { Gone::default() });
}

fn tell(kinds: &[Kind], gone: impl Fn(Kind) -> Gone) {
    let told: Vec<_> = MOUNTED.with_borrow(|mounted| {
        mounted.iter().filter(|(_, kind, _)| kinds.contains(kind)).map(|(_, kind, on_stale)| (*kind, *on_stale)).collect()
    });
    // Outside the borrow: who looks again may mount or unmount others, which are not told any more then.
    for (kind, on_stale) in told {
        on_stale.try_run(gone(kind));
    }
}

/// Calls back whenever resources of this kind have changed, for as long as the component is mounted in a browser.
pub fn on_stale(kind: Kind, on_stale: Callback<Gone>) {
    Effect::new(move || {
        let key = MOUNTED.with_borrow_mut(|mounted| {
            let key = mounted.last().map_or(0, |(last, ..)| last + 1);
            mounted.push((key, kind, on_stale));
            key
        });
        on_cleanup(move || MOUNTED.with_borrow_mut(|mounted| mounted.retain(|(other, ..)| *other != key)));
    });
}
