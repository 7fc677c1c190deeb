//! The panel of saved and recent searches: take one, name what is asked now, share it as a link, let the list open with it.

use leptos::{html, prelude::*};

use super::{
    super::{
        query::Query,
        state::{List, use_list},
    },
    panel::PanelForm,
    saved::{self, Saved},
};
use crate::{
    locale::{t, tf},
    paths,
    spec::AnySpec,
    ui::{Button, Copy, Each, IconButton},
};

/// What is asked, as it is kept: without what is not the list's own.
pub fn kept(query: &Query, spec: &dyn AnySpec) -> String {
    Query { others: Vec::new(), ..query.clone() }.to_search(spec)
}

#[component]
pub fn Shelf(on_close: Callback<()>) -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let kind = spec.kind();
    let kept = RwSignal::new(saved::read(kind));
    let name = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();
    let now = move || bus.query.with(|query| self::kept(query, spec));
    let change = move |change: &dyn Fn(&mut Vec<Saved>)| {
        kept.update(|kept| change(kept));
        kept.with_untracked(|kept| saved::write(kind, kept));
    };
    let keep = move || {
        let (text, search) = (name.get_untracked(), untrack(now));
        if !text.trim().is_empty() {
            change(&|kept| saved::keep(kept, &text, &search));
            name.set(String::new());
        }
    };
    let take = move |search: &str| {
        let asked = Query::parse(search, spec);
        bus.text.set(String::new());
        bus.ask(|query| *query = Query { others: std::mem::take(&mut query.others), ..asked });
        on_close.run(());
    };
    // A line stays when it turns into the first search or another one's address changes, so that the focus does.
    let line = move |name: String| {
        let of_name = StoredValue::new(name.clone());
        let find = move |kept: &[Saved]| of_name.with_value(|name| kept.iter().find(|known| known.name == *name).cloned());
        let search = Signal::derive(move || kept.with(|kept| find(kept)).map(|saved| saved.search).unwrap_or_default());
        let is_default = Signal::derive(move || kept.with(|kept| find(kept)).is_some_and(|saved| saved.is_default));
        view! {
            <li class="shelf-line">
                <button type="button" class="shelf-take" translate="no" on:click=move |_| take(&search.get_untracked())>{name.clone()}</button>
                <Copy text=Signal::derive(move || link(kind, &search.get())) label=tf("Copy a link to {name}", &[("name", name.clone())])/>
                <IconButton
                    icon=Signal::derive(move || if is_default.get() { "circle-check" } else { "circle" })
                    label=tf("Open the list with {name}", &[("name", name.clone())])
                    pressed=Signal::derive(move || Some(is_default.get()))
                    on_click=move || change(&|kept| of_name.with_value(|name| saved::turn_default(kept, name)))
                />
                <IconButton
                    icon="trash-2"
                    label=tf("Forget {name}", &[("name", name)])
                    on_click=move || {
                        change(&|kept| kept.retain(|known| of_name.with_value(|name| known.name != *name)));
                        if let Some(input) = input.get_untracked() {
                            let _ = input.focus();
                        }
                    }
                />
            </li>
        }
    };
    let names = move || kept.with(|kept| kept.iter().map(|saved| saved.name.clone()).collect::<Vec<_>>());
    let recent = saved::read_recent(kind);
    let recent = (!recent.is_empty()).then(|| {
        let line = |search: String| {
            let text = Query::parse(&search, spec).search.to_string();
            view! { <li class="shelf-line"><button type="button" class="shelf-take" translate="no" on:click=move |_| take(&search)>{text}</button></li> }
        };
        view! { <h3 class="shelf-title">{t("Recent searches")}</h3><ul>{recent.into_iter().map(line).collect_view()}</ul> }
    });
    view! {
        <PanelForm label=t("Saved searches") on_submit=keep on_cancel=on_close>
            <div class="shelf-new">
                <input
                    class="input"
                    type="text"
                    maxlength="60"
                    autocomplete="off"
                    data-first="true"
                    node_ref=input
                    aria-label=t("Name of this search")
                    placeholder=t("Name of this search")
                    prop:value=move || name.get()
                    on:input:target=move |event| name.set(event.target().value())
                />
                <Button kind="submit" icon="save">{t("Save")}</Button>
                <Copy text=Signal::derive(move || link(kind, &now())) label=t("Copy a link to this search")/>
            </div>
            <h3 class="shelf-title">{t("Saved searches")}</h3>
            <ul><Each each=names key=Clone::clone let:name>{line(name)}</Each></ul>
            {move || kept.with(Vec::is_empty).then(|| view! { <p class="search-help">{t("None yet. A name keeps what is asked now in this browser.")}</p> })}
            {recent}
        </PanelForm>
    }
}

/// The address that others can open.
fn link(kind: api::kind::Kind, search: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    let path = paths::list(kind);
    if search.is_empty() { format!("{origin}{path}") } else { format!("{origin}{path}?{search}") }
}
