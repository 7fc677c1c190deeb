//! Canopy's interface: components, pages and resource descriptions, painted first by the proxy and then alive in the browser.
//!
//! The proxy renders [`shell`] around [`App`]; the browser hydrates [`App`]. The first view depends on [`Boot`] and the address alone, so
//! that both draw the same; everything that needs a browser or the cloud happens in effects and events. Data comes through [`client`] only.
#![recursion_limit = "256"]

mod access;
pub mod action;
mod area;
pub mod client;
pub mod detail;
pub mod dialogs;
mod document;
mod download;
mod file;
pub mod form;
mod format;
mod frame;
mod identity;
mod label;
mod launch;
mod lazy;
pub mod list;
pub mod locale;
mod pages;
pub mod paths;
mod plan;
mod policy_editor;
mod private_key;
pub mod resources;
mod routes;
pub mod session;
mod sign_in;
pub mod spec;
mod storage;
pub mod theme;
pub mod ui;
mod version;
mod wizard;

use api::session::Boot;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

pub use document::{Assets, Missing, shell};

use crate::{locale::Locale, routes::Pages, session::Session, theme::Themes, version::Version};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    let boot = use_context().unwrap_or_else(start_in_browser);
    provide_meta_context();
    provide_context(Locale::of(&boot.locale));
    Session::provide(&boot);
    Themes::provide(boot.theme);
    ui::provide();
    Version::provide();
    provide_context(boot);
    view! {
        <Router>
            <Pages/>
        </Router>
    }
}

/// What the proxy has painted into the document: only there can it come from when no context provides it.
fn start_in_browser() -> Boot {
    let boot = document::read_boot().expect("the proxy paints the boot facts into every document");
    locale::set_for_document(Locale::of(&boot.locale));
    identity::begin(&boot);
    boot
}
