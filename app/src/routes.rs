//! Which address shows which page.

use api::kind::Kind;
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Routes},
    hooks::use_params_map,
    path,
};

use crate::{
    detail::DetailPage,
    frame::Frame,
    launch::LaunchPage,
    list::ListPage,
    pages::{dashboard::DashboardPage, login::LoginPage, not_found::NotFoundPage},
    session, spec,
};

#[component]
pub fn Pages() -> impl IntoView {
    session::provide_region();
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/login") view=LoginPage/>
            <ParentRoute path=path!("") view=Frame>
                <Route path=path!("") view=DashboardPage/>
                <Route path=path!(":kind") view=ListRoute/>
                <Route path=path!("instances/new") view=LaunchPage/>
                <Route path=path!(":kind/:id") view=DetailRoute/>
                <Route path=path!("*any") view=NotFoundPage/>
            </ParentRoute>
        </Routes>
    }
}

/// The kind that the address names, if it has pages. Another kind is another page, another query of the same kind is not.
fn use_kind() -> Memo<Option<Kind>> {
    let params = use_params_map();
    Memo::new(move |_| {
        let kind = params.with(|params| params.get_str("kind").and_then(Kind::from_slug));
        kind.filter(|&kind| spec::of(kind).is_some())
    })
}

#[component]
fn ListRoute() -> impl IntoView {
    let kind = use_kind();
    move || match kind.get() {
        Some(kind) => view! { <ListPage kind/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}

#[component]
fn DetailRoute() -> impl IntoView {
    let kind = use_kind();
    move || match kind.get() {
        Some(kind) => view! { <DetailPage kind/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}
