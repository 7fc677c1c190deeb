//! The navigation: every kind that has a page, in groups. Narrow on request, a drawer on narrow screens.

use api::kind::Kind;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use super::Folds;
use crate::{
    area::Area,
    locale::t,
    paths::{self, Go},
    spec::{self, Sign},
    storage,
    ui::{Icon, IconButton, unique_id},
};

/// Where the choice of a narrow navigation is kept.
const SLIM: &str = "nav-slim";
const NAV_ID: &str = "nav";

#[component]
pub fn Nav() -> impl IntoView {
    let folds: Folds = expect_context();
    let node = NodeRef::<html::Nav>::new();
    Effect::new(move || folds.slim.set(storage::read(SLIM).is_some()));
    Effect::new(move || {
        if folds.drawer.get()
            && let Some(Ok(Some(first))) = node.get_untracked().map(|nav| nav.query_selector("a"))
        {
            use wasm_bindgen::JsCast;
            let _ = first.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
    let fold = move || {
        let slim = !folds.slim.get_untracked();
        folds.slim.set(slim);
        storage::write(SLIM, slim.then_some("1"));
    };
    let groups = Area::ALL.map(|area| {
        let links = Kind::ALL.iter().filter(|&&kind| Area::of(kind) == Some(area)).filter_map(|&kind| {
            let Sign { title, icon, .. } = spec::sign(kind)?;
            Some(view! { <NavLink to=paths::list(kind) icon label=t(title)/> })
        });
        let own = (area == Area::Identity).then(|| view! { <NavLink to=paths::access() icon="circle-help" label=t("Who can do what")/> });
        let links = links.chain(own);
        let links = links.collect_view();
        let id = unique_id("nav-group");
        (!links.is_empty()).then(|| {
            view! {
                <div class="nav-group">
                    <h2 class="nav-heading" id=id.clone()><span>{t(area.label())}</span></h2>
                    <ul aria-labelledby=id>{links}</ul>
                </div>
            }
        })
    });
    view! {
        <nav class="frame-nav" id=NAV_ID aria-label=t("Main") node_ref=node>
            <div class="nav-brand">
                <Go to=paths::dashboard() class="brand">
                    <img src="/favicon.svg" alt="" width="22" height="22"/>
                    <span>"Canopy"</span>
                </Go>
            </div>
            <div class="nav-body">
                <ul>
                    <NavLink to=paths::dashboard() icon="layout-dashboard" label=t("Dashboard")/>
                </ul>
                {groups.into_iter().collect_view()}
            </div>
            <div class="nav-foot">
                <IconButton
                    icon=Signal::derive(move || if folds.slim.get() { "panel-left-open" } else { "panel-left-close" })
                    label=Signal::derive(move || if folds.slim.get() { t("Widen the navigation") } else { t("Narrow the navigation") })
                    on_click=fold
                />
            </div>
        </nav>
    }
}

#[component]
fn NavLink(to: String, icon: &'static str, label: String) -> impl IntoView {
    let path = use_location().pathname;
    let region = crate::session::use_region();
    let here = to.clone();
    let current = move || path.with(|path| is_current(path, &here).then_some("page"));
    view! {
        <li>
            <a class="nav-link" href=move || paths::with_region(&to, &region.read()) aria-current=current title=label.clone()>
                <Icon name=icon/>
                <span class="nav-label">{label.clone()}</span>
            </a>
        </li>
    }
}

/// Whether the path is the link's page or one below it.
fn is_current(path: &str, link: &str) -> bool {
    match path.strip_prefix(link) {
        Some(rest) if link != "/" => rest.is_empty() || rest.starts_with('/'),
        Some(rest) => rest.is_empty(),
        None => false,
    }
}

/// Opens the drawer.
#[component]
pub fn DrawerButton() -> impl IntoView {
    let folds: Folds = expect_context();
    view! {
        <button
            type="button"
            class="icon-button drawer-button"
            aria-label=t("Navigation")
            aria-controls=NAV_ID
            aria-expanded=move || folds.drawer.get().to_string()
            on:click=move |_| folds.drawer.update(|open| *open = !*open)
        >
            <Icon name="menu"/>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::is_current;

    #[test]
    fn a_link_is_current_on_its_page_and_below() {
        assert!(is_current("/instances", "/instances"));
        assert!(is_current("/instances/i-1", "/instances"));
        assert!(!is_current("/instances-types", "/instances"));
        assert!(!is_current("/instance-types", "/instances"));
        assert!(is_current("/", "/"));
        assert!(!is_current("/images", "/"));
    }
}
