//! A modal dialog on the browser's own `<dialog>`: it keeps the focus inside, closes with Escape and gives the focus back.

use leptos::{children::ViewFnOnce, ev, html, prelude::*};

use super::{IconButton, unique_id};
use crate::locale::t;

/// Open for as long as it is mounted. With `on_submit`, body and footer are one form: Enter submits, and so does a submit button.
#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    /// Asked to close, by Escape or the cross: unmounts the dialog, or asks first.
    #[prop(into)]
    on_close: Callback<()>,
    #[prop(optional)] wide: bool,
    #[prop(optional, into)] on_submit: Option<Callback<()>>,
    /// The buttons, the one that does it last.
    #[prop(optional, into)]
    footer: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("dialog");
    Effect::new(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // Fails only when the element has left the document since.
            let _ = dialog.show_modal();
        }
    });
    // Before it is unmounted: only closing gives the focus back to where it was.
    on_cleanup(move || {
        if let Some(Some(dialog)) = node.try_get_untracked() {
            dialog.close();
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(on_submit) = on_submit {
            on_submit.run(());
        }
    };
    let footer = footer.map(|footer| view! { <footer class="dialog-footer">{footer.run()}</footer> });
    let body = view! { <div class="dialog-body">{children()}</div> };
    let content = match on_submit {
        Some(_) => view! { <form class="dialog-form" novalidate on:submit=submit>{body}{footer}</form> }.into_any(),
        None => view! { <div class="dialog-form">{body}{footer}</div> }.into_any(),
    };
    view! {
        <dialog
            class="dialog"
            class:dialog-wide=wide
            node_ref=node
            aria-labelledby=title_id
            on:cancel=move |event: ev::Event| {
                // Of this dialog, not of a file chooser inside it.
                if event.target() == event.current_target() {
                    event.prevent_default();
                    on_close.run(());
                }
            }
        >
            <h2 class="dialog-title" id=title_id.clone()>{title}</h2>
            {content}
            // Last in the document, so that the focus starts at the first field.
            <div class="dialog-close"><IconButton icon="x" label=t("Close") on_click=on_close/></div>
        </dialog>
    }
}
