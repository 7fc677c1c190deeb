//! The head of a column: it sorts, has a menu for all that can be done to the column, and is moved and resized with the pointer.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    bus::ListBus,
    columns::{Column, Columns, Entry},
    layout::{Layout, use_layout},
    measure,
    sorting::{self, Rank},
    state::{List, use_list},
};
use crate::{
    locale::{t, tf},
    spec::AnySpec,
    ui::{Icon, Menu, MenuItem},
};

/// So many pixels to the side make a press a movement.
const MOVED: i32 = 6;

/// A column on the move.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moving {
    /// Its place and where it was taken, until it is let go: the pointer may be over the head of another by then.
    from: Option<(usize, i32)>,
    /// The place among the columns shown that it would go before.
    before: Option<usize>,
}

/// What the heads of a table share.
#[derive(Clone, Copy)]
pub struct Heads {
    pub entries: Memo<Vec<Entry>>,
    pub moving: RwSignal<Moving>,
}

impl Heads {
    /// Puts a column before another, both by their places among those shown.
    fn put(self, layout: Layout, place: usize, before: usize) {
        let column = |place: usize| self.entries.with_untracked(|entries| entries.get(place).map(|entry| entry.column.clone()));
        let (Some(column), next) = (column(place), column(before)) else { return };
        let before =
            next.and_then(|next| layout.columns.with_untracked(|columns| columns.all().iter().position(|entry| entry.column == next)));
        layout.change(|columns| columns.put(&column, before.unwrap_or(usize::MAX)));
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width on the screen")]
pub fn pixels(width: f64) -> u16 {
    width as u16
}

#[component]
pub fn Heading(
    column: Column,
    /// Its place among the columns shown.
    place: usize,
    heads: Heads,
) -> impl IntoView {
    let List { spec, bus, .. } = use_list();
    let layout = use_layout();
    let key = column.key(spec);
    let is_tag = column.is_tag();
    let at_end = is_at_end(&column, spec);
    let is_sorted = sorting::can(&column, spec);
    let label = column.label(spec);
    let rank = {
        let key = key.clone();
        Memo::new(move |_| bus.query.with(|query| sorting::rank(query, spec, &key)))
    };
    // Assistive technology knows one sorted column: the one that weighs most.
    let aria = move || rank.get().filter(|rank| rank.at == 0).map(|rank| if rank.is_descending { "descending" } else { "ascending" });
    let icon = Signal::derive(move || match rank.get() {
        Some(Rank { is_descending: true, .. }) => "arrow-down",
        Some(_) => "arrow-up",
        None => "chevrons-up-down",
    });
    let number = move || {
        rank.get().filter(|rank| rank.of > 1).map(|rank| {
            let said = if rank.is_descending { "descending" } else { "ascending" };
            view! { <span class="list-rank">{rank.at + 1}<span class="visually-hidden">" "{t(said)}</span></span> }
        })
    };
    let sort = move |event: ev::MouseEvent| {
        // A column that was moved is let go over its head.
        if heads.moving.get_untracked().before.is_none() {
            bus.ask(|query| sorting::click(query, spec, &key, event.shift_key()));
        }
    };
    let title = label.clone();
    let head = if is_sorted {
        view! {
            <button type="button" class="list-sort" class:list-sorted=move || rank.get().is_some() title=title.clone() translate=is_tag.then_some("no") on:click=sort>
                <span>{label.clone()}</span>
                <Icon name=icon/>
                {number}
            </button>
        }
        .into_any()
    } else {
        view! { <span class="list-head" title=title.clone() translate=is_tag.then_some("no")>{label.clone()}</span> }.into_any()
    };
    let can_move = !column.leads();
    let (column, menu_label) = (StoredValue::new(column), tf("Column {name}", &[("name", label)]));
    let items = Signal::derive(move || column.with_value(|column| items(bus, column, place, layout, rank.get())));
    let on_down = move |event: ev::PointerEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_head = target.is_some_and(|target| target.closest(".list-column-menu").ok().flatten().is_none());
        let can_start = can_move && is_head && event.button() == 0 && event.pointer_type() == "mouse";
        let from = can_start.then(|| (place, event.client_x()));
        heads.moving.set(Moving { from, before: None });
    };
    let on_move = move |event: ev::PointerEvent| drag(heads, &event);
    let on_up = move |_| {
        let Moving { from, before } = heads.moving.get_untracked();
        if let (Some((place, _)), Some(before)) = (from, before) {
            heads.put(layout, place, before);
            // What follows is the click that belongs to the movement.
            let let_go = move || {
                heads.moving.try_set(Moving::default());
            };
            set_timeout(let_go, std::time::Duration::ZERO);
        } else {
            heads.moving.set(Moving::default());
        }
    };
    let last = move || heads.entries.with(|entries| entries.len() == place + 1);
    view! {
        <th
            scope="col"
            class:list-lead=place == 0
            class:column-end=at_end
            class:list-drop-before=move || heads.moving.with(|moving| moving.before == Some(place))
            class:list-drop-after=move || last() && heads.moving.with(|moving| moving.before == Some(place + 1))
            aria-sort=aria
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=move |_| heads.moving.set(Moving::default())
        >
            <div class="list-heading">
                {head}
                <span class="list-column-menu"><Menu label=menu_label icon="chevron-down" icon_only=true items/></span>
            </div>
            <Edge column=column.get_value() place/>
        </th>
    }
}

/// Whether numbers stand in it.
pub fn is_at_end(column: &Column, spec: &dyn AnySpec) -> bool {
    matches!(column.width(spec), crate::spec::column::Width::Number)
}

/// All that can be done to a column, for those who do not drag.
fn items(bus: ListBus, column: &Column, place: usize, layout: Layout, rank: Option<Rank>) -> Vec<MenuItem> {
    let spec = layout.spec;
    let mut items = Vec::new();
    let mut add = |label: &str, icon: &'static str, reason: Option<String>, run: Callback<()>| {
        items.push(MenuItem { icon: Some(icon), reason, ..MenuItem::new(t(label), run) });
    };
    if sorting::can(column, spec) {
        let sort = |deed: sorting::Deed| {
            let key = column.key(spec);
            Callback::new(move |()| bus.ask(|query| sorting::run(query, spec, &key, deed)))
        };
        add("Sort ascending", "arrow-up", None, sort(sorting::Deed::Only(false)));
        add("Sort descending", "arrow-down", None, sort(sorting::Deed::Only(true)));
        for (label, icon, deed) in sorting::more(rank) {
            add(label, icon, None, sort(deed));
        }
    }
    let change = |change: fn(&mut Columns, &Column)| {
        let column = column.clone();
        Callback::new(move |()| layout.change(|columns| change(columns, &column)))
    };
    if !column.leads() {
        let can = |forward| layout.columns.with(|columns| columns.can_step(column, forward, true));
        let stuck = |forward| (!can(forward)).then(|| t("It has no neighbour there."));
        add("Move left", "arrow-left", stuck(false), change(|columns, column| columns.step(column, false, true)));
        add("Move right", "arrow-right", stuck(true), change(|columns, column| columns.step(column, true, true)));
    }
    let fitted = column.clone();
    add("Fit to content", "scaling", None, Callback::new(move |()| fit(&fitted, place, layout)));
    if !column.leads() {
        add("Hide column", "eye-off", None, change(|columns, column| columns.show(column, false)));
    }
    items
}

/// Where a column on the move would go.
fn drag(heads: Heads, event: &ev::PointerEvent) {
    let moving = heads.moving.get_untracked();
    let Some(from @ (_, taken_at)) = moving.from else { return };
    let x = event.client_x();
    if moving.before.is_none() && (x - taken_at).abs() < MOVED {
        return;
    }
    let Some(head) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    // It hears of the pointer wherever that goes. Fails when the button is no longer down.
    let _ = head.set_pointer_capture(event.pointer_id());
    let Some(row) = head.parent_element() else { return };
    let n_columns = heads.entries.with_untracked(Vec::len);
    let middle = |place: usize| {
        let cell = row.children().item(u32::try_from(place + 1).unwrap_or_default())?;
        let at = cell.get_bounding_client_rect();
        Some(at.left() + at.width() / 2.0)
    };
    let before = (0..n_columns).find(|&place| middle(place).is_some_and(|middle| f64::from(x) < middle)).unwrap_or(n_columns);
    heads.moving.set(Moving { from: Some(from), before: Some(before.max(1)) });
}

/// The edge by which a column is made wider or narrower; the menu and the choice of columns do the same by keyboard.
#[component]
fn Edge(column: Column, place: usize) -> impl IntoView {
    let layout = use_layout();
    // Where it was taken, and how wide the column was.
    let taken = StoredValue::new(None::<(i32, u16)>);
    let column = StoredValue::new(column);
    let on_down = move |event: ev::PointerEvent| {
        event.stop_propagation();
        event.prevent_default();
        if let Some(edge) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
        let widths = layout.widths.get_value();
        taken.set_value(widths.get(place).map(|(_, width)| (event.client_x(), *width)));
        layout.columns.update(|columns| columns.freeze(&widths));
    };
    let on_move = move |event: ev::PointerEvent| {
        let Some((from, width)) = taken.get_value() else { return };
        event.stop_propagation();
        let width = pixels(f64::from((i32::from(width) + event.client_x() - from).max(0)));
        layout.columns.update(|columns| column.with_value(|column| columns.resize(column, width)));
    };
    let on_up = move |event: ev::PointerEvent| {
        if taken.get_value().is_some() {
            event.stop_propagation();
            taken.set_value(None);
            layout.remember();
        }
    };
    view! {
        <span
            class="list-edge"
            aria-hidden="true"
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=on_up
            on:click=|event| event.stop_propagation()
            on:dblclick=move |_| column.with_value(|column| fit(column, place, layout))
        ></span>
    }
}

/// Makes a column as wide as the widest of what is drawn of it.
fn fit(column: &Column, place: usize, layout: Layout) {
    let widths = layout.widths.get_value();
    if let Some(width) = measure::natural(place + 1) {
        layout.change(|columns| {
            columns.freeze(&widths);
            columns.resize(column, pixels(width));
        });
    }
}

/// The table of the page; there is one.
pub fn table() -> Option<HtmlElement> {
    document().query_selector(".list-grid").ok().flatten()?.dyn_into().ok()
}
