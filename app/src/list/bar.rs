//! The bar above the rows: how many there are, or how many are chosen and what can be done to them. One bar, so that choosing moves nothing.

use leptos::prelude::*;

use super::{
    export::Format,
    finder::Shown,
    layout::use_layout,
    loader::Phase,
    state::{List, use_list},
};
use crate::{
    action::{self, count, use_actions},
    download, format,
    locale::{plural, t, tf},
    ui::{Button, IconButton, Menu, MenuItem, Spinner, Variant, unique_id},
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
    let List { spec, shown, loader, rows, .. } = use_list();
    let text = move || {
        let all = rows.news.with(|news| news.n_rows);
        let n_shown = shown.with(Shown::len);
        match loader.phase.get() {
            Phase::Waiting => String::new(),
            // Nobody knows how many there are.
            Phase::Partial if all == 0 => String::new(),
            Phase::Loading { so_far, quiet: false } if all == 0 && so_far == 0 => t("Loading…"),
            Phase::Loading { so_far, quiet: false } if so_far > 0 => tf("{n} so far…", &[("n", format::number(so_far))]),
            _ if n_shown == all => count(spec.kind(), all),
            _ => tf("{n} of {all}", &[("n", format::number(n_shown)), ("all", count(spec.kind(), all))]),
        }
    };
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
    let n_hidden = move || {
        list.with_shown_ids(|shown| {
            let shown: std::collections::BTreeSet<_> = shown.iter().collect();
            chosen.with(|chosen| chosen.iter().filter(|row| !shown.contains(row.id())).count())
        })
    };
    let text = move || plural(chosen.with(Vec::len), "{n} selected", "{n} selected");
    let hidden = move || Some(n_hidden()).filter(|&n| n > 0).map(|n| plural(n, "{n} of them not shown", "{n} of them not shown"));
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

/// What is shown, as a file. While the list is still arriving there is no such thing.
#[component]
fn Export() -> impl IntoView {
    let list = use_list();
    let List { spec, shown, loader, .. } = list;
    let reason = Signal::derive(move || match loader.phase.get() {
        _ if shown.with(Shown::is_empty) => Some(t("There is nothing to export.")),
        Phase::Loading { quiet: false, .. } => Some(t("The list is still loading.")),
        _ => None,
    });
    let entry = move |label: &str, format: Format| {
        let save = move || {
            let name = format!("{}.{}", spec.kind().slug(), format.extension());
            let text = format.write(spec, &untrack(|| list.shown_rows(0, usize::MAX)));
            download::text(&name, format.media_type(), &text);
        };
        MenuItem::new(label, save)
    };
    let items = Signal::derive(move || vec![entry("CSV", Format::Csv), entry("JSON", Format::Json)]);
    view! { <Menu label=t("Export") icon="download" items reason small=true variant=Variant::Quiet/> }
}

/// The columns to choose from, in a popover of the browser's own.
#[component]
fn Columns() -> impl IntoView {
    let List { spec, .. } = use_list();
    let layout = use_layout();
    let id = unique_id("columns");
    let boxes = spec
        .columns()
        .into_iter()
        .enumerate()
        .skip(1)
        .map(|(index, head)| {
            view! {
                <li>
                    <label class="columns-choice">
                        <input
                            type="checkbox"
                            class="checkbox"
                            prop:checked=move || layout.columns.with(|columns| columns.contains(&index))
                            on:change=move |_| layout.toggle(index)
                        />
                        {t(head.label)}
                    </label>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="columns">
            <button type="button" class="button button-quiet button-small" popovertarget=id.clone()>
                <crate::ui::Icon name="columns-3"/>
                <span class="button-label">{t("Columns")}</span>
            </button>
            <div class="columns-popup" popover="auto" id=id>
                <ul aria-label=t("Columns")>{boxes}</ul>
            </div>
        </div>
    }
}
