//! Starts Canopy in the browser: takes over the document that the proxy has painted.
#![recursion_limit = "512"] // The whole view is one type here.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
