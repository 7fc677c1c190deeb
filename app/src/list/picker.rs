//! The same search and the same table to choose one from, inside a form: images and instance types in the launch wizard.

use leptos::prelude::*;

use super::{
    cells::{self, Place},
    layout::{ROW, usual},
    query::Query,
    row::Row,
    scroll::ScrollBox,
    search::Search,
    state::{List, use_list},
    states::{NoMatch, Show, Trouble, Waiting},
    table::{Drawn, name_of},
};
use crate::{
    action::count,
    locale::{t, tf},
    spec::{self, Item},
    ui::{Each, Empty, unique_id},
};

/// A list to pick one from. The item is of the kind asked for: `item.get::<Image>()`.
#[component]
pub fn Picker(
    kind: api::kind::Kind,
    /// The scope to begin with: `amazon`.
    #[prop(optional, into)]
    scope: Signal<String>,
    /// The search to begin with, as in an address: `architecture=arm64`. A new one takes the place of what was asked.
    #[prop(optional, into)]
    query: Signal<String>,
    #[prop(into)] on_pick: Callback<Item>,
    /// The identifier of the one that is picked.
    #[prop(into)]
    selected: Signal<String>,
) -> impl IntoView {
    let spec = spec::of(kind).expect("what can be picked has a description");
    let start = move || {
        let mut start = Query::parse(&query.read(), spec);
        scope.with(|scope| start.scope.clone_from(scope));
        start
    };
    let asked = RwSignal::new(untrack(start));
    Effect::watch(start, move |start, _, _| asked.set(start.clone()), false);
    List::provide(spec, asked.into(), Callback::new(move |query| asked.set(query)));
    view! {
        <div class="picker">
            <div class="picker-head"><Search/><super::header::Scopes/></div>
            <Trouble/>
            <PickerRows on_pick selected/>
        </div>
    }
}

/// What is found, to pick one from.
#[component]
pub fn PickerRows(#[prop(into)] on_pick: Callback<Item>, #[prop(into)] selected: Signal<String>) -> impl IntoView {
    let list = use_list();
    let List { spec, .. } = list;
    let show = Memo::new(move |before: Option<&Show>| Show::of(list, before.copied()));
    move || match show.get() {
        Show::Skeleton => view! { <Waiting/> }.into_any(),
        Show::Rows => view! { <PickerTable on_pick selected/> }.into_any(),
        Show::Empty => view! { <Empty icon=spec.icon() title=t(spec.empty().title) body=t(spec.empty().body)/> }.into_any(),
        Show::NoMatch => view! { <NoMatch/> }.into_any(),
        Show::Error => ().into_any(),
    }
}

#[component]
fn PickerTable(on_pick: Callback<Item>, selected: Signal<String>) -> impl IntoView {
    let list = use_list();
    let List { spec, bus, .. } = list;
    let scroll = ScrollBox::new();
    let group = unique_id("pick");
    let heads = spec.columns();
    let columns = StoredValue::new(usual(spec));
    let window = Memo::new(move |_| scroll.window(list.n_shown(), ROW, 1));
    let drawn = Memo::new(move |_| {
        let window = window.get();
        Drawn::of(list, window.first, window.end)
    });
    Effect::watch(move || bus.query.get(), move |_, _, _| scroll.to_top(), false);
    let space = move |height: Signal<f64>| {
        view! {
            <tr class="list-space" aria-hidden="true" hidden=move || height.get() == 0.0>
                <td style:height=move || format!("{}px", height.get())></td>
            </tr>
        }
    };
    let cols = columns.with_value(|columns| {
        let col = |index: &usize| view! { <col class=heads[*index].width.class() class:column-minor=!heads[*index].narrow/> };
        columns.iter().map(col).collect_view()
    });
    let headings = columns.with_value(|columns| {
        let heading = |&index: &usize| {
            let head = heads[index];
            view! {
                <th scope="col" class:column-minor=!head.narrow class:column-end=head.at_end()><span class="list-head">{t(head.label)}</span></th>
            }
        };
        columns.iter().map(heading).collect_view()
    });
    view! {
        <p class="list-count" role="status">{move || count(spec.kind(), list.n_shown())}</p>
        <div class="list-scroll picker-scroll" node_ref=scroll.node on:scroll=move |_| scroll.on_scroll()>
            <table class="list-table" aria-label=t(spec.title()) aria-rowcount=move || list.n_shown() + 1>
                <colgroup><col class="column-choice"/>{cols}</colgroup>
                <thead>
                    <tr aria-rowindex="1">
                        <th scope="col"><span class="visually-hidden">{t("Choice")}</span></th>
                        {headings}
                    </tr>
                </thead>
                <tbody>
                    {space(Signal::derive(move || window.get().above))}
                    <Each each=move || drawn.get().rows key=|row| row.id().to_owned() let:row>
                        <PickerRow row drawn group=group.clone() columns on_pick selected/>
                    </Each>
                    {space(Signal::derive(move || window.get().below))}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn PickerRow(
    row: Row,
    drawn: Memo<Drawn>,
    group: String,
    columns: StoredValue<Vec<usize>>,
    on_pick: Callback<Item>,
    selected: Signal<String>,
) -> impl IntoView {
    let List { spec, .. } = use_list();
    let heads = spec.columns();
    let id = StoredValue::new(row.id().to_owned());
    let place = Memo::new(move |_| id.with_value(|id| drawn.with(|drawn| drawn.place(id))));
    let is_picked = Memo::new(move |_| id.with_value(|id| selected.with(|selected| selected == id)));
    let cells = columns.with_value(|columns| {
        let cell = |&index: &usize| {
            let drawn = cells::draw(spec.cell(index, row.item()), Place::Picker);
            view! { <td class:column-minor=!heads[index].narrow class:column-end=heads[index].at_end()>{drawn}</td> }
        };
        columns.iter().map(cell).collect_view()
    });
    let label = tf("Choose {name}", &[("name", name_of(spec, &row))]);
    let item = StoredValue::new(row.item().clone());
    // A press on the button is one on its row as well.
    let pick = move || {
        if !is_picked.get_untracked() {
            on_pick.run(item.get_value());
        }
    };
    view! {
        <tr class="list-row picker-row" class:list-row-chosen=is_picked aria-rowindex=move || place.get().map(|place| place + 2) on:click=move |_| pick()>
            <td class="list-choice">
                <input type="radio" class="radio" name=group aria-label=label prop:checked=is_picked on:change=move |_| pick()/>
            </td>
            {cells}
        </tr>
    }
}
