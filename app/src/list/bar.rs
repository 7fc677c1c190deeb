//! The bar above the rows: how many there are, or how many are chosen and what can be done to them. One bar, so that choosing moves nothing.

use leptos::{ev, prelude::*};

use super::{
    export::Format,
    layout::use_layout,
    loader::Phase,
    sorting,
    state::{List, use_list},
};
use crate::{
    action::{self, count, use_actions},
    download, format,
    lazy::{self, parts},
    locale::{plural, t, tf},
    spec::column::Head,
    ui::{Button, Icon, IconButton, Menu, MenuItem, Spinner, Variant, unique_id},
};

#[component]
pub fn Bar() -> impl IntoView {
    let List { bus, .. } = use_list();
    let choosing = Memo::new(move |_| bus.selected.with(|selected| !selected.is_empty()));
    view! {
        <div class="list-bar">
            {move || if choosing.get() { view! { <Bulk/> }.into_any() } else { view! { <Count/><View/> }.into_any() }}
        </div>
    }
}

/// "37 of 214 instances", told to screen readers as it changes.
#[component]
fn Count() -> impl IntoView {
    let list = use_list();
    let List { spec, loader, rows, .. } = list;
    let text = Memo::new(move |before: Option<&String>| {
        let all = rows.news.with(|news| news.n_rows);
        let n_shown = list.n_shown();
        match loader.phase.get() {
            Phase::Waiting => String::new(),
            // Nobody knows how many there are.
            Phase::Partial if all == 0 => String::new(),
            Phase::Loading { so_far, quiet: false } if all == 0 && so_far == 0 => t("Loading…"),
            Phase::Loading { so_far, quiet: false } if so_far > 0 => tf("{n} so far…", &[("n", format::number(so_far))]),
            // Of what has just come it is not known yet whether it fits.
            _ if !list.finder.is_current() => before.cloned().unwrap_or_default(),
            _ if n_shown == all => count(spec.kind(), all),
            _ => tf("{n} of {all}", &[("n", format::number(n_shown)), ("all", count(spec.kind(), all))]),
        }
    });
    let busy = move || matches!(loader.phase.get(), Phase::Loading { quiet: false, .. });
    view! {
        <p class="list-count" role="status">
            {move || busy().then(|| view! { <Spinner/> })}
            {text}
        </p>
    }
}

/// What is chosen, and what can be done to all of it.
#[component]
fn Bulk() -> impl IntoView {
    let list = use_list();
    let List { spec, bus, .. } = list;
    let actions = use_actions();
    let chosen = Memo::new(move |_| list.chosen());
    let items = move || chosen.with(|chosen| chosen.iter().map(|row| row.item().clone()).collect::<Vec<_>>());
    // Those among them that are shown.
    let n_seen =
        Memo::new(move |_| bus.selected.with(|selected| list.with_shown_ids(|ids| ids.iter().filter(|id| selected.contains(id)).count())));
    let n_chosen = move || chosen.with(Vec::len);
    let all = move || n_seen.get() == n_chosen() && n_seen.get() == list.n_shown();
    let text = move || match n_chosen() {
        n if n > 1 && all() => tf("All {n} selected", &[("n", format::number(n))]),
        n => plural(n, "{n} selected", "{n} selected"),
    };
    let hidden = move || {
        Some(n_chosen().saturating_sub(n_seen.get()))
            .filter(|&n| n > 0)
            .map(|n| plural(n, "{n} of them not shown", "{n} of them not shown"))
    };
    // What has come since is not chosen by itself.
    let more = move || (n_seen.get() < list.n_shown()).then(|| tf("Select all {n}", &[("n", format::number(list.n_shown()))]));
    let choose_all = move |_| untrack(|| list.with_shown_ids(|ids| bus.selected.update(|selected| selected.add_all(ids.iter()))));
    let buttons = spec
        .actions()
        .into_iter()
        .enumerate()
        .filter(|(_, head)| head.bulk)
        .map(|(index, head)| {
            let variant = if head.danger { Variant::Danger } else { Variant::Secondary };
            view! {
                <Button
                    small=true
                    variant=variant
                    icon=head.icon
                    reason=Signal::derive(move || action::reason(spec, index, &items()))
                    on_click=move || actions.start(spec, index, untrack(items))
                >
                    {t(head.label)}
                </Button>
            }
        })
        .collect_view();
    let tags = spec.has_tags().then(|| {
        view! { <Button small=true icon="tags" on_click=move || actions.edit_tags(spec, untrack(items))>{t("Edit tags")}</Button> }
    });
    view! {
        <p class="list-count" role="status">
            <strong>{text}</strong>
            {move || hidden().map(|hidden| view! { <span class="list-hidden">{hidden}</span> })}
        </p>
        {move || more().map(|more| view! { <button type="button" class="list-all" on:click=choose_all>{more}</button> })}
        <div class="list-bulk" role="group" aria-label=t("Actions for the selected")>{buttons}{tags}</div>
        <IconButton icon="x" label=t("Clear selection") on_click=move || bus.selected.update(super::selection::Selection::clear)/>
    }
}

/// Table or tiles, and which columns.
#[component]
fn View() -> impl IntoView {
    let layout = use_layout();
    let tiles = layout.tiles;
    view! {
        <div class="list-view" role="group" aria-label=t("View")>
            {move || tiles.get().then(|| view! { <Sort/> })}
            <Export/>
            <Columns/>
            <IconButton
                icon="list"
                label=t("Table")
                pressed=Signal::derive(move || Some(!tiles.get()))
                on_click=move || layout.set_tiles(false)
            />
            <IconButton
                icon="layout-grid"
                label=t("Tiles")
                pressed=Signal::derive(move || Some(tiles.get()))
                on_click=move || layout.set_tiles(true)
            />
        </div>
    }
}

/// The order of what has no heads to click.
#[component]
fn Sort() -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let entry = move |head: Head| {
        let rank = bus.query.with(|query| sorting::rank(query, spec, head.key));
        let sort = move || bus.ask(|query| sorting::click(query, spec, head.key, false));
        let icon = rank.map(|rank| if rank.is_descending { "arrow-down" } else { "arrow-up" });
        MenuItem { icon, ..MenuItem::new(t(head.label), sort) }
    };
    let items = Signal::derive(move || spec.columns().into_iter().filter(|head| head.sorted).map(entry).collect());
    view! { <Menu label=t("Sort") icon="arrow-up-down" items small=true variant=Variant::Quiet/> }
}

/// What is shown, as a file. While the list is still arriving there is no such thing.
#[component]
fn Export() -> impl IntoView {
    let list = use_list();
    let List { spec, loader, .. } = list;
    let layout = use_layout();
    let reason = Signal::derive(move || match loader.phase.get() {
        _ if list.n_shown() == 0 => Some(t("There is nothing to export.")),
        Phase::Loading { quiet: false, .. } => Some(t("The list is still loading.")),
        _ => None,
    });
    let entry = move |label: &str, format: Format| {
        let save = move || {
            let name = format!("{}.{}", spec.kind().slug(), format.extension());
            let columns = layout.columns.with_untracked(|columns| columns.shown(spec, false));
            let columns: Vec<_> = columns.into_iter().map(|entry| entry.column).collect();
            let text = format.write(spec, &columns, &untrack(|| list.shown_rows(0, usize::MAX)));
            download::text(&name, format.media_type(), &text);
        };
        MenuItem::new(label, save)
    };
    let items = Signal::derive(move || vec![entry("CSV", Format::Csv), entry("JSON", Format::Json)]);
    view! { <Menu label=t("Export") icon="download" items reason small=true variant=Variant::Quiet/> }
}

/// Which columns and how, in a popover of the browser's own: what it changes is seen beside it.
#[component]
fn Columns() -> impl IntoView {
    let id = unique_id("columns");
    let opened = RwSignal::new(false);
    view! {
        <div class="columns">
            <button type="button" class="button button-quiet button-small" popovertarget=id.clone()>
                <Icon name="columns-3"/>
                <span class="button-label">{t("Columns")}</span>
            </button>
            <div class="columns-popup" popover="auto" role="dialog" aria-label=t("Columns") id=id on:beforetoggle=move |_: ev::Event| opened.set(true)>
                {move || opened.get().then(|| lazy::draw(parts::columns_panel, ()))}
            </div>
        </div>
    }
}
