//! Where else one is signed in, and the end of it.

mod end_others;
mod row;

use api::{
    error::ApiError,
    sessions::{OpenSession, OpenSessions},
};
use leptos::{prelude::*, task::spawn_local};

use self::{end_others::EndOthers, row::Row};
use crate::{
    client,
    frame::PageTitle,
    locale::{t, tf},
    session::{own_arn, use_session},
    ui::{Button, ErrorPanel, IconButton, Notice, Skeleton, Tone, Variant, use_dialogs},
};

const PATH: &str = "/api/sessions";

#[component]
pub fn SessionsPage() -> impl IntoView {
    let dialogs = use_dialogs();
    let arn = own_arn(use_session());
    let found = RwSignal::new(None::<Result<OpenSessions, ApiError>>);
    let busy = RwSignal::new(false);
    let load = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = client::get(PATH).await;
            found.try_set(Some(answer));
            busy.try_set(false);
        });
    });
    Effect::new(move |_| load.run(()));
    let others = Memo::new(move |_| {
        found.with(|found| match found {
            Some(Ok(open)) => open.sessions.iter().filter(|session| !session.is_this).count(),
            _ => 0,
        })
    });
    let reason = Signal::derive(move || (others.get() == 0).then(|| t("There is no other session.")));
    let end_others = move || dialogs.open(move || view! { <EndOthers others=others.get_untracked() on_ended=load/> }.into_any());
    let body = move || {
        match found.get() {
        None => view! { <div class="sessions-waiting" aria-busy="true"><Skeleton lines=4/></div> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=load/> }.into_any(),
        Some(Ok(OpenSessions { sessions, is_whole })) => view! {
            {(!is_whole).then(incomplete)}
            <ul class="card sessions-list">{sessions.into_iter().map(|session: OpenSession| view! { <Row session on_ended=load/> }).collect_view()}</ul>
        }
        .into_any(),
    }
    };
    view! {
        <PageTitle text=t("Sessions")/>
        <div class="sessions">
            <header class="page-header">
                <h1>{t("Sessions")}</h1>
                <div class="sessions-buttons">
                    <IconButton icon="refresh-cw" label=t("Look again") busy on_click=load/>
                    <Button variant=Variant::Danger icon="log-out" reason=reason on_click=end_others>{t("End all others")}</Button>
                </div>
            </header>
            <p class="sessions-note">
                {tf("Where {arn} is signed in. End what you do not know, then change the key or the password that it was opened with.", &[("arn", arn)])}
            </p>
            {body}
        </div>
    }
}

fn incomplete() -> impl IntoView {
    let text = t(
        "Canopy cannot reach the store in which its replicas keep sessions, so there may be more than these. What you end here now ends \
         elsewhere when the store is back.",
    );
    view! { <Notice tone=Tone::Warn>{text}</Notice> }
}
