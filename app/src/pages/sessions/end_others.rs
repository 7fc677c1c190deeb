//! Asks before everybody else who has signed in with the same keys is signed out.

use api::{error::ApiError, sessions::EndedSessions};
use leptos::{prelude::*, task::spawn_local};

use super::PATH;
use crate::{
    client::{self, Method},
    locale::{plural, t},
    ui::{Button, Dialog, ErrorPanel, Variant, use_dialogs, use_toasts},
};

#[component]
pub fn EndOthers(others: usize, on_ended: Callback<()>) -> impl IntoView {
    let (dialogs, toasts) = (use_dialogs(), use_toasts());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let close = move || dialogs.close();
    let end = move || {
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            match client::send::<_, EndedSessions>(Method::DELETE, PATH, &()).await {
                Ok(EndedSessions { ended }) => {
                    toasts.success(plural(ended, "{n} session is ended", "{n} sessions are ended"));
                    close();
                    on_ended.try_run(());
                }
                Err(failed) => {
                    error.try_set(Some(failed));
                    busy.try_set(false);
                }
            }
        });
    };
    let footer = move || {
        view! {
            <Button on_click=close>{t("Cancel")}</Button>
            <Button variant=Variant::Danger icon="log-out" busy=busy on_click=end>{t("End all others")}</Button>
        }
    };
    view! {
        <Dialog title=t("End all other sessions?") on_close=close footer=footer>
            <p>{plural(others, "{n} other session is ended at once.", "{n} other sessions are ended at once.")}</p>
            <p>{t("Whoever works there has to sign in again; what was typed there and not sent may be lost. This session goes on.")}</p>
            {move || error.get().map(|error| view! { <ErrorPanel error/> })}
        </Dialog>
    }
}
