//! Looks again every few seconds while something is in transition, and only while somebody can see it.

use std::time::Duration;

use leptos::prelude::*;

/// As often as the old console did, and no cloud has minded.
const EVERY: Duration = Duration::from_secs(5);

/// Calls `look` again and again, while `wanted` holds and the tab is on the screen.
pub fn while_visible(wanted: impl Fn() -> bool + Send + Sync + 'static, look: impl Fn() + Copy + Send + Sync + 'static) {
    let visible = RwSignal::new(true);
    Effect::new(move || {
        visible.set(!document().hidden());
        let listener = window_event_listener_untyped("visibilitychange", move |_| visible.set(!document().hidden()));
        on_cleanup(move || listener.remove());
    });
    // `wanted` turns false while a look is under way and true when it has ended: each turn sets the next timer.
    let wanted = Memo::new(move |_| wanted());
    Effect::new(move || {
        if wanted.get()
            && visible.get()
            && let Ok(timer) = set_timeout_with_handle(look, EVERY)
        {
            on_cleanup(move || timer.clear());
        }
    });
}
