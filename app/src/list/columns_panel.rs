//! What a list's table shows: which columns, in which order, how wide, tags among them, and how close the rows stand. It comes when it is
//! asked for, and everything it changes is seen at once.

use std::collections::BTreeSet;

use leptos::{ev, html, prelude::*};

use super::{
    columns::{Column, Columns, Entry},
    layout::{Layout, use_layout},
    state::{List, use_list},
};
use crate::{
    locale::{t, tf},
    ui::{Button, Each, IconButton, Variant, unique_id},
};

/// By so many pixels a column becomes wider or narrower.
const STEP: u16 = 16;

#[component]
pub fn ColumnsPanel() -> impl IntoView {
    let layout = use_layout();
    let Layout { spec, columns, .. } = layout;
    let said = RwSignal::new(String::new());
    let entries = move || columns.with(|columns| columns.all().iter().map(|entry| entry.column.clone()).collect::<Vec<_>>());
    let is_usual = Memo::new(move |_| columns.with(|columns| *columns == Columns::usual(spec)) && !layout.compact.get());
    let reset = move || {
        layout.set_compact(false);
        layout.change(|columns| *columns = Columns::usual(spec));
    };
    view! {
        <Density/>
        <ul class="columns-list" aria-label=t("Columns")>
            <Each each=entries key=Clone::clone let:column>
                <Choice column said/>
            </Each>
        </ul>
        {spec.has_tags().then(|| view! { <AddTag/> })}
        <p class="visually-hidden" role="status">{said}</p>
        <div class="columns-foot">
            <Button small=true variant=Variant::Quiet icon="undo-2" disabled=is_usual on_click=reset>{t("Reset to the usual columns")}</Button>
        </div>
    }
}

#[component]
fn Density() -> impl IntoView {
    let layout = use_layout();
    let name = unique_id("density");
    let option = |label: &'static str, compact: bool| {
        view! {
            <label class="check">
                <input type="radio" class="radio" name=name.clone() prop:checked=move || layout.compact.get() == compact on:change=move |_| layout.set_compact(compact)/>
                <span>{t(label)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="columns-density">
            <legend>{t("Rows")}</legend>
            {option("Comfortable", false)}
            {option("Compact", true)}
        </fieldset>
    }
}

/// One column: shown or not, where, and how wide.
#[component]
fn Choice(column: Column, said: RwSignal<String>) -> impl IntoView {
    let layout = use_layout();
    let Layout { spec, columns, .. } = layout;
    let (label, leads, is_tag) = (column.label(spec), column.leads(), column.is_tag());
    let name = StoredValue::new(label.clone());
    let column = StoredValue::new(column);
    let named = move |text: &str| name.with_value(|name| tf(text, &[("name", name.clone())]));
    let shown =
        Memo::new(move |_| column.with_value(|column| columns.with(|columns| entry(columns, column).is_some_and(|entry| entry.shown))));
    let step = move |forward: bool| {
        let focused = document().active_element();
        layout.change(|columns| column.with_value(|column| columns.step(column, forward, false)));
        let place =
            column.with_value(|column| columns.with_untracked(|columns| columns.all().iter().position(|entry| entry.column == *column)));
        let (place, all) = (place.unwrap_or_default() + 1, columns.with_untracked(|columns| columns.all().len()));
        let name = name.get_value();
        said.set(tf("{name}: {place} of {all}", &[("name", name), ("place", place.to_string()), ("all", all.to_string())]));
        // What is moved in the document loses the focus.
        request_animation_frame(move || {
            if let Some(element) = focused.and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok()) {
                let _ = element.focus();
            }
        });
    };
    let stuck = move |forward: bool| {
        let can = move || column.with_value(|column| columns.with(|columns| columns.can_step(column, forward, false)));
        Signal::derive(move || (!can()).then(|| t("It has no neighbour there.")))
    };
    let resize = move |wider: bool| {
        column.with_value(|column| {
            let widths = layout.widths.get_value();
            let now = widths.iter().find(|(other, _)| other == column).map(|(_, width)| *width);
            let now = now.or_else(|| columns.with_untracked(|columns| entry(columns, column)?.width)).unwrap_or(124);
            layout.change(|columns| {
                columns.freeze(&widths);
                columns.resize(column, if wider { now + STEP } else { now.saturating_sub(STEP) });
            });
        });
    };
    let unseen = Signal::derive(move || (!shown.get()).then(|| t("It is not shown.")));
    view! {
        <li class="columns-choice">
            <label class="check">
                <input
                    type="checkbox"
                    class="checkbox"
                    disabled=leads
                    prop:checked=shown
                    on:change:target=move |event| {
                        let show = event.target().checked();
                        layout.change(|columns| column.with_value(|column| columns.show(column, show)));
                    }
                />
                <span translate=is_tag.then_some("no")>{label.clone()}</span>
                {is_tag.then(|| view! { <span class="columns-tag">{t("Tag")}</span> })}
            </label>
            <span class="columns-do" role="group" aria-label=named("Place and width of {name}")>
                {is_tag.then(|| {
                    let remove = move || layout.change(|columns| column.with_value(|column| columns.remove_tag(column)));
                    view! { <IconButton icon="x" label=named("Remove {name}") on_click=remove/> }
                })}
                <IconButton icon="minus" label=named("Make {name} narrower") reason=unseen on_click=move || resize(false)/>
                <IconButton icon="plus" label=named("Make {name} wider") reason=unseen on_click=move || resize(true)/>
                {(!leads).then(|| view! {
                    <IconButton icon="arrow-up" label=named("Move {name} up") reason=stuck(false) on_click=move || step(false)/>
                    <IconButton icon="arrow-down" label=named("Move {name} down") reason=stuck(true) on_click=move || step(true)/>
                })}
            </span>
        </li>
    }
}

fn entry<'a>(columns: &'a Columns, column: &Column) -> Option<&'a Entry> {
    columns.all().iter().find(|entry| entry.column == *column)
}

/// Any key of a tag becomes a column; those that the rows have are offered.
#[component]
fn AddTag() -> impl IntoView {
    let list = use_list();
    let List { spec, .. } = list;
    let layout = use_layout();
    let (input_id, list_id) = (unique_id("tag-column"), unique_id("tag-keys"));
    let input = NodeRef::<html::Input>::new();
    let known = Memo::new(move |_| {
        // Enough to offer something, few enough for one frame.
        let rows = list.shown_rows(0, 5_000);
        let keys = rows.iter().flat_map(|row| spec.tags(row.item())).map(|tag| tag.key.clone());
        let taken: Vec<_> =
            layout.columns.with(|columns| columns.all().iter().filter(|entry| entry.shown).map(|entry| entry.column.clone()).collect());
        keys.filter(|key| !taken.contains(&Column::Tag(key.as_str().into()))).collect::<BTreeSet<_>>()
    });
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let mut added = false;
        layout.change(|columns| added = columns.add_tag(&input.value(), spec));
        if added {
            input.set_value("");
        }
        let _ = input.focus();
    };
    view! {
        <form class="columns-add" on:submit=add>
            <label for=input_id.clone()>{t("Add a tag as a column")}</label>
            <span>
                <input type="text" class="input" id=input_id list=list_id.clone() autocomplete="off" maxlength="128" placeholder=t("Key of the tag") node_ref=input/>
                <Button kind="submit" small=true icon="plus">{t("Add")}</Button>
            </span>
            <datalist id=list_id translate="no">
                {move || known.get().into_iter().map(|key| view! { <option value=key></option> }).collect_view()}
            </datalist>
        </form>
    }
}
