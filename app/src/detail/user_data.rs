//! The user data of an instance, in clear where it is text.

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

/// Decodes base64; `None` where it is none. Line breaks, which some clouds put in, are skipped.
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut n_bits) = (Vec::with_capacity(text.len() / 4 * 3), 0u32, 0);
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace()).take_while(|&c| c != b'=') {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push((bits >> n_bits & 0xff) as u8);
        }
    }
    Some(bytes)
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
