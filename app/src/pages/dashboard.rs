//! The dashboard.

use leptos::prelude::*;

use crate::{frame::PageTitle, locale::t};

#[component]
pub fn DashboardPage() -> impl IntoView {
    view! {
        <PageTitle text=t("Dashboard")/>
        <h1>{t("Dashboard")}</h1>
    }
}
