//! The same rows as tiles: what leads in the table leads here, the rest follows with its label.

use leptos::prelude::*;

use super::{
    cells::{self, Place},
    layout::use_layout,
    row::Row,
    scroll::ScrollBox,
    state::{List, use_list},
    table::{Choice, Drawn, name_of},
};
use crate::{
    action::use_actions,
    locale::{t, tf},
    spec::cell::Cell,
    ui::{Align, Each, SharedMenu, SharedMenuButton, SharedMenuEntries},
};

/// Height of a tile and the gap below it, and the least width of a tile and the gap beside it, in pixels: as in the style sheet.
const HEIGHT: f64 = 188.0;
const WIDTH: f64 = 300.0;
/// How many facts a tile shows below its head.
const FACTS: usize = 5;

#[component]
pub fn Tiles() -> impl IntoView {
    let list = use_list();
    let List { spec, bus, .. } = list;
    let scroll = ScrollBox::new();
    scroll.come_back(list);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width in pixels is small and not negative")]
    let per_row = Memo::new(move |_| ((scroll.width.get() / WIDTH) as usize).max(1));
    let window = Memo::new(move |_| scroll.window(list.n_shown(), HEIGHT, per_row.get()));
    let drawn = Memo::new(move |_| {
        let window = window.get();
        Drawn::of(list, window.first, window.end)
    });
    Effect::watch(move || bus.query.get(), move |_, _, _| scroll.to_top(), false);
    let total = move || list.n_shown();
    let menu = SharedMenu::new(Align::End);
    view! {
        <div class="list-scroll" node_ref=scroll.node on:scroll=move |_| scroll.on_scroll()>
            <div style:height=move || format!("{}px", window.get().above)></div>
            <ul class="tiles" aria-label=t(spec.title())>
                <Each each=move || drawn.get().rows key=|row| row.id().to_owned() let:row>
                    <Tile row drawn total=Signal::derive(total) menu/>
                </Each>
            </ul>
            <div style:height=move || format!("{}px", window.get().below)></div>
        </div>
        <SharedMenuEntries menu/>
    }
}

#[component]
fn Tile(row: Row, drawn: Memo<Drawn>, total: Signal<usize>, menu: SharedMenu) -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let layout = use_layout();
    let actions = use_actions();
    let id = StoredValue::new(row.id().to_owned());
    let place = Memo::new(move |_| id.with_value(|id| drawn.with(|drawn| drawn.place(id))));
    let row = Memo::new(move |before: Option<&Row>| {
        id.with_value(|id| drawn.with(|drawn| drawn.row(id))).or_else(|| before.cloned()).unwrap_or_else(|| row.clone())
    });
    let chosen = Memo::new(move |_| id.with_value(|id| bus.selected.with(|selected| selected.contains(id))));
    let lead = Memo::new(move |_| row.with(|row| spec.cell(0, row.item())));
    let status = Memo::new(move |_| row.with(|row| spec.status(row.item())));
    // The status stands in the head; what is empty takes no room.
    let facts = Memo::new(move |_| {
        let status = status.get();
        let columns = layout.columns.with(|columns| columns.shown(spec, false)).into_iter().skip(1).map(|entry| entry.column);
        let cells = columns.map(|column| (row.with(|row| column.cell(spec, row.item())), column)).map(|(cell, column)| (column, cell));
        cells.filter(|(_, cell)| *cell != Cell::Empty && *cell != status).take(FACTS).collect::<Vec<_>>()
    });
    view! {
        <li class="tile" class:tile-chosen=chosen aria-posinset=move || place.get().map(|place| place + 1) aria-setsize=total>
            <div class="tile-head">
                <Choice row chosen/>
                <span class="tile-lead">{move || cells::draw(lead.get(), Place::List)}</span>
                {(!spec.actions().is_empty())
                    .then(|| {
                        view! {
                            <SharedMenuButton
                                menu
                                label=Signal::derive(move || row.with(|row| tf("Actions for {name}", &[("name", name_of(spec, row))])))
                                offer=move || row.try_with(|row| actions.menu(spec, row.item())).unwrap_or_default()
                            />
                        }
                    })}
            </div>
            {move || (status.get() != Cell::Empty).then(|| view! { <div class="tile-status">{cells::draw(status.get(), Place::List)}</div> })}
            <dl class="tile-facts">
                {move || {
                    facts
                        .get()
                        .into_iter()
                        .map(|(column, cell)| {
                            view! {
                                <div>
                                    <dt translate=column.is_tag().then_some("no")>{column.label(spec)}</dt>
                                    <dd>{cells::draw(cell, Place::List)}</dd>
                                </div>
                            }
                        })
                        .collect_view()
                }}
            </dl>
        </li>
    }
}
