//! The user data of an instance, in clear where it is text.

use base64::{Engine, engine::general_purpose::STANDARD};
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
        let bytes = decode(&base64).unwrap_or_default();
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
    String::from_utf8(decode(base64)?).ok()
}

/// Line breaks, which some clouds put in, are skipped.
fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.split_ascii_whitespace().collect::<String>()).ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn base64_of_all_lengths_is_decoded() {
        for (encoded, plain) in [("", ""), ("YQ==", "a"), ("YWI=", "ab"), ("YWJj", "abc"), ("IyEvYmluL3No\nCg==", "#!/bin/sh\n")] {
            assert_eq!(decode(encoded).as_deref(), Some(plain.as_bytes()), "{encoded}");
        }
        assert_eq!(decode("%%%"), None);
    }
}
