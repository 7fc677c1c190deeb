//! Keeps a form that holds something from being left by accident: by a link, by Back, by closing the tab.
//!
//! The router has no way to refuse a navigation, so links and history are caught before it hears of them.

use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::{
    locale::t,
    ui::{Button, Dialog, Variant, use_dialogs},
};

/// Stands guard while the component that made it is mounted.
#[derive(Clone, Copy)]
pub struct Guard {
    released: RwSignal<bool>,
}

impl Guard {
    /// Lets everything pass from now on: what was typed has been sent, or given up.
    pub fn release(self) {
        self.released.set(true);
    }
}

/// Asks before this page is left while `dirty`.
pub fn use_guard(dirty: Signal<bool>) -> Guard {
    let guard = Guard { released: RwSignal::new(false) };
    let holds = move || dirty.get_untracked() && !guard.released.get_untracked();
    let navigate = use_navigate();
    let here = use_location();
    let dialogs = use_dialogs();
    let ask = Callback::new(move |to: String| {
        let navigate = navigate.clone();
        let leave = Callback::new(move |()| {
            guard.release();
            dialogs.close();
            navigate(&to, NavigateOptions::default());
        });
        dialogs.open(move || view! { <Leave on_leave=leave on_stay=Callback::new(move |()| dialogs.close())/> }.into_any());
    });

    Effect::new(move |_| {
        let path = here.pathname.get_untracked();
        let unload = window_event_listener_untyped("beforeunload", move |event| {
            if holds() {
                event.prevent_default();
            }
        });
        let click = capture("click", {
            let path = path.clone();
            move |event| {
                if let Some(to) = link_of(&event).filter(|to| holds() && !leads_to(to, &path)) {
                    event.prevent_default();
                    ask.run(to);
                }
            }
        });
        let popstate = capture("popstate", move |event| {
            let to_path = location().pathname().unwrap_or_default();
            if !holds() || to_path == path {
                return;
            }
            let to = to_path + &location().search().unwrap_or_default();
            event.stop_immediate_propagation();
            let stay = format!("{path}?{}", here.search.get_untracked());
            // Whether it went back or forward cannot be known; pushing the page's address again is right for both.
            let history = window().history().expect("a window has a history");
            _ = history.push_state_with_url(&JsValue::NULL, "", Some(&stay));
            ask.run(to);
        });
        on_cleanup(move || {
            unload.remove();
            click();
            popstate();
        });
    });
    guard
}

#[component]
fn Leave(on_leave: Callback<()>, on_stay: Callback<()>) -> impl IntoView {
    let footer = move || {
        view! {
            <Button variant=Variant::Secondary on_click=on_leave>{t("Leave")}</Button>
            <Button variant=Variant::Primary on_click=on_stay>{t("Stay")}</Button>
        }
    };
    view! {
        <Dialog title=t("Leave this page?") on_close=on_stay footer=footer>
            <p>{t("What you have entered here is not saved and will be lost.")}</p>
        </Dialog>
    }
}

/// Where a plain click leads within the console, if it was one on a link.
fn link_of(event: &ev::Event) -> Option<String> {
    let click = event.dyn_ref::<web_sys::MouseEvent>()?;
    if click.default_prevented() || click.button() != 0 || click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key() {
        return None;
    }
    let link = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest("a[href]").ok().flatten()?;
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    link.get_attribute("href").filter(|to| to.starts_with('/'))
}

fn leads_to(to: &str, path: &str) -> bool {
    to.split(['?', '#']).next() == Some(path)
}

/// Listens on the window before everybody else; the returned function ends it.
fn capture(name: &'static str, run: impl Fn(ev::Event) + 'static) -> impl FnOnce() + Send + Sync + 'static {
    let listener = Closure::<dyn Fn(ev::Event)>::new(run);
    _ = window().add_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), true);
    let listener = StoredValue::new_local(listener);
    move || {
        listener.with_value(|listener| {
            _ = window().remove_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), true);
        });
    }
}
