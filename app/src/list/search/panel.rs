//! What stands below the box while a pill is edited, the whole is written as text, or a saved search is taken: one at a time.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Which of them is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The form for the pill in this place.
    Pill(usize),
    Text,
    Saved,
}

/// The form of a panel. The focus begins at what is marked with `data-first`; Enter submits, Escape cancels.
#[component]
pub fn PanelForm(
    label: String,
    #[prop(into)] on_submit: Callback<()>,
    #[prop(into)] on_cancel: Callback<()>,
    children: Children,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    Effect::new(move || {
        if let Some(form) = form.get()
            && let Ok(Some(field)) = form.query_selector("[data-first]")
        {
            let _ = field.unchecked_into::<HtmlElement>().focus();
        }
    });
    view! {
        <form
            class="search-edit"
            role="dialog"
            // A press beside its fields does not leave it.
            tabindex="-1"
            aria-label=label
            node_ref=form
            novalidate
            on:submit=move |event: ev::SubmitEvent| {
                event.prevent_default();
                on_submit.run(());
            }
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" {
                    event.prevent_default();
                    event.stop_propagation();
                    on_cancel.run(());
                }
            }
        >
            {children()}
        </form>
    }
}
