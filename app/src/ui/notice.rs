//! A few words that should be read before going on.

use leptos::prelude::*;

use super::{Icon, Tone};

#[component]
pub fn Notice(
    /// `Warn` for what may hurt, anything else for what is good to know.
    #[prop(optional)]
    tone: Tone,
    children: Children,
) -> impl IntoView {
    let warns = tone == Tone::Warn;
    view! {
        <div class="notice" class:notice-warn=warns role="note">
            <Icon name=if warns { "triangle-alert" } else { "info" }/>
            <div class="notice-body">{children()}</div>
        </div>
    }
}
