//! The table by keyboard: one stop of the Tab key, arrows lead from cell to cell, and neither a refresh nor scrolling takes the focus away.
//!
//! A cell that holds controls is entered at its first, and left and right go through them; any other has the focus itself. Rows are drawn
//! only in sight: while the one with the focus is not, the box around the table holds it, and hands it back when the row is there again.

use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_navigate;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, HtmlElement, MouseEventInit, MutationObserver, MutationObserverInit};

use super::{
    keys::{Place, Size, destination},
    scroll::ScrollBox,
    state::List,
    table::Drawn,
};
use crate::{paths, session::use_region};

/// What can have the focus inside a cell. What opens above the page is not in it.
const CONTROLS: &str = ":is(a[href], button, input):not([popover] *)";

/// The keyboard's view of a table.
#[derive(Clone, Copy)]
pub struct Grid {
    list: List,
    scroll: ScrollBox,
    drawn: Memo<Drawn>,
    row_height: Signal<f64>,
    table: NodeRef<html::Table>,
    at: StoredValue<At>,
    /// The element that has the focus, or had it until it was taken out of the document.
    focused: StoredValue<Option<SendWrapper<Element>>>,
    open: Callback<String>,
}

/// The cell that the Tab key leads to.
#[derive(Clone, Debug, Default)]
struct At {
    place: Place,
    /// The resource in it: rows come and go, and the focus stays with theirs.
    id: Option<String>,
}

impl Grid {
    pub fn new(list: List, scroll: ScrollBox, drawn: Memo<Drawn>, row_height: Signal<f64>) -> Self {
        let (navigate, region) = (use_navigate(), use_region());
        let to = move |id: &str| paths::with_region(&paths::detail(list.spec.kind(), id), &region.get_untracked());
        let grid = Self {
            list,
            scroll,
            drawn,
            row_height,
            table: NodeRef::new(),
            at: StoredValue::new(At { place: Place { row: 1, column: 1 }, id: None }),
            focused: StoredValue::new(None),
            open: Callback::new(move |id: String| navigate(&to(&id), Default::default())),
        };
        Effect::new(move || {
            let Some(table) = grid.table.get() else { return };
            grid.settle();
            let on_change = Closure::<dyn FnMut()>::new(move || grid.settle());
            let Ok(observer) = MutationObserver::new(on_change.as_ref().unchecked_ref()) else { return };
            let what = MutationObserverInit::new();
            what.set_child_list(true);
            what.set_subtree(true);
            // Of an element that is there, nothing can go wrong.
            let _ = observer.observe_with_options(&table, &what);
            let keep = SendWrapper::new((observer, on_change));
            on_cleanup(move || keep.0.disconnect());
        });
        grid
    }

    pub fn node(self) -> NodeRef<html::Table> {
        self.table
    }

    /// The place in the list of the row that has the focus.
    pub fn focused_row(self) -> Option<usize> {
        self.focused.with_value(Option::is_some).then(|| self.at.with_value(|at| at.place.row.checked_sub(1))).flatten()
    }

    /// After what is drawn has changed: new controls are no stops of the Tab key, one cell is, and the focus is where it was.
    fn settle(self) {
        let Some(Some(table)) = self.table.try_get_untracked() else { return };
        for control in all(&table, &format!("{CONTROLS}:not([tabindex])")) {
            set_stop(&control, false);
        }
        let lost = self.focused.with_value(|focused| focused.as_ref().is_some_and(|element| !element.is_connected()));
        let parked = self.is_parked();
        if lost || parked {
            self.follow();
        }
        let target = self.cell(self.locate()).map(|cell| first_of(&cell));
        if (lost && nobody_has_focus()) || parked {
            match &target {
                Some(target) => focus(target, true),
                None => self.park(),
            }
        }
        let stop = target.or_else(|| self.fallback());
        for other in all(&table, "[tabindex='0']") {
            if stop.as_ref() != Some(&other) {
                set_stop(&other, false);
            }
        }
        if let Some(stop) = stop {
            set_stop(&stop, true);
        }
    }

    /// Where the row of the focus is now; where it is gone, the one that has its place.
    fn locate(self) -> Place {
        let mut place = self.at.with_value(|at| at.place);
        let found = self.at.with_value(|at| at.id.as_ref().and_then(|id| self.drawn.with_untracked(|drawn| drawn.place(id))));
        if let Some(row) = found {
            place.row = row + 1;
            self.at.update_value(|at| at.place = place);
        }
        place
    }

    /// Lets another row have the focus where its own has left the list.
    fn follow(self) {
        let Some(id) = self.at.with_value(|at| at.id.clone()) else { return };
        let (found, n_shown) = untrack(|| self.list.with_shown_ids(|ids| (ids.iter().position(|other| other == id), ids.iter().count())));
        let place = self.at.with_value(|at| at.place);
        match found {
            Some(row) => self.at.update_value(|at| at.place.row = row + 1),
            None => self.set_at(Place { row: place.row.min(n_shown), ..place }),
        }
    }

    /// Without a cell to lead to, the first that is drawn.
    fn fallback(self) -> Option<Element> {
        let row = self.drawn.with_untracked(|drawn| (!drawn.rows.is_empty()).then_some(drawn.first + 1))?;
        self.cell(Place { row, column: 1 }).map(|cell| first_of(&cell))
    }

    /// The cell in a place, where it is drawn.
    fn cell(self, place: Place) -> Option<Element> {
        let table = self.table.try_get_untracked()??;
        let row = table.query_selector(&format!("tr[aria-rowindex='{}']", place.row + 1)).ok().flatten()?;
        let cells = row.children();
        cells.item(u32::try_from(place.column).unwrap_or_default().min(cells.length().saturating_sub(1)))
    }

    /// The cell around an element, with its place.
    pub fn place_of(self, element: &Element) -> Option<(Element, Place)> {
        let cell = element.closest("th, td").ok().flatten()?;
        let row = cell.parent_element()?;
        let index: usize = row.get_attribute("aria-rowindex")?.parse().ok()?;
        let mut column = 0;
        let mut before = cell.previous_element_sibling();
        while let Some(element) = before {
            column += 1;
            before = element.previous_element_sibling();
        }
        Some((cell, Place { row: index - 1, column }))
    }

    fn set_at(self, place: Place) {
        let shown = place.row.checked_sub(1);
        let id = shown.and_then(|place| untrack(|| self.list.with_shown_ids(|ids| ids.iter().nth(place).map(str::to_owned))));
        self.at.set_value(At { place, id });
    }

    /// For the table's `focusin`, and for a click on a cell that cannot have the focus.
    pub fn on_enter(self, target: &Element) {
        if target.closest("[popover]").ok().flatten().is_some() {
            return;
        }
        let Some((_, place)) = self.place_of(target) else { return };
        self.set_at(place);
        if document().active_element().as_ref() == Some(target) {
            self.focused.set_value(Some(SendWrapper::new(target.clone())));
            self.settle();
        }
    }

    /// For the table's `focusout`: whether the focus was given up or its row was taken away is known a moment later.
    pub fn on_leave(self, event: &ev::FocusEvent) {
        if event.related_target().is_some() {
            self.focused.set_value(None);
            return;
        }
        set_timeout(
            move || {
                let given_up = self.focused.try_with_value(|focused| {
                    focused
                        .as_ref()
                        .is_some_and(|element| element.is_connected() && document().active_element().as_ref() != Some(&**element))
                });
                if given_up == Some(true) {
                    self.focused.set_value(None);
                }
            },
            std::time::Duration::ZERO,
        );
    }

    fn is_parked(self) -> bool {
        let node = self.scroll.node.try_get_untracked().flatten();
        node.is_some_and(|node| document().active_element().as_ref() == Some(node.as_ref()) && self.focused.with_value(Option::is_some))
    }

    /// The box around the table holds the focus for a row that is not drawn.
    fn park(self) {
        if let Some(Some(node)) = self.scroll.node.try_get_untracked() {
            focus(&node, true);
            self.focused.set_value(Some(SendWrapper::new(node.unchecked_into())));
        }
    }

    /// For the `keydown` of the box around the table, before anything in it hears of it.
    pub fn on_key(self, event: &ev::KeyboardEvent) {
        if event.default_prevented() || event.alt_key() {
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if target.closest("[popover]").ok().flatten().is_some() {
            return;
        }
        let ctrl = event.ctrl_key() || event.meta_key();
        let key = event.key();
        let (cell, from) = self.place_of(&target).map_or_else(|| (None, self.locate()), |(cell, place)| (Some(cell), place));
        let taken = match (key.as_str(), ctrl) {
            ("ArrowLeft" | "ArrowRight", false) if step_inside(cell.as_ref(), &target, key == "ArrowRight") => true,
            ("a", true) => {
                self.choose_all();
                true
            }
            (" ", false) => self.on_space(&target, from, event.shift_key()),
            ("Enter", false) => self.on_enter_key(&target, from),
            ("ContextMenu", false) => ask_for_menu(&target),
            ("F10", false) if event.shift_key() => ask_for_menu(&target),
            _ => self.go(&key, ctrl, event.shift_key(), from),
        };
        if taken {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn go(self, key: &str, ctrl: bool, shift: bool, from: Place) -> bool {
        let row_height = self.row_height.get_untracked();
        let geometry = self.scroll.geometry(row_height, 1);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows have room in a window")]
        let page = ((geometry.height / row_height) as usize).saturating_sub(2);
        let n_shown = untrack(|| self.list.n_shown());
        let columns =
            self.cell(Place { row: 0, column: 0 }).and_then(|cell| cell.parent_element()).map_or(1, |row| row.child_element_count());
        let size = Size { rows: n_shown + 1, columns: columns as usize, page };
        let Some(to) = destination(key, ctrl, from, size) else { return false };
        if shift && !ctrl && to.row != from.row && from.row > 0 && to.row > 0 {
            self.extend(from, to);
        }
        self.set_at(to);
        self.reveal(to, from.row);
        true
    }

    /// Chooses all rows on the way.
    fn extend(self, from: Place, to: Place) {
        untrack(|| {
            self.list.with_shown_ids(|ids| {
                let id = |place: Place| ids.iter().nth(place.row - 1);
                if let (Some(from), Some(to)) = (id(from), id(to)) {
                    self.list.bus.selected.update(|selected| {
                        selected.set(from, true);
                        selected.set_range(ids.iter(), to, true);
                    });
                }
            });
        });
    }

    fn choose_all(self) {
        untrack(|| self.list.with_shown_ids(|ids| self.list.bus.selected.update(|selected| selected.add_all(ids.iter()))));
    }

    /// Gives the focus to a cell, and scrolls there where it is not drawn.
    fn reveal(self, to: Place, from_row: usize) {
        if let Some(cell) = self.cell(to) {
            focus(&first_of(&cell), false);
            return;
        }
        self.park();
        let row_height = self.row_height.get_untracked();
        let geometry = self.scroll.geometry(row_height, 1);
        let n_shown = untrack(|| self.list.n_shown());
        let top = geometry.top_of(to.row.saturating_sub(1));
        // Below the header, or as the last row of the box.
        let offset = if to.row > from_row { top + 2.0 * row_height + 1.0 - geometry.height } else { top };
        self.scroll.scroll_to(geometry.scroll_to(n_shown, offset));
    }

    /// Space chooses the row, as far as the control with the focus does not want it for itself.
    fn on_space(self, target: &Element, at: Place, shift: bool) -> bool {
        if at.row == 0 || target.matches("button, input").unwrap_or_default() {
            return false;
        }
        untrack(|| {
            self.list.with_shown_ids(|ids| {
                let Some(id) = ids.iter().nth(at.row - 1) else { return };
                self.list.bus.selected.update(|selected| {
                    let choose = !selected.contains(id);
                    if shift { selected.set_range(ids.iter(), id, choose) } else { selected.set(id, choose) }
                });
            });
        });
        true
    }

    /// Enter opens the resource, unless it follows a link or presses a button.
    fn on_enter_key(self, target: &Element, at: Place) -> bool {
        if at.row == 0 || target.matches("a, button").unwrap_or_default() {
            return false;
        }
        let id = untrack(|| self.list.with_shown_ids(|ids| ids.iter().nth(at.row - 1).map(str::to_owned)));
        id.inspect(|id| self.open.run(id.clone())).is_some()
    }
}

/// Says `contextmenu` for the key: not every browser and system does by itself. Whether anything wanted it.
fn ask_for_menu(target: &Element) -> bool {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = web_sys::MouseEvent::new_with_mouse_event_init_dict("contextmenu", &init).expect("it is a name of an event");
    !target.dispatch_event(&event).expect("it is not being dispatched")
}

/// Goes to the next control of the same cell, where there is one in this direction.
fn step_inside(cell: Option<&Element>, target: &Element, forward: bool) -> bool {
    let Some(cell) = cell else { return false };
    let controls = all(cell, CONTROLS);
    let at = controls.iter().position(|control| control == target);
    let to = if forward { at.map(|at| at + 1) } else { at.and_then(|at| at.checked_sub(1)) };
    let Some(control) = to.and_then(|to| controls.get(to)) else { return false };
    focus(control, false);
    true
}

/// What has the focus for a cell: its first control, or itself.
fn first_of(cell: &Element) -> Element {
    all(cell, CONTROLS).into_iter().next().unwrap_or_else(|| cell.clone())
}

fn all(inside: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = inside.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)).map(JsCast::unchecked_into).collect()
}

fn set_stop(element: &Element, stop: bool) {
    // Fails for no element.
    let _ = element.set_attribute("tabindex", if stop { "0" } else { "-1" });
}

/// With `quietly`, without scrolling to it.
fn focus(element: &Element, quietly: bool) {
    if !element.has_attribute("tabindex") {
        set_stop(element, false);
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(quietly);
    let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}

fn nobody_has_focus() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}
