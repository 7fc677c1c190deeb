//! Signing in.

use leptos::prelude::*;

use crate::{frame::PageTitle, locale::t};

#[component]
pub fn LoginPage() -> impl IntoView {
    view! {
        <PageTitle text=t("Sign in")/>
        <h1>{t("Sign in")}</h1>
    }
}
