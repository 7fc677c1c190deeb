//! Signing in, before there is a session.

use api::session::{Boot, SessionInfo};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    frame::{PageTitle, ThemeButton},
    identity,
    locale::{t, tf},
    paths,
    sign_in::{DemoForm, KeyForm},
};

#[component]
pub fn LoginPage() -> impl IntoView {
    let boot: Boot = expect_context();
    let then = use_query_map().with_untracked(|query| query.get("then")).unwrap_or_default();
    let target = if paths::is_local(&then) { then.clone() } else { paths::dashboard() };
    // A new document: the proxy paints the session into it.
    let on_signed = Callback::new(move |info: SessionInfo| identity::switch(&info, &target));
    let has_demo = boot.clouds.iter().any(|cloud| cloud.kind == api::session::CloudKind::Demo);
    view! {
        <PageTitle text=t("Sign in")/>
        <main class="login">
            <div class="login-theme"><ThemeButton/></div>
            <div class="login-column">
                <header class="login-header">
                    <img src="/favicon.svg" alt="" width="36" height="36"/>
                    <h1>{t("Sign in to Canopy")}</h1>
                </header>
                <section class="card login-card" aria-label=t("Sign in to a cloud")>
                    <KeyForm on_signed then=then.clone() refused=boot.refused/>
                    <p class="login-note">
                        {t("The secret goes to this server once, is exchanged for temporary credentials, and is not kept.")}
                    </p>
                </section>
                {has_demo
                    .then(|| {
                        view! {
                            <section class="card login-card login-demo" aria-labelledby="login-demo">
                                <h2 id="login-demo">{t("No account at hand?")}</h2>
                                <p class="login-note">{t("The demo cloud is a whole cloud inside this server, full of machines that you may break.")}</p>
                                <DemoForm on_signed then label=t("Open the demo")/>
                            </section>
                        }
                    })}
                <p class="login-version">{tf("Canopy {version}", &[("version", boot.version)])}</p>
            </div>
        </main>
    }
}
