//! The table: a header and a first column that stay, and only the rows in sight.

use std::cell::Cell;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    cells::{self, Place},
    columns::{Column, Entry},
    grid::Grid,
    heading::{Heading, Heads, Moving, is_at_end, pixels},
    layout::use_layout,
    row::Row,
    scroll::ScrollBox,
    selection::Extent,
    state::{List, use_list},
    value_menu::{ValueMenu, ValueMenuEntries},
    widths::{Wish, fit},
};
use crate::{
    action::use_actions,
    locale::{t, tf},
    ui::{Align, Each, SharedMenu, SharedMenuButton, SharedMenuEntries},
};

/// Widths of the columns for the checkbox and for the menu, in pixels; the second of each on a narrow screen.
const CHOICE: (f64, f64) = (36.0, 34.0);
const MENU: (f64, f64) = (44.0, 34.0);

/// The rows that are drawn, and the number of the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    pub first: usize,
    pub rows: Vec<Row>,
}

impl Drawn {
    pub fn of(list: List, first: usize, end: usize) -> Self {
        Self { first, rows: list.shown_rows(first, end) }
    }

    /// The place in the list of a row that is drawn.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.id() == id).map(|at| self.first + at)
    }

    pub fn row(&self, id: &str) -> Option<Row> {
        self.rows.iter().find(|row| row.id() == id).cloned()
    }
}

#[component]
pub fn Table() -> impl IntoView {
    let list = use_list();
    let List { spec, bus, .. } = list;
    let layout = use_layout();
    let scroll = ScrollBox::new();
    scroll.come_back(list);
    let has_actions = !spec.actions().is_empty();
    let row_height = Signal::derive(move || layout.row());
    let window = Memo::new(move |_| scroll.window(list.n_shown(), row_height.get(), 1));
    let drawn = Memo::new(move |_| {
        let window = window.get();
        Drawn::of(list, window.first, window.end)
    });
    let grid = Grid::new(list, scroll, drawn, row_height);
    scroll.stay(list, drawn, row_height, move || grid.focused_row());
    // Another question starts at the top of its answer.
    Effect::watch(move || bus.query.get(), move |_, _, _| scroll.to_top(), false);

    let narrow = scroll.narrow;
    let entries = Memo::new(move |_| layout.columns.with(|columns| columns.shown(spec, narrow.get())));
    // Rows are drawn anew when the columns are others, and not when they are wider.
    let columns = Memo::new(move |_| entries.with(|entries| entries.iter().map(|entry| entry.column.clone()).collect::<Vec<_>>()));
    let around = move || {
        let pick = |(wide, slim): (f64, f64)| if narrow.get() { slim } else { wide };
        pick(CHOICE) + if has_actions { pick(MENU) } else { 0.0 }
    };
    let widths = Memo::new(move |_| {
        let wish =
            |entry: &Entry| entry.width.map_or_else(|| Wish::of(entry.column.width(spec), narrow.get()), |width| Wish::set(width.into()));
        entries.with(|entries| fit(scroll.width.get() - around(), &entries.iter().map(wish).collect::<Vec<_>>()))
    });
    let width = move || format!("{}px", around() + widths.with(|widths| widths.iter().sum::<f64>()));
    Effect::new(move || {
        let columns = columns.get().into_iter();
        layout.widths.set_value(columns.zip(widths.get().into_iter().map(pixels)).collect());
    });
    let (menu, value_menu) = (SharedMenu::new(Align::End), ValueMenu::new());
    let heads = Heads { entries, moving: RwSignal::new(Moving::default()) };
    let col = move |(place, _)| {
        view! { <col style:width=move || widths.with(|widths| format!("{}px", widths.get(place).copied().unwrap_or_default()))/> }
    };
    let heading = move |(place, column)| view! { <Heading column place heads/> };
    // One cell, whatever the columns are.
    let space = move |height: Signal<f64>| {
        view! {
            <tr class="list-space" aria-hidden="true" hidden=move || height.get() == 0.0>
                <td style:height=move || format!("{}px", height.get())></td>
            </tr>
        }
    };
    let on_press = move |event: ev::MouseEvent| {
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            grid.on_enter(&target);
        }
    };
    let on_focus = move |event: ev::FocusEvent| {
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            grid.on_enter(&target);
        }
    };
    // Heard once for all cells: two listeners for each of them were a good part of what a row costs to draw.
    let on_value = move |event: ev::MouseEvent| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some((cell, place)) = grid.place_of(&target) else { return };
        let row = drawn.with_untracked(|drawn| drawn.rows.get((place.row - 1).checked_sub(drawn.first)?).cloned());
        let column = place.column.checked_sub(1).and_then(|column| columns.with_untracked(|columns| columns.get(column).cloned()));
        if let (Some(row), Some(column)) = (row, column) {
            value_menu.on_press(&event, &target, cell, &column, &row);
        }
    };
    view! {
        <div
            class="list-scroll"
            class:list-compact=layout.compact
            class:list-aside=scroll.aside
            node_ref=scroll.node
            tabindex="-1"
            on:scroll=move |_| scroll.on_scroll()
            on:keydown:capture=move |event| grid.on_key(&event)
            on:mousedown=on_press
            on:focusin=on_focus
            on:focusout=move |event| grid.on_leave(&event)
        >
            <table
                class="list-table list-grid"
                role="grid"
                node_ref=grid.node()
                aria-label=t(spec.title())
                aria-multiselectable="true"
                aria-rowcount=move || list.n_shown() + 1
                style:width=width
            >
                <colgroup>
                    <col class="column-choice"/>
                    {move || columns.get().into_iter().enumerate().map(col).collect_view()}
                    {has_actions.then(|| view! { <col class="column-menu"/> })}
                </colgroup>
                <thead>
                    <tr aria-rowindex="1">
                        <th class="list-choice" scope="col"><SelectAll/></th>
                        {move || columns.get().into_iter().enumerate().map(heading).collect_view()}
                        {has_actions.then(|| view! { <th class="list-menu" scope="col"><span class="visually-hidden">{t("Actions")}</span></th> })}
                    </tr>
                </thead>
                <tbody on:click=on_value on:contextmenu=on_value>
                    {space(Signal::derive(move || window.get().above))}
                    <Each each=move || drawn.get().rows key=|row| row.id().to_owned() let:row>
                        <TableRow row drawn columns menu/>
                    </Each>
                    {space(Signal::derive(move || window.get().below))}
                </tbody>
            </table>
        </div>
        <SharedMenuEntries menu/>
        <ValueMenuEntries menu=value_menu/>
    }
}

#[component]
fn SelectAll() -> impl IntoView {
    let list = use_list();
    let bus = list.bus;
    let extent = Memo::new(move |_| bus.selected.with(|selected| list.with_shown_ids(|ids| selected.extent(ids.iter()))));
    view! {
        <input
            type="checkbox"
            class="checkbox"
            aria-label=t("Select all that are shown")
            prop:checked=move || extent.get() == Extent::All
            prop:indeterminate=move || extent.get() == Extent::Some
            on:change=move |_| untrack(|| list.with_shown_ids(|ids| bus.selected.update(|selected| selected.toggle_all(ids.iter()))))
        />
    }
}

#[component]
fn TableRow(row: Row, drawn: Memo<Drawn>, columns: Memo<Vec<Column>>, menu: SharedMenu) -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let actions = use_actions();
    let id = StoredValue::new(row.id().to_owned());
    let place = Memo::new(move |_| id.with_value(|id| drawn.with(|drawn| drawn.place(id))));
    // A row that has just left the screen keeps what it had until it is gone.
    let row = Memo::new(move |before: Option<&Row>| {
        id.with_value(|id| drawn.with(|drawn| drawn.row(id))).or_else(|| before.cloned()).unwrap_or_else(|| row.clone())
    });
    let chosen = Memo::new(move |_| id.with_value(|id| bus.selected.with(|selected| selected.contains(id))));
    let is_new = Memo::new(move |_| id.with_value(|id| bus.query.with(|query| query.is_new(id))));
    let cell = move |column: Column| {
        let leads = column.leads();
        let at_end = is_at_end(&column, spec);
        let cell = Memo::new(move |_| row.with(|row| column.cell(spec, row.item())));
        let draw = changing(cell);
        if leads {
            view! { <th scope="row" class="list-lead">{draw}{move || is_new.get().then(|| view! { " "<span class="badge">{t("New")}</span> })}</th> }
                .into_any()
        } else {
            view! { <td class:column-end=at_end>{draw}</td> }.into_any()
        }
    };
    view! {
        <tr
            class="list-row"
            class:list-row-chosen=chosen
            aria-selected=move || chosen.get().to_string()
            aria-rowindex=move || place.get().map(|place| place + 2)
        >
            <td class="list-choice"><Choice row chosen/></td>
            {move || columns.get().into_iter().map(cell).collect_view()}
            {(!spec.actions().is_empty())
                .then(|| {
                    view! {
                        <td class="list-menu">
                            <SharedMenuButton
                                menu
                                label=Signal::derive(move || row.with(|row| tf("Actions for {name}", &[("name", name_of(spec, row))])))
                                offer=move || row.try_with(|row| actions.menu(spec, row.item())).unwrap_or_default()
                            />
                        </td>
                    }
                })}
        </tr>
    }
}

/// Draws a value, and marks it for a moment when it has become another while one could look.
fn changing(value: Memo<crate::spec::cell::Cell>) -> impl Fn() -> AnyView + Clone + Send {
    let drawn = send_wrapper::SendWrapper::new(std::rc::Rc::new(Cell::new(false)));
    move || {
        let view = cells::draw(value.get(), Place::List);
        if drawn.replace(true) { view! { <span class="cell-changed">{view}</span> }.into_any() } else { view }
    }
}

/// The checkbox of a row; with Shift, of all rows since the last.
#[component]
pub fn Choice(row: Memo<Row>, chosen: Memo<bool>) -> impl IntoView {
    let list = use_list();
    let List { spec, bus, .. } = list;
    let on_click = move |event: ev::MouseEvent| {
        let choose = !chosen.get_untracked();
        let shift = event.shift_key();
        row.with_untracked(|row| {
            bus.selected.update(|selected| {
                if shift {
                    untrack(|| list.with_shown_ids(|ids| selected.set_range(ids.iter(), row.id(), choose)));
                } else {
                    selected.set(row.id(), choose);
                }
            });
        });
    };
    view! {
        <input
            type="checkbox"
            class="checkbox"
            aria-label=move || row.with(|row| tf("Select {name}", &[("name", name_of(spec, row))]))
            prop:checked=chosen
            on:click=on_click
        />
    }
}

/// What people call a row: its name, or its identifier where it has none.
pub fn name_of(spec: &'static dyn crate::spec::AnySpec, row: &Row) -> String {
    let name = spec.name(row.item());
    if name.is_empty() { row.id().to_owned() } else { name.to_owned() }
}
