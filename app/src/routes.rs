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
    // Erased here and at each route: what the compiler would otherwise carry around is one type of all pages.
    view! {
        <Routes fallback=not_found>
            <Route path=path!("/login") view=|| view! { <LoginPage/> }.into_any()/>
            <ParentRoute path=path!("") view=|| view! { <Frame/> }.into_any()>
                <Route path=path!("") view=|| view! { <DashboardPage/> }.into_any()/>
                <Route path=path!(":kind") view=|| view! { <ListRoute/> }.into_any()/>
                <Route path=path!("instances/new") view=|| view! { <LaunchPage/> }.into_any()/>
                <Route path=path!(":kind/:id") view=|| view! { <DetailRoute/> }.into_any()/>
                <Route path=path!("*any") view=not_found/>
            </ParentRoute>
        </Routes>
    }
    .into_any()
}

fn not_found() -> AnyView {
    view! { <NotFoundPage/> }.into_any()
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
        None => not_found(),
    }
}

#[component]
fn DetailRoute() -> impl IntoView {
    let kind = use_kind();
    move || match kind.get() {
        Some(kind) => view! { <DetailPage kind/> }.into_any(),
        None => not_found(),
    }
}
