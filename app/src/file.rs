//! Files that the user chooses.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

/// The bytes of a chosen file.
pub async fn read(file: &File) -> Result<Vec<u8>, wasm_bindgen::JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// A button that opens the browser's file dialog. The same file can be chosen again after it changed on disk.
#[component]
pub fn FileInput(#[prop(into)] label: String, on_pick: Callback<File>) -> impl IntoView {
    let picked = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event.target().expect("an event of an input has a target").unchecked_into();
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            on_pick.run(file);
        }
        input.set_value("");
    };
    view! {
        <label class="file-input button button-secondary button-small">
            {label}
            <input type="file" class="visually-hidden" on:change=picked/>
        </label>
    }
}
