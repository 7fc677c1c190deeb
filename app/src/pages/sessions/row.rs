//! One session: from where, since when, and its end.

use api::sessions::OpenSession;
use leptos::{prelude::*, task::spawn_local};

use super::PATH;
use crate::{
    client::{self, Method},
    locale::{t, tf},
    paths::encode,
    ui::{Button, Icon, Status, Time, Tone, use_toasts},
};

#[component]
pub fn Row(session: OpenSession, on_ended: Callback<()>) -> impl IntoView {
    let OpenSession { handle, is_this, browser, address, began_at, seen_at, expires_at } = session;
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let end = move || {
        let path = format!("{PATH}/{}", encode(&handle));
        busy.set(true);
        spawn_local(async move {
            match client::send::<_, ()>(Method::DELETE, &path, &()).await {
                Ok(()) => toasts.success(t("The session is ended")),
                Err(error) => toasts.error(error),
            }
            busy.try_set(false);
            // Also after a failure: it may have ended by itself.
            on_ended.try_run(());
        });
    };
    let name = if browser.is_empty() {
        view! { <span class="session-browser">{t("Unknown browser")}</span> }.into_any()
    } else {
        view! { <span class="session-browser" translate="no">{browser.clone()}</span> }.into_any()
    };
    let address = if address.is_empty() {
        view! { <dd>{t("Not known")}</dd> }.into_any()
    } else {
        view! { <dd class="mono" translate="no">{address.clone()}</dd> }.into_any()
    };
    // So that buttons alike can be told apart by those who hear them.
    let told = if browser.is_empty() { t("Unknown browser") } else { browser };
    view! {
        <li class="session">
            <div class="session-head">
                <Icon name="monitor"/>
                {name}
                {is_this.then(|| view! { <Status tone=Tone::Good text=t("This session")/> })}
            </div>
            <dl class="session-facts">
                <div><dt>{t("Address")}</dt>{address}</div>
                <div><dt>{t("Signed in")}</dt><dd><Time at=began_at/></dd></div>
                <div><dt>{t("Last used")}</dt><dd><Time at=seen_at/></dd></div>
                <div><dt>{t("Ends at the latest")}</dt><dd><Time at=expires_at/></dd></div>
            </dl>
            {(!is_this)
                .then(|| {
                    view! {
                        <div class="session-end">
                            <Button small=true icon="log-out" busy=busy on_click=end>
                                {t("End")}
                                <span class="visually-hidden">" "{tf("the session in {browser}", &[("browser", told)])}</span>
                            </Button>
                        </div>
                    }
                })}
        </li>
    }
}
