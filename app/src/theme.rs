//! Light, dark, or as the system has it. The choice is kept in a cookie that the proxy reads, so that the first paint is right already.

use api::session::Theme;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// The choice, and how to make another.
#[derive(Clone, Copy)]
pub struct Themes(RwSignal<Theme>);

pub fn use_themes() -> Themes {
    expect_context()
}

impl Themes {
    pub(crate) fn provide(theme: Theme) {
        provide_context(Self(RwSignal::new(theme)));
    }

    pub fn get(self) -> Theme {
        self.0.get()
    }

    pub fn choose(self, theme: Theme) {
        self.0.set(theme);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme.as_str());
        }
        remember("theme", theme.as_str());
    }
}

/// Keeps a choice about looks for a year. Not for anything secret: scripts can read it.
pub fn remember(name: &str, value: &str) {
    let document: HtmlDocument = document().unchecked_into();
    // Fails only in sandboxed documents, which Canopy's are not.
    let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
}
