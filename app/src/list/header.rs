//! The head of a list page: what it is, which part of it, and the main thing to do.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    loader::Phase,
    state::{List, use_list},
};
use crate::{
    form, format,
    locale::t,
    paths::{CREATE, list, with_region},
    session::use_region,
    spec::AnyPrimary,
    ui::{Button, Icon, IconButton, Variant, use_dialogs},
};

#[component]
pub fn Header() -> impl IntoView {
    let List { spec, bus, loader, rows, .. } = use_list();
    create_if_asked();
    let total = move || {
        let n_rows = rows.news.with(|news| news.n_rows);
        let known = matches!(loader.phase.get(), Phase::Complete) || n_rows > 0;
        known.then(|| format::number(n_rows))
    };
    let refreshing = Signal::derive(move || matches!(loader.phase.get(), Phase::Loading { quiet: false, .. }));
    view! {
        <header class="page-header list-header">
            <h1 class="page-title">
                {t(spec.title())}
                {move || total().map(|total| view! { " "<span class="list-total">{total}</span> })}
            </h1>
            <Scopes/>
            <div class="list-do">
                <IconButton icon="refresh-cw" label=t("Refresh") busy=refreshing on_click=move || bus.refresh.notify()/>
                <PrimaryButton/>
            </div>
        </header>
    }
}

/// Which part of what the cloud has.
#[component]
pub fn Scopes() -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let scopes = spec.scopes();
    let chosen = move |value: &str, index: usize| bus.query.with(|query| query.scope == value || (index == 0 && query.scope.is_empty()));
    (!scopes.is_empty()).then(|| {
        let options = scopes
            .iter()
            .enumerate()
            .map(|(index, scope)| {
                view! { <option value=scope.value selected=move || chosen(scope.value, index)>{t(scope.label)}</option> }
            })
            .collect_view();
        view! {
            <span class="select list-scope">
                <select
                    class="input"
                    aria-label=t("Owner")
                    on:change:target=move |event| bus.ask(|query| query.scope = event.target().value())
                >
                    {options}
                </select>
                <Icon name="chevron-down"/>
            </span>
        }
    })
}

/// How one makes a new one, where the console can.
#[component]
pub fn PrimaryButton() -> impl IntoView {
    let run = use_primary();
    let List { spec, .. } = use_list();
    spec.primary().map(|(label, _)| view! { <Button variant=Variant::Primary icon="plus" on_click=run>{t(label)}</Button> })
}

/// Does the main thing that there is to do on the list.
fn use_primary() -> Callback<()> {
    let List { spec, .. } = use_list();
    let navigate = use_navigate();
    let region = use_region();
    let dialogs = use_dialogs();
    Callback::new(move |()| match spec.primary() {
        Some((_, AnyPrimary::Go(path))) => navigate(&with_region(&path(), &region.get_untracked()), Default::default()),
        Some((_, AnyPrimary::Open(dialog))) => dialogs.open(dialog),
        Some((_, AnyPrimary::Create(fields, change))) => dialogs.open(move || form::create_any(spec.kind(), fields, change.clone())),
        None => {}
    })
}

/// Does it at once where the address says so, and takes that out of the address: whoever comes back to it wants the list.
fn create_if_asked() {
    let List { spec, bus, .. } = use_list();
    let navigate = use_navigate();
    let run = use_primary();
    let asked = Memo::new(move |_| bus.query.with(|query| query.others.iter().any(|(key, _)| key == CREATE)));
    Effect::new(move |_| {
        if asked.get() {
            let mut query = bus.query.get_untracked();
            query.others.retain(|(key, _)| key != CREATE);
            let path = format!("{}?{}", list(spec.kind()), query.to_search(spec));
            navigate(&path, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
            run.run(());
        }
    });
}
