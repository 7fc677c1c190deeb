//! What surrounds every page: navigation, the bar with cloud, region and identity, messages and dialogs.

mod account;
mod bar;
mod expiry;
mod nav;
mod offline;
mod region;
mod renewal;
mod theme_button;
mod title;
mod update;

use leptos::{ev, html, prelude::*};
use leptos_router::{components::Outlet, hooks::use_location};

use self::{bar::Bar, nav::Nav, renewal::Renewal};
pub use self::{theme_button::ThemeButton, title::PageTitle};
use crate::{
    locale::t,
    ui::{DialogHost, ToastHost},
};

/// How the navigation shows itself.
#[derive(Clone, Copy)]
struct Folds {
    /// Icons alone, on wide screens.
    slim: RwSignal<bool>,
    /// Out, on narrow screens.
    drawer: RwSignal<bool>,
}

/// Around all pages of those who are signed in.
#[component]
pub fn Frame() -> impl IntoView {
    let folds = Folds { slim: RwSignal::new(false), drawer: RwSignal::new(false) };
    provide_context(folds);
    let page = title::provide();
    let main = NodeRef::<html::Main>::new();
    let path = use_location().pathname;
    // A new page starts at its top, with the focus where reading starts; the first one leaves the focus to the browser.
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            folds.drawer.set(false);
            if let Some(main) = main.get_untracked() {
                main.set_scroll_top(0);
                let _ = main.focus();
            }
        }
        path
    });
    // The router takes links to itself, and would scroll without moving the focus.
    let skip = move |event: ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            let _ = main.focus();
        }
    };
    let close_drawer = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            folds.drawer.set(false);
        }
    };
    view! {
        <a class="skip-link" href="#main" on:click=skip>{t("Skip to content")}</a>
        <div class="frame" class:frame-slim=move || folds.slim.get() class:frame-drawer=move || folds.drawer.get() on:keydown=close_drawer>
            <Nav/>
            <div class="frame-scrim" on:click=move |_| folds.drawer.set(false)></div>
            <Bar/>
            <main id="main" class="frame-main" tabindex="-1" aria-label=move || page.get() node_ref=main>
                <Outlet/>
            </main>
        </div>
        <Renewal/>
        <DialogHost/>
        <ToastHost/>
    }
}
