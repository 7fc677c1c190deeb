//! The page of an address that leads nowhere.

use leptos::prelude::*;

use crate::{
    Missing,
    frame::PageTitle,
    locale::t,
    paths::{self, Go},
    ui::Empty,
};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    Missing::say();
    view! {
        <PageTitle text=t("Page not found")/>
        <Empty icon="search-x" title=t("There is no such page") body=t("The address may be mistyped, or the page has moved.")>
            <Go to=paths::dashboard() class="button button-secondary">{t("Go to the dashboard")}</Go>
        </Empty>
    }
}
