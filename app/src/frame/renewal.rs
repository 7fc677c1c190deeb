//! The dialog that asks for sign-in in place, over whatever page is open. Closing it leaves the page as it is, with its requests waiting.

use api::{
    kind::Kind,
    session::{CloudKind, SessionInfo},
};
use leptos::prelude::*;

use crate::{
    format,
    lazy::{self, parts},
    list,
    locale::t,
    session::Session,
    sign_in::{DemoForm, KeyForm},
    ui::{Dialog, Variant},
};

#[component]
pub fn Renewal() -> impl IntoView {
    let session: Session = expect_context();
    view! { {move || session.ask.get().then(|| view! { <RenewalDialog session/> })} }
}

#[component]
fn RenewalDialog(session: Session) -> impl IntoView {
    let info = session.info.get_untracked();
    // A role is taken on again by whoever took it on, while they are signed in.
    let role = info.as_ref().and_then(|info| {
        let again = info.assumed.clone()?;
        let from = session.identities.with_untracked(|all| all.iter().find(|other| other.identity == again.from).cloned())?;
        (from.expires_at > format::now()).then_some((from, again))
    });
    if let Some((from, again)) = role {
        let close = Callback::new(move |()| session.ask.set(false));
        return lazy::draw(parts::renew_role, (from, again, close, Callback::new(move |info| session.renew(info))));
    }
    let kind = info.as_ref().map(|info| info.cloud.kind);
    let only = info.clone();
    let on_signed = move |info: SessionInfo| {
        let is_other_world = info.cloud.kind == CloudKind::Demo
            && session.info.with_untracked(|before| before.as_ref().map(|before| &before.account) != Some(&info.account));
        session.renew(info);
        if is_other_world {
            list::refresh(Kind::ALL);
        }
    };
    let instead = info.as_ref().map(|info| info.identity.clone()).unwrap_or_default();
    let who = info.map(|info| {
        view! {
            <p class="renewal-who" translate="no">
                <strong>{info.user}</strong>" · "{info.cloud.label}" · "<span class="mono">{info.account}</span>
            </p>
        }
    });
    let is_demo = kind == Some(CloudKind::Demo);
    view! {
        <Dialog title=t("Sign in to go on") on_close=move || session.ask.set(false)>
            <p>{t("Your session is over, or will be soon. Sign in again and everything on this page goes on where it was.")}</p>
            {who}
            {is_demo
                .then(|| {
                    view! {
                        <DemoForm on_signed=Callback::new(on_signed) label=t("Go on in the demo") variant=Variant::Primary instead=instead.clone()/>
                        <p class="renewal-or"><span>{t("or with keys of the demo cloud")}</span></p>
                    }
                })}
            <KeyForm on_signed=Callback::new(on_signed) only=only/>
        </Dialog>
    }
    .into_any()
}
