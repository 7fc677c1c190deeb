//! The region that is looked at, and the way to another. Pages and lists stay, with what their address says; a single resource of one region
//! gives way to its list, because it is nowhere else.

use api::kind::Kind;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::{
    locale::t,
    paths,
    session::{use_region, use_session},
    ui::Icon,
};

#[component]
pub fn RegionChoice() -> impl IntoView {
    let (session, region) = (use_session(), use_region());
    let location = use_location();
    let navigate = use_navigate();
    let regions =
        Memo::new(move |_| session.with(|session| session.as_ref().map(|session| session.cloud.regions.clone()).unwrap_or_default()));
    let choose = StoredValue::new(move |chosen: String| {
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        navigate(&elsewhere(&path, &search, &chosen), NavigateOptions::default());
    });
    view! {
        {move || {
            if regions.with(Vec::len) < 2 {
                return view! { <span class="context-region" translate="no">{move || region.get()}</span> }.into_any();
            }
            view! {
                <span class="select context-region">
                    <select
                        class="input"
                        aria-label=t("Region")
                        translate="no"
                        on:change:target=move |event| choose.with_value(|choose| choose(event.target().value()))
                    >
                        {regions
                            .get()
                            .into_iter()
                            .map(|name| {
                                let own = name.clone();
                                let chosen = region.with_untracked(|region| *region == name);
                                view! {
                                    <option value=name.clone() selected=chosen prop:selected=move || region.with(|region| *region == own)>
                                        {name.clone()}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                    <Icon name="chevron-down"/>
                </span>
            }
                .into_any()
        }}
    }
}

/// The address of the same page in another region.
fn elsewhere(path: &str, search: &str, region: &str) -> String {
    let search = search.trim_start_matches('?');
    let detail_of = path.strip_prefix('/').and_then(|path| path.split_once('/')).filter(|_| path != paths::launch());
    match detail_of.and_then(|(slug, _)| Kind::from_slug(slug)) {
        // IAM knows no regions.
        Some(kind) if !kind.is_global() => paths::with_region(&paths::list(kind), region),
        _ => paths::with_region(&format!("{path}?{search}"), region),
    }
}

#[cfg(test)]
mod tests {
    use super::elsewhere;

    #[test]
    fn the_page_stays_and_a_resource_gives_way_to_its_list() {
        assert_eq!(elsewhere("/instances", "?state=running&region=a", "b"), "/instances?state=running&region=b");
        assert_eq!(elsewhere("/", "", "b"), "/?region=b");
        assert_eq!(elsewhere("/instances/new", "step=security", "b"), "/instances/new?step=security&region=b");
        assert_eq!(elsewhere("/instances/i-1", "?tab=tags&region=a", "b"), "/instances?region=b");
        assert_eq!(elsewhere("/roles/admin", "?region=a", "b"), "/roles/admin?region=b");
    }
}
