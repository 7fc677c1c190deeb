//! What an instance wrote to its serial console.

use api::{error::ApiError, instance, kind::Kind};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

use crate::{
    client, format,
    locale::{t, tf},
    paths,
    session::use_region,
    ui::{Button, Copy, ErrorPanel, Skeleton},
};

#[component]
pub fn ConsoleOutput(id: String) -> impl IntoView {
    let region = use_region();
    let output = RwSignal::new(None::<instance::ConsoleOutput>);
    let error = RwSignal::new(None::<ApiError>);
    let loading = RwSignal::new(false);
    let id = StoredValue::new(id);
    let load = move || {
        let rest = id.with_value(|id| format!("{}/console-output", paths::encode(id)));
        let path = client::kind_path(Kind::Instance, &rest, &region.get_untracked(), &[]);
        loading.set(true);
        spawn_local(async move {
            let result = client::get(&path).await;
            // The tab may have been left since.
            if loading.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(new) => {
                    output.set(Some(new));
                    error.set(None);
                }
                Err(failed) => error.set(Some(failed)),
            }
        });
    };
    Effect::new(move || {
        region.track();
        load();
    });
    let text = Signal::derive(move || output.with(|output| output.as_ref().map(|output| output.text.clone()).unwrap_or_default()));
    let has_text = Memo::new(move |_| text.with(|text| !text.is_empty()));
    let taken = move || {
        let at = output.with(|output| output.as_ref().and_then(|output| output.at));
        at.map(|at| tf("As of {time}", &[("time", format::date_time(at))]))
    };
    let take_away = move || {
        view! {
            <Copy text label=t("Copy console output")/>
            <Button small=true icon="download" on_click=move || download(&id.get_value(), &text.get_untracked())>{t("Download")}</Button>
        }
    };
    view! {
        <section class="detail-section">
            <div class="console-head">
                <h2 class="detail-section-title">{t("Console output")}</h2>
                <span class="cell-aside">{taken}</span>
                <div class="list-do">
                    {move || has_text.get().then(take_away)}
                    <Button small=true icon="refresh-cw" busy=loading on_click=load>{t("Refresh")}</Button>
                </div>
            </div>
            {move || error.get().map(|error| view! { <ErrorPanel error on_retry=Callback::new(move |()| load())/> })}
            {move || {
                if has_text.get() {
                    view! { <pre class="console" tabindex="0" role="region" translate="no" aria-label=t("Console output")>{move || text.get()}</pre> }
                        .into_any()
                } else if output.with(Option::is_some) {
                    view! { <p class="detail-none">{t("The instance has written nothing yet. It takes a few minutes after a start.")}</p> }
                        .into_any()
                } else if error.with(Option::is_none) {
                    view! { <Skeleton lines=6/> }.into_any()
                } else {
                    ().into_any()
                }
            }}
        </section>
    }
}

/// Hands the text to the browser as a file.
fn download(id: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) else { return };
    let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: web_sys::HtmlAnchorElement = link.unchecked_into();
        link.set_href(&url);
        link.set_download(&format!("{id}-console.txt"));
        link.click();
    }
    let _ = web_sys::Url::revoke_object_url(&url);
}
