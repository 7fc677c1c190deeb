//! Says in time that the session will end, and lets it be renewed before it does.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    format,
    locale::{plural, t},
    session::Session,
    ui::{Button, Variant},
};

/// From when on it is said, in seconds.
const NOTICE: i64 = 5 * 60;
const LOOK: Duration = Duration::from_secs(5);

#[component]
pub fn Expiry() -> impl IntoView {
    let session: Session = expect_context();
    // Seconds, once the browser's clock has been asked.
    let left = RwSignal::new(None::<i64>);
    let look = move || left.set(session.info.with_untracked(|info| info.as_ref().map(|info| info.expires_at - format::now())));
    Effect::new(move || {
        session.info.track();
        look();
        if let Ok(timer) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || timer.clear());
        }
    });
    let notice = Memo::new(move |_| {
        if session.over.get() {
            return Some(t("Your session is over"));
        }
        match left.get()? {
            ..=0 => Some(t("Your session is over")),
            seconds @ 1..60 => {
                Some(plural(seconds.unsigned_abs().next_multiple_of(10), "Session ends in {n} second", "Session ends in {n} seconds"))
            }
            seconds @ 60..=NOTICE => {
                Some(plural(seconds.unsigned_abs().div_ceil(60), "Session ends in {n} minute", "Session ends in {n} minutes"))
            }
            _ => None,
        }
    });
    view! {
        <div class="expiry" role="status">
            {move || {
                notice
                    .get()
                    .map(|notice| {
                        view! {
                            <span class="expiry-text">{notice}</span>
                            <Button small=true variant=Variant::Secondary icon="timer" on_click=move || session.ask.set(true)>{t("Sign in again")}</Button>
                        }
                    })
            }}
        </div>
    }
}
