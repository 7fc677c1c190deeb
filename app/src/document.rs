//! The HTML document around the application, and the facts that travel in it from the proxy to the browser.
//!
//! Nothing in it needs more than a strict content security policy allows: no inline script of our own, no inline style.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use api::session::Boot;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;
use serde::Deserialize;

use crate::{
    App,
    locale::{Locale, t},
    routes,
};

/// The names of the built files, below the site's root, as `manifest.json` lists them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
    /// What is loaded when it is needed: the files of each module of [`crate::lazy::parts`], by its name.
    #[serde(default)]
    pub parts: BTreeMap<String, Vec<String>>,
}

impl Assets {
    /// All files that it names.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        [&self.css, &self.js, &self.wasm].into_iter().chain(self.parts.values().flatten())
    }
}

/// Whether the address led nowhere. The proxy provides it as a context and answers 404 when the page that was painted said so.
#[derive(Clone, Debug, Default)]
pub struct Missing(Arc<AtomicBool>);

impl Missing {
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Says it, where the proxy is listening: in a browser nobody is.
    pub(crate) fn say() {
        if let Some(Self(missing)) = use_context() {
            missing.store(true, Ordering::Relaxed);
        }
    }
}

/// The element that carries [`Boot`] as JSON.
const BOOT_ID: &str = "boot";

/// The document of a path. Needs [`Boot`] as a context. Without a type of its own, so that this crate and not the proxy compiles what is in it.
pub fn shell(assets: &Assets, path: &str) -> AnyView {
    let boot: Boot = expect_context();
    provide_context(Locale::of(&boot.locale));
    let at_root = |path: &str| format!("/{path}");
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    view! {
        <!DOCTYPE html>
        <html lang=boot.locale.clone() dir="ltr" data-theme=boot.theme.as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fcfcfd"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#111214"/>
                <meta name="referrer" content="same-origin"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icon-192.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="stylesheet" href=at_root(&assets.css)/>
                <link rel="modulepreload" href=at_root(&assets.js)/>
                <link rel="preload" href=at_root(&assets.wasm) r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                {parts(assets, path)}
                <script type="application/json" id=BOOT_ID>{painted(&boot)}</script>
                <script type="module" src=at_root(&assets.js) nonce=nonce></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
                // After the application: hydration walks the body from its first node and never comes here.
                <noscript>
                    <p class="no-app">{t("Canopy runs in the browser and needs JavaScript and WebAssembly. You can sign in without, but no further.")}</p>
                </noscript>
                <p class="no-app old-browser">
                    {t("This browser is too old for Canopy. It needs Chrome or Edge 123, Firefox 125, Safari 17.5, or later.")}
                </p>
                // Shown by the style sheet alone, when the application says that it failed or says nothing for long.
                <p class="no-app load-failed" role="alert">
                    {t("Canopy has not loaded. The connection may be slow or broken.")}" "<a href="">{t("Reload the page")}</a>
                </p>
            </body>
        </html>
    }
    .into_any()
}

/// Has the code of the page fetched beside the application, and that of all other parts once the browser has nothing else to do.
fn parts(assets: &Assets, path: &str) -> AnyView {
    let now: BTreeSet<_> = routes::part(path).and_then(|part| assets.parts.get(part)).into_iter().flatten().collect();
    let later: BTreeSet<_> = assets.parts.values().flatten().filter(|file| !now.contains(file)).collect();
    let link = |rel, file: &String| {
        view! { <link rel=rel href=format!("/{file}") r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> }
    };
    let links: Vec<_> =
        now.into_iter().map(|file| link("preload", file)).chain(later.into_iter().map(|file| link("prefetch", file))).collect();
    links.into_any()
}

/// JSON that cannot end the script element it stands in.
fn painted(boot: &Boot) -> String {
    serde_json::to_string(boot).expect("plain data serialises").replace('<', "\\u003c")
}

/// Reads what [`shell`] has painted. In a browser only.
pub fn read_boot() -> Option<Boot> {
    let text = document().get_element_by_id(BOOT_ID)?.text_content()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use api::session::Theme;

    use super::*;

    #[test]
    fn boot_facts_cannot_leave_their_element() {
        let boot = Boot {
            version: "</script><script>alert(1)</script>".into(),
            locale: "en".into(),
            theme: Theme::System,
            clouds: vec![],
            session: None,
            identities: vec![],
            refused: None,
        };
        let painted = painted(&boot);
        assert!(!painted.contains('<'), "{painted}");
        assert_eq!(serde_json::from_str::<Boot>(&painted).expect("still JSON"), boot);
    }
}
