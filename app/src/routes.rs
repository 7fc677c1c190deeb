//! Which address shows which page.

use api::{kind::Kind, session::CloudKind};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Routes},
    hooks::use_params_map,
    path,
};

use crate::{
    frame::{Frame, PageTitle},
    lazy::{self, parts},
    locale::t,
    pages::{dashboard::DashboardPage, login::LoginPage, not_found::NotFoundPage, offline::OfflinePage},
    session, spec,
};

#[component]
pub fn Pages() -> impl IntoView {
    session::provide_region();
    // Erased here and at each route: what the compiler would otherwise carry around is one type of all pages.
    view! {
        <Routes fallback=not_found>
            <Route path=path!("/login") view=|| view! { <LoginPage/> }.into_any()/>
            <Route path=path!("/offline") view=|| view! { <OfflinePage/> }.into_any()/>
            <ParentRoute path=path!("") view=|| view! { <Frame/> }.into_any()>
                <Route path=path!("") view=|| view! { <DashboardPage/> }.into_any()/>
                <Route path=path!("sessions") view=|| lazy::draw(parts::sessions_page, ())/>
                <Route path=path!("access") view=|| view! { <AccessRoute/> }.into_any()/>
                <Route path=path!("kit") view=|| view! { <KitRoute/> }.into_any()/>
                <Route path=path!(":kind") view=|| view! { <ListRoute/> }.into_any()/>
                <Route path=path!("instances/new") view=|| lazy::draw(parts::launch_page, ())/>
                <Route path=path!(":kind/:id") view=|| view! { <DetailRoute/> }.into_any()/>
                <Route path=path!("*any") view=not_found/>
            </ParentRoute>
        </Routes>
    }
    .into_any()
}

/// The module of [`lazy::parts`] that the page at a path is in; `None` where the application itself has it.
pub fn part(path: &str) -> Option<&'static str> {
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["instances", "new"] => Some("launch"),
        ["sessions"] => Some("sessions"),
        ["access"] => Some("policy"),
        ["kit"] => Some("kit"),
        [kind] => Kind::from_slug(kind).map(|_| "list"),
        [kind, _] => Kind::from_slug(kind).map(|_| "detail"),
        _ => None,
    }
}

fn not_found() -> AnyView {
    view! { <NotFoundPage/> }.into_any()
}

/// The kind that the address names, if it has pages. Another kind is another page, another query of the same kind is not.
fn use_kind() -> Memo<Option<Kind>> {
    let params = use_params_map();
    Memo::new(move |_| {
        let kind = params.with(|params| params.get_str("kind").and_then(Kind::from_slug));
        kind.filter(|&kind| spec::sign(kind).is_some())
    })
}

#[component]
fn ListRoute() -> impl IntoView {
    let kind = use_kind();
    move || match kind.get() {
        Some(kind) => {
            // What can be said before the list is there.
            let title = spec::sign(kind).map_or_else(String::new, |sign| t(sign.title));
            view! { <PageTitle text=title/>{lazy::draw(parts::list_page, kind)} }.into_any()
        }
        None => not_found(),
    }
}

/// For whoever works on the console: in the demo, and in development builds.
#[component]
fn KitRoute() -> impl IntoView {
    let session = session::use_session();
    let is_demo = Memo::new(move |_| session.with(|session| session.as_ref().is_some_and(|session| session.cloud.kind == CloudKind::Demo)));
    move || if is_demo.get() || cfg!(debug_assertions) { lazy::draw(parts::kit_page, ()) } else { not_found() }
}

#[component]
fn AccessRoute() -> impl IntoView {
    view! { <PageTitle text=t("Who can do what")/>{lazy::draw(parts::access_page, ())} }
}

#[component]
fn DetailRoute() -> impl IntoView {
    let kind = use_kind();
    move || match kind.get() {
        Some(kind) => lazy::draw(parts::detail_page, kind),
        None => not_found(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_code_of_its_page() {
        assert_eq!(part("/"), None);
        assert_eq!(part("/login"), None);
        assert_eq!(part("/instances"), Some("list"));
        assert_eq!(part("/kit"), Some("kit"));
        assert_eq!(part("/instances/new"), Some("launch"));
        assert_eq!(part("/sessions"), Some("sessions"));
        assert_eq!(part("/access"), Some("policy"));
        assert_eq!(part("/volumes/vol-1"), Some("detail"));
        assert_eq!(part("/elephants/vol-1"), None);
    }
}
