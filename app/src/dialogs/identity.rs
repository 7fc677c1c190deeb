//! One more identity beside those that are signed in already, by the ordinary sign-in form.

use api::session::{CloudKind, SessionInfo};
use leptos::prelude::*;

use crate::{
    identity,
    locale::t,
    paths,
    session::Session,
    sign_in::{DemoForm, KeyForm},
    ui::{Dialog, use_dialogs},
};

#[component]
pub fn AddIdentity() -> impl IntoView {
    let dialogs = use_dialogs();
    let session: Session = expect_context();
    let has_demo = session.clouds.with_value(|clouds| clouds.iter().any(|cloud| cloud.kind == CloudKind::Demo));
    let on_signed = Callback::new(|info: SessionInfo| identity::switch(&info, &paths::dashboard()));
    view! {
        <Dialog title=t("Add another identity") on_close=move || dialogs.close()>
            <p>{t("You stay signed in as who you are. Each tab is for one identity, which the menu at the top right changes.")}</p>
            <KeyForm on_signed/>
            {has_demo
                .then(|| {
                    view! {
                        <p class="renewal-or"><span>{t("or a world of the demo cloud")}</span></p>
                        <DemoForm on_signed label=t("Open the demo")/>
                    }
                })}
        </Dialog>
    }
}
