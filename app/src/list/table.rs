//! The table: a header that stays, and only the rows in sight.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    cells::{self, Place},
    finder::Shown,
    layout::use_layout,
    row::Row,
    scroll::ScrollBox,
    selection::Extent,
    state::{List, use_list},
};
use crate::{
    action::use_actions,
    locale::{t, tf},
    spec::column::Head,
    ui::{Each, Icon, Menu},
};

/// Height of a row in pixels: `--row` in the style sheet.
pub const ROW: f64 = 36.0;

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
    let List { spec, bus, shown, .. } = list;
    let layout = use_layout();
    let scroll = ScrollBox::new();
    scroll.come_back(list);
    let heads = StoredValue::new(spec.columns());
    let has_actions = !spec.actions().is_empty();
    let window = Memo::new(move |_| scroll.window(shown.with(Shown::len), ROW, 1));
    let drawn = Memo::new(move |_| {
        let window = window.get();
        Drawn::of(list, window.first, window.end)
    });
    // Another question starts at the top of its answer.
    Effect::watch(move || bus.query.get(), move |_, _, _| scroll.to_top(), false);
    let columns = move || {
        let heads = heads.get_value();
        layout.columns.get().into_iter().map(|index| (index, heads[index])).collect::<Vec<_>>()
    };
    // One cell, whatever the columns are: a colspan would count those that a narrow screen leaves out, and make room for them.
    let space = move |height: Signal<f64>| {
        view! {
            <tr class="list-space" aria-hidden="true" hidden=move || height.get() == 0.0>
                <td style:height=move || format!("{}px", height.get())></td>
            </tr>
        }
    };
    let table_label = t(spec.title());
    view! {
        <div class="list-scroll" node_ref=scroll.node on:scroll=move |_| scroll.on_scroll()>
            <table class="list-table" aria-label=table_label aria-rowcount=move || shown.with(Shown::len) + 1>
                <colgroup>
                    <col class="column-choice"/>
                    <Each each=columns key=|(index, _)| *index let((_, head))>
                        <col class=head.width.class() class:column-minor=!head.narrow/>
                    </Each>
                    {has_actions.then(|| view! { <col class="column-menu"/> })}
                </colgroup>
                <thead>
                    <tr aria-rowindex="1">
                        <th class="list-choice" scope="col"><SelectAll/></th>
                        <Each each=columns key=|(index, _)| *index let((_, head))>
                            <Heading head/>
                        </Each>
                        {has_actions.then(|| view! { <th class="list-menu" scope="col"><span class="visually-hidden">{t("Actions")}</span></th> })}
                    </tr>
                </thead>
                <tbody>
                    {space(Signal::derive(move || window.get().above))}
                    <Each each=move || drawn.get().rows key=|row| row.id().to_owned() let:row>
                        <TableRow row drawn/>
                    </Each>
                    {space(Signal::derive(move || window.get().below))}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn SelectAll() -> impl IntoView {
    let list = use_list();
    let bus = list.bus;
    let extent = Memo::new(move |_| bus.selected.with(|selected| list.with_shown_ids(|shown| selected.extent(shown.iter()))));
    view! {
        <input
            type="checkbox"
            class="checkbox"
            aria-label=t("Select all that are shown")
            prop:checked=move || extent.get() == Extent::All
            prop:indeterminate=move || extent.get() == Extent::Some
            on:change=move |_| {
                untrack(|| list.with_shown_ids(|shown| bus.selected.update(|selected| selected.toggle_all(shown.iter()))));
            }
        />
    }
}

/// A column's head, which sorts where that makes sense.
#[component]
fn Heading(head: Head) -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let order = move || {
        // Assistive technology knows one sorted column.
        bus.query.with(|query| query.order(spec).first().filter(|key| key.property == head.key).map(|key| key.is_descending))
    };
    let aria = move || match order() {
        Some(true) => Some("descending"),
        Some(false) => Some("ascending"),
        None => None,
    };
    let icon = Signal::derive(move || match order() {
        Some(true) => "arrow-down",
        Some(false) => "arrow-up",
        None => "chevrons-up-down",
    });
    view! {
        <th scope="col" class:column-minor=!head.narrow class:column-end=head.at_end() aria-sort=aria>
            {if head.sorted {
                view! {
                    <button type="button" class="list-sort" on:click=move |_| bus.ask(|query| query.sort_by(head.key, spec))>
                        <span>{t(head.label)}</span>
                        <Icon name=icon/>
                    </button>
                }
                    .into_any()
            } else {
                view! { <span class="list-head">{t(head.label)}</span> }.into_any()
            }}
        </th>
    }
}

#[component]
fn TableRow(row: Row, drawn: Memo<Drawn>) -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let layout = use_layout();
    let actions = use_actions();
    let heads = StoredValue::new(spec.columns());
    let id = StoredValue::new(row.id().to_owned());
    let place = Memo::new(move |_| id.with_value(|id| drawn.with(|drawn| drawn.place(id))));
    // A row that has just left the screen keeps what it had until it is gone.
    let row = Memo::new(move |before: Option<&Row>| {
        id.with_value(|id| drawn.with(|drawn| drawn.row(id))).or_else(|| before.cloned()).unwrap_or_else(|| row.clone())
    });
    let chosen = Memo::new(move |_| id.with_value(|id| bus.selected.with(|selected| selected.contains(id))));
    let is_new = Memo::new(move |_| id.with_value(|id| bus.query.with(|query| query.is_new(id))));
    let cell = move |index: usize| {
        let head = heads.with_value(|heads| heads[index]);
        let cell = Memo::new(move |_| row.with(|row| spec.cell(index, row.item())));
        let draw = move || cells::draw(cell.get(), Place::List);
        if index == 0 {
            view! { <th scope="row" class="list-lead">{draw}{move || is_new.get().then(|| view! { " "<span class="badge">{t("New")}</span> })}</th> }.into_any()
        } else {
            view! { <td class:column-minor=!head.narrow class:column-end=head.at_end()>{draw}</td> }.into_any()
        }
    };
    view! {
        <tr class="list-row" class:list-row-chosen=chosen aria-rowindex=move || place.get().map(|place| place + 2)>
            <td class="list-choice"><Choice row chosen/></td>
            <Each each=move || layout.columns.get() key=|index| *index let:index>{cell(index)}</Each>
            {(!spec.actions().is_empty())
                .then(|| {
                    view! {
                        <td class="list-menu">
                            <Menu
                                label=Signal::derive(move || row.with(|row| tf("Actions for {name}", &[("name", name_of(spec, row))])))
                                icon="ellipsis"
                                icon_only=true
                                items=Signal::derive(move || row.with(|row| actions.menu(spec, row.item())))
                            />
                        </td>
                    }
                })}
        </tr>
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
                    untrack(|| list.with_shown_ids(|shown| selected.set_range(shown.iter(), row.id(), choose)));
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
            on:keydown=walk
        />
    }
}

/// Up and down lead to the checkbox of the row above and below.
fn walk(event: ev::KeyboardEvent) {
    let row = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|target| target.closest("tr").ok().flatten());
    let next = match (event.key().as_str(), row) {
        ("ArrowDown", Some(row)) => row.next_element_sibling(),
        ("ArrowUp", Some(row)) => row.previous_element_sibling(),
        _ => None,
    };
    let next = next.and_then(|row| row.query_selector(".list-choice input").ok().flatten());
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
    }
}

/// What people call a row: its name, or its identifier where it has none.
pub fn name_of(spec: &'static dyn crate::spec::AnySpec, row: &Row) -> String {
    let name = spec.name(row.item());
    if name.is_empty() { row.id().to_owned() } else { name.to_owned() }
}
