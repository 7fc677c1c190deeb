//! Copies a text in one click.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{IconButton, use_toasts};
use crate::locale::t;

/// How long the button says that it is done.
const DONE: Duration = Duration::from_millis(1500);

#[component]
pub fn Copy(#[prop(into)] text: Signal<String>, #[prop(into, optional)] label: Option<String>) -> impl IntoView {
    let toasts = use_toasts();
    let done = RwSignal::new(false);
    let label = label.unwrap_or_else(|| t("Copy"));
    let copy = move || {
        let text = text.get_untracked();
        spawn_local(async move {
            // Fails where the user has forbidden it and on pages that are not served securely.
            if JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok() {
                done.set(true);
                set_timeout(
                    move || {
                        done.try_set(false);
                    },
                    DONE,
                );
            } else {
                toasts.failure(t("The browser does not let Canopy copy. Select the text and copy it yourself."));
            }
        });
    };
    view! {
        <span class="copy">
            <IconButton
                icon=Signal::derive(move || if done.get() { "check" } else { "copy" })
                label=Signal::derive(move || if done.get() { t("Copied") } else { label.clone() })
                on_click=copy
            />
            <span class="visually-hidden" role="status">{move || done.get().then(|| t("Copied"))}</span>
        </span>
    }
}
