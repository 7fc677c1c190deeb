//! The page of one resource, for every kind: title and state, actions, tabs of facts, the tag editor.
//!
//! The tab stands in the address. The page looks again while the resource is in transition and when something has changed it; a resource that
//! is gone is said to be gone, with the way back to the list as it was; whoever deletes it is led back there.

pub mod console_output;
mod header;
pub mod monitoring;
pub mod policy_versions;
mod related;
mod sections;
mod tags;
mod tags_form;
pub mod user_data;
pub mod vpc_map;

use api::{
    error::{ApiError, ErrorCode},
    kind::Kind,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};

use self::{header::DetailHeader, sections::Sections, tags::TagEditor};
use crate::{
    frame::PageTitle,
    label,
    list::{Gone, on_stale, poll, storage},
    locale::{t, tf},
    paths::{self, Go},
    session::use_region,
    spec::{self, AnySpec, Item},
    ui::{Empty, ErrorPanel, Skeleton, Tabs, panel_id, tab_id},
};

/// One resource, as the parts of its page see it.
#[derive(Clone, Copy)]
struct Detail {
    spec: &'static dyn AnySpec,
    region: Signal<String>,
    item: RwSignal<Option<Item>>,
    error: RwSignal<Option<ApiError>>,
    loading: RwSignal<bool>,
    /// Loading because the user asked for it.
    busy: RwSignal<bool>,
    /// Counts the requests, so that an answer that was overtaken is not taken.
    asked: StoredValue<usize>,
}

/// The page of the resource that the address names by `:id`. The kind has to have a description, which the routes see to.
#[component]
pub fn DetailPage(kind: Kind) -> impl IntoView {
    let spec = spec::of(kind).expect("the routes lead only to kinds that have a page");
    let params = use_params_map();
    // The address of a page of another kind is not for this one, which may hear of it before it is gone.
    let id = Memo::new(move |before: Option<&String>| {
        let asked = params.with(|params| (params.get_str("kind") == Some(kind.slug())).then(|| params.get("id").unwrap_or_default()));
        asked.or_else(|| before.cloned()).unwrap_or_default()
    });
    let detail = Detail {
        spec,
        region: use_region(),
        item: RwSignal::default(),
        error: RwSignal::default(),
        loading: RwSignal::new(false),
        busy: RwSignal::new(false),
        asked: StoredValue::new(0),
    };
    let (back, navigate) = (use_way_back(kind), use_navigate());
    let leave = Callback::new(move |()| {
        let list = paths::with_region(&back.get_untracked(), &detail.region.get_untracked());
        navigate(&list, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    detail.keep_loaded(id, leave);
    let title = move || match &*detail.item.read() {
        Some(item) => title(spec, item),
        None => id.get(),
    };
    let is_there = Memo::new(move |_| detail.item.with(Option::is_some));
    let load = Callback::new(move |()| {
        detail.busy.set(true);
        detail.load(id.get_untracked());
    });
    view! {
        <PageTitle text=Signal::derive(title)/>
        <div class="detail">
            <Breadcrumb kind title=Signal::derive(title)/>
            {move || {
                detail
                    .error
                    .get()
                    .map(|error| match error.code {
                        ErrorCode::NotFound => view! { <Gone kind id=id.get()/> }.into_any(),
                        _ => view! { <ErrorPanel error on_retry=load/> }.into_any(),
                    })
            }}
            {move || {
                if is_there.get() {
                    view! { <DetailHeader detail on_refresh=load/><Body detail/> }.into_any()
                } else if detail.error.with(Option::is_none) {
                    view! { <div class="detail-waiting" aria-busy="true"><Skeleton lines=8/></div> }.into_any()
                } else {
                    ().into_any()
                }
            }}
        </div>
    }
}

impl Detail {
    /// Loads what the address names, and again when that may have changed. Leaves when it was deleted.
    fn keep_loaded(self, id: Memo<String>, leave: Callback<()>) {
        let Self { spec, region, item, loading, .. } = self;
        Effect::new(move || {
            let id = id.get();
            if !region.with(String::is_empty) && !id.is_empty() {
                item.set(None);
                self.load(id);
            }
        });
        let look = move || self.load(id.get_untracked());
        let on_change = move |gone: Gone| if id.with_untracked(|id| gone.contains(id)) { leave.run(()) } else { look() };
        on_stale(spec.kind(), Callback::new(on_change));
        let in_transition = move || item.with(|item| item.as_ref().is_some_and(|item| spec.in_transition(item)));
        poll::while_visible(move || in_transition() && !loading.get(), look);
    }

    fn load(self, id: String) {
        let Self { spec, region, item, error, loading, busy, asked } = self;
        let number = asked.get_value() + 1;
        asked.set_value(number);
        loading.set(true);
        let fetch = spec.fetch(region.get_untracked(), id);
        spawn_local(async move {
            let result = fetch.await;
            // Another was asked for since, or the page is gone.
            if asked.try_get_value() != Some(number) {
                return;
            }
            loading.set(false);
            busy.set(false);
            match result {
                Ok(new) => {
                    error.set(None);
                    // What has not changed stays as it is drawn, with what is typed into it.
                    let same = item.with_untracked(|old| old.as_ref().is_some_and(|old| spec.same(old, &new)));
                    if !same {
                        item.set(Some(new));
                    }
                }
                Err(failed) => {
                    if failed.code == ErrorCode::NotFound {
                        item.set(None);
                    }
                    error.set(Some(failed));
                }
            }
        });
    }
}

/// `web-1 (i-0a1b…)`, or the identifier alone.
fn title(spec: &dyn AnySpec, item: &Item) -> String {
    let (name, id) = (spec.name(item), spec.id(item));
    label::both(name, id)
}

/// The way back to the list, as it was left.
fn use_way_back(kind: Kind) -> Signal<String> {
    let query = RwSignal::new(String::new());
    Effect::new(move || query.set(storage::read_in_tab("query", kind).unwrap_or_default()));
    Signal::derive(move || {
        let query = query.get();
        let query = query.trim_start_matches('?');
        if query.is_empty() { paths::list(kind) } else { format!("{}?{query}", paths::list(kind)) }
    })
}

#[component]
fn Breadcrumb(kind: Kind, title: Signal<String>) -> impl IntoView {
    let back = use_way_back(kind);
    let list = spec::of(kind).map_or("", AnySpec::title);
    view! {
        <nav class="breadcrumb" aria-label=t("Breadcrumb")>
            <ol>
                <li><Go to=back>{t(list)}</Go></li>
                <li><span aria-current="page" translate="no">{title}</span></li>
            </ol>
        </nav>
    }
}

/// It was deleted, never was, or is elsewhere.
#[component]
fn Gone(kind: Kind, id: String) -> impl IntoView {
    let back = use_way_back(kind);
    let title = tf("This {what} is gone", &[("what", t(kind.one()))]);
    let body =
        tf("The cloud does not know {id} in this region. It may have been deleted, or be in another region or account.", &[("id", id)]);
    view! {
        <Empty icon="search-x" title=title body=body>
            <Go to=back class="button button-secondary">{tf("Back to the {what}", &[("what", t(kind.many()))])}</Go>
        </Empty>
    }
}

/// The tabs and what the open one shows.
#[component]
fn Body(detail: Detail) -> impl IntoView {
    let Detail { spec, item, .. } = detail;
    let mut tabs = spec.tabs();
    if spec.has_tags() {
        // Before what takes a request of its own.
        let at = tabs.iter().position(|(key, _)| matches!(*key, "monitoring" | "console")).unwrap_or(tabs.len());
        tabs.insert(at, ("tags", "Tags"));
    }
    let keys: Vec<_> = tabs.iter().map(|(key, _)| *key).collect();
    let first = keys.first().copied().unwrap_or_default();
    let query = use_query_map();
    let active = Memo::new(move |_| {
        let asked = query.with(|query| query.get("tab"));
        asked.and_then(|asked| keys.iter().copied().find(|key| *key == asked)).unwrap_or(first)
    });
    let navigate = use_navigate();
    let select = move |tab: String| {
        let path = item.with_untracked(|item| item.as_ref().map(|item| paths::detail(spec.kind(), spec.id(item))));
        if let Some(path) = path {
            let path = paths::with_region(&paths::with_query(&path, &[("tab", &tab)]), &detail.region.get_untracked());
            navigate(&path, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    };
    let labels = tabs.into_iter().map(|(key, label)| (key, t(label))).collect();
    view! {
        <Tabs tabs=labels active=Signal::derive(move || active.get().to_owned()) on_select=select/>
        {move || {
            let key = active.get();
            let content = if key == "tags" {
                view! { <TagEditor detail/> }.into_any()
            } else {
                let index = spec.tabs().iter().position(|(other, _)| *other == key).unwrap_or_default();
                view! { <Sections detail tab=index/> }.into_any()
            };
            view! { <div class="detail-panel" role="tabpanel" tabindex="0" id=panel_id(key) aria-labelledby=tab_id(key)>{content}</div> }
        }}
    }
}
