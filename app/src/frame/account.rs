//! Who is signed in, and the way out.

use api::session::CloudKind;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    client::{self, Method},
    locale::{self, Locale, t, tf},
    paths,
    session::{use_region, use_session},
    storage,
    theme::remember,
    ui::{Menu, MenuItem, Toasts, Variant, use_toasts},
};

#[component]
pub fn Account() -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let (navigate, region) = (use_navigate(), use_region());
    let sessions =
        Callback::new(move |()| navigate(&paths::with_region(&paths::sessions(), &region.get_untracked()), NavigateOptions::default()));
    let user = Signal::derive(move || session.with(|session| session.as_ref().map(|session| session.user.clone()).unwrap_or_default()));
    let items = move || {
        let mut items = Vec::new();
        // The second language is a test of the console; it has no business in anybody's real account.
        if session.with(|session| session.as_ref().is_some_and(|session| session.cloud.kind == CloudKind::Demo)) {
            items.extend(Locale::ALL.iter().filter(|&&other| other != locale::current()).map(|&other| MenuItem {
                icon: Some("globe"),
                ..MenuItem::new(tf("Language: {language}", &[("language", other.label().to_owned())]), move || speak(other))
            }));
        }
        items.push(MenuItem { icon: Some("monitor"), ..MenuItem::new(t("Sessions"), sessions) });
        items.push(MenuItem { icon: Some("log-out"), ..MenuItem::new(t("Sign out"), move || sign_out(toasts)) });
        items
    };
    let header = move || {
        session.get().map(|session| {
            view! {
                <div class="menu-header account-header">
                    <div class="account-user" translate="no">{session.user}</div>
                    <div>{tf("Account {account}", &[("account", session.account)])}</div>
                    <div class="account-arn mono" translate="no">{session.arn}</div>
                </div>
            }
        })
    };
    view! { <div class="account"><Menu label=user data=true icon="circle-user" variant=Variant::Quiet items=Signal::derive(items) header=header/></div> }
}

/// The document in another language.
fn speak(locale: Locale) {
    remember("locale", locale.tag());
    // Fails only in sandboxed documents, which Canopy's are not.
    let _ = window().location().reload();
}

fn sign_out(toasts: Toasts) {
    spawn_local(async move {
        match client::send::<_, ()>(Method::DELETE, "/api/session", &()).await {
            // A new document, so that nothing of the session stays in memory.
            Ok(()) => {
                storage::forget();
                let _ = window().location().assign(&paths::login());
            }
            Err(error) => toasts.error(error),
        }
    });
}
