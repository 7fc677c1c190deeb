//! The user data of an instance, in clear where it is text.

use api::encoding;
use leptos::prelude::*;

use crate::{
    format,
    locale::{t, tf},
    ui::Copy,
};

/// Nothing where there is none, or the cloud did not say.
#[component]
pub fn UserData(base64: Option<String>) -> impl IntoView {
    base64.filter(|base64| !base64.is_empty()).map(|base64| {
        let bytes = encoding::base64(&base64).unwrap_or_default();
        let n_bytes = bytes.len();
        let content = match String::from_utf8(bytes) {
            Ok(text) => view! {
                <Copy text=text.clone() label=t("Copy user data")/>
                <pre class="console" tabindex="0" role="region" translate="no" aria-label=t("User data")>{text}</pre>
            }
            .into_any(),
            Err(_) => {
                let size = format::bytes(n_bytes);
                view! { <p class="detail-none">{tf("Binary data, {size}", &[("size", size)])}</p> }.into_any()
            }
        };
        view! {
            <section class="detail-section">
                <h2 class="detail-section-title">{t("User data")}</h2>
                <div class="user-data">{content}</div>
            </section>
        }
    })
}

/// User data in clear, where it is text.
pub fn text(base64: &str) -> Option<String> {
    String::from_utf8(encoding::base64(base64)?).ok()
}
