//! What the service worker shows where the console cannot be reached. It is kept on the device, so there is nothing of an account in it.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use crate::{
    client,
    frame::{PageTitle, ThemeButton},
    locale::t,
    paths,
};

/// A network is there before everything behind it is, and Canopy may be what was not running: one event is not enough to go on by.
const LOOK: Duration = Duration::from_secs(2);

#[component]
pub fn OfflinePage() -> impl IntoView {
    let query = use_query_map();
    // Painted without knowing from where one was led here.
    let then = RwSignal::new(paths::dashboard());
    Effect::new(move || {
        then.set(query.with(|query| query.get("then")).filter(|then| paths::is_local(then)).unwrap_or_else(paths::dashboard));
        let look = move || {
            if document().hidden() || !window().navigator().on_line() {
                return;
            }
            let then = then.get_untracked();
            spawn_local(async move {
                if client::is_reached().await {
                    let _ = window().location().replace(&then);
                }
            });
        };
        let online = window_event_listener(ev::online, move |_| look());
        on_cleanup(move || online.remove());
        if let Ok(timer) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <PageTitle text=t("No connection")/>
        <main class="login">
            <div class="login-theme"><ThemeButton/></div>
            <div class="login-column">
                <header class="login-header">
                    <img src="/favicon.svg" alt="" width="36" height="36"/>
                    <h1>{t("Canopy cannot be reached")}</h1>
                </header>
                <section class="card login-card" aria-label=t("No connection")>
                    <p>{t("There is no connection, or Canopy is not running. This page goes on by itself when the connection is back.")}</p>
                    // A visit, not a route: what is there is another document.
                    <a href=move || then.get() rel="external" class="button button-primary">{t("Try again")}</a>
                    <p class="login-note">{t("Nothing of your account is kept on this device, so there is nothing older to show.")}</p>
                </section>
            </div>
        </main>
    }
}
