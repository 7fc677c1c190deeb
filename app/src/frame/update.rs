//! Says that a new version of the console is there, and changes to it when told to.

use leptos::prelude::*;

use crate::{
    locale::t,
    ui::{Button, Variant, use_toasts},
    version::Version,
};

#[component]
pub fn Update() -> impl IntoView {
    let version: Version = expect_context();
    let toasts = use_toasts();
    let reload = move |()| {
        if version.loses_input() {
            toasts.failure(t("What you have entered on this page would be lost. Finish it or leave the page, then reload."));
        } else {
            version.take();
        }
    };
    view! {
        <div class="expiry" role="status">
            {move || {
                version
                    .is_ready()
                    .then(|| {
                        view! {
                            <Button small=true variant=Variant::Secondary icon="rotate-cw" on_click=reload>{t("New version")}</Button>
                        }
                    })
            }}
        </div>
    }
}
