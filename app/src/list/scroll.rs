//! The box that a list scrolls in, and which part of the list it shows.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};

use super::{
    loader::Phase,
    query::Query,
    row::Row,
    state::List,
    storage,
    table::Drawn,
    window::{Geometry, Window, window as rows_in_sight},
};

/// Under which the tab remembers how far a list is scrolled, and of which question.
const REMEMBERED: &str = "scroll";

/// A scrolling box as signals.
#[derive(Clone, Copy)]
pub struct ScrollBox {
    pub node: NodeRef<html::Div>,
    scroll: RwSignal<f64>,
    pub width: RwSignal<f64>,
    height: RwSignal<f64>,
    /// Whether the window is as narrow as a telephone.
    pub narrow: RwSignal<bool>,
    /// Whether it is scrolled sideways.
    pub aside: RwSignal<bool>,
}

/// As in the style sheet.
const NARROW: &str = "(max-width: 760px)";

impl ScrollBox {
    pub fn new() -> Self {
        let this = Self {
            node: NodeRef::new(),
            scroll: RwSignal::new(0.0),
            width: RwSignal::new(0.0),
            height: RwSignal::new(0.0),
            narrow: RwSignal::new(false),
            aside: RwSignal::new(false),
        };
        Effect::new(move || {
            let Some(node) = this.node.get() else { return };
            this.measure();
            let on_resize = Closure::<dyn FnMut()>::new(move || this.measure());
            let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else { return };
            observer.observe(&node);
            let keep = send_wrapper::SendWrapper::new((observer, on_resize));
            on_cleanup(move || keep.0.disconnect());
        });
        this
    }

    fn measure(self) {
        if let Some(Some(node)) = self.node.try_get_untracked() {
            self.width.set(f64::from(node.client_width()));
            self.height.set(f64::from(node.client_height()));
            self.scroll.set(f64::from(node.scroll_top()));
            let narrow = window().match_media(NARROW).ok().flatten().is_some_and(|query| query.matches());
            self.narrow.maybe_update(|before| std::mem::replace(before, narrow) != narrow);
        }
    }

    /// For the box's scroll event.
    pub fn on_scroll(self) {
        if let Some(Some(node)) = self.node.try_get_untracked() {
            self.scroll.set(f64::from(node.scroll_top()));
            let aside = node.scroll_left() > 0;
            self.aside.maybe_update(|before| std::mem::replace(before, aside) != aside);
        }
    }

    /// Comes back to where the user has left this list, when the same is asked of it again: from a page of details, most of all.
    pub fn come_back(self, list: List) {
        let List { spec, bus, shown, loader, .. } = list;
        let asked = move || bus.query.with(|query| query.to_search(spec));
        let left_at = storage::read_in_tab(REMEMBERED, spec.kind()).and_then(|text| {
            let (top, search) = text.split_once(' ')?;
            top.parse::<i32>().ok().filter(|_| search == untrack(asked))
        });
        let left_at = StoredValue::new(left_at.filter(|&top| top > 0));
        Effect::new(move || {
            shown.track();
            let arrived = matches!(loader.phase.get(), Phase::Complete | Phase::Partial);
            let (Some(node), Some(top)) = (self.node.get(), left_at.get_value()) else { return };
            request_animation_frame(move || {
                node.set_scroll_top(top);
                // Rows that make the list long enough may still be on their way.
                if arrived || node.scroll_top() >= top {
                    left_at.try_set_value(None);
                }
            });
        });
        Effect::new(move || {
            let top = self.scroll.get();
            if left_at.with_value(Option::is_none) {
                storage::write_in_tab(REMEMBERED, spec.kind(), &format!("{top} {}", untrack(asked)));
            }
        });
    }

    pub fn to_top(self) {
        if let Some(node) = self.node.get_untracked() {
            node.set_scroll_top(0);
        }
    }

    /// Keeps what one looks at where it is while rows come and go above it: the row with the focus, or the first in sight. At the top of the
    /// list, what comes first is what one wants to see.
    pub fn stay(self, list: List, drawn: Memo<Drawn>, row: Signal<f64>, focused: impl Fn() -> Option<usize> + Send + Sync + 'static) {
        Effect::new(move |before: Option<Seen>| {
            self.scroll.track();
            let geometry = self.geometry(row.get(), 1);
            let n_shown = list.n_shown();
            let asked = (list.bus.query.get_untracked(), list.bus.text.get_untracked());
            let drawn = drawn.get();
            if let Some(before) = before.filter(|before| before.asked == asked && before.drawn != drawn)
                && let Some(by) = before.moved(list, &drawn)
            {
                let row = row.get_untracked();
                request_animation_frame(move || {
                    let offset = self.geometry(row, 1).offset(n_shown) + by * row;
                    self.scroll_to(self.geometry(row, 1).scroll_to(n_shown, offset));
                });
            }
            let first = geometry.first_in_sight(n_shown);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows have room in a window")]
            let in_sight = first..first + (geometry.height / geometry.row) as usize;
            let anchor = untrack(&focused).filter(|place| in_sight.contains(place)).or((geometry.scroll > 0.0).then_some(first));
            Seen { asked, drawn, anchor }
        });
    }

    /// What is drawn of so many resources.
    pub fn window(self, total: usize, row: f64, per_row: usize) -> Window {
        rows_in_sight(total, Geometry { scroll: self.scroll.get(), height: self.height.get(), row, per_row })
    }

    /// How the list lies in the box now.
    pub fn geometry(self, row: f64, per_row: usize) -> Geometry {
        Geometry { scroll: self.scroll.get_untracked(), height: self.height.get_untracked(), row, per_row }
    }

    /// Scrolls down to there, and has what is there drawn at once.
    pub fn scroll_to(self, top: f64) {
        if let Some(Some(node)) = self.node.try_get_untracked() {
            #[expect(clippy::cast_possible_truncation, reason = "no box is higher than 2^31 pixels")]
            node.set_scroll_top(top.round() as i32);
            self.on_scroll();
        }
    }
}

/// What one looks at.
struct Seen {
    asked: (Query, String),
    drawn: Drawn,
    /// The place of the row that is to stay where it is.
    anchor: Option<usize>,
}

impl Seen {
    /// By how many rows that row has moved; where it is gone, the next that is left.
    fn moved(&self, list: List, now: &Drawn) -> Option<f64> {
        let first = self.anchor?.checked_sub(self.drawn.first)?;
        let rows = self.drawn.rows.iter().enumerate().skip(first);
        let place_now = |row: &Row| {
            let anywhere = || untrack(|| list.with_shown_ids(|ids| ids.iter().position(|id| id == row.id())));
            now.place(row.id()).or_else(anywhere)
        };
        // Most often the window has moved over rows that have not.
        let is_where_it_was = |index: usize, row: &Row| {
            let there = untrack(|| list.shown_rows(self.drawn.first + index, self.drawn.first + index + 1));
            there.first().is_some_and(|there| there.id() == row.id())
        };
        for (index, row) in rows {
            if is_where_it_was(index, row) {
                return None;
            }
            if let Some(place) = place_now(row) {
                #[expect(clippy::cast_precision_loss, reason = "no list has 2^52 rows")]
                return Some(place as f64 - (self.drawn.first + index) as f64);
            }
        }
        None
    }
}
