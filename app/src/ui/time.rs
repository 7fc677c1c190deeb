//! A moment as its distance from now; exact on hover and on focus.

use api::Timestamp;
use leptos::prelude::*;

use crate::format;

/// In the browser only, as all that is formatted by `Intl`: for data, which the server never paints.
#[component]
pub fn Time(at: Timestamp) -> impl IntoView {
    view! {
        <time class="time" datetime=format::iso(at) title=format::date_time(at) tabindex="0" aria-label=format::date_time(at)>
            {format::relative(at)}
        </time>
    }
}
