//! The box that a list scrolls in, and which part of the list it shows.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};

use super::{
    loader::Phase,
    state::List,
    storage,
    window::{Geometry, Window, window},
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
}

impl ScrollBox {
    pub fn new() -> Self {
        let this = Self { node: NodeRef::new(), scroll: RwSignal::new(0.0), width: RwSignal::new(0.0), height: RwSignal::new(0.0) };
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
        }
    }

    /// For the box's scroll event.
    pub fn on_scroll(self) {
        if let Some(node) = self.node.get_untracked() {
            self.scroll.set(f64::from(node.scroll_top()));
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

    /// What is drawn of so many resources.
    pub fn window(self, total: usize, row: f64, per_row: usize) -> Window {
        window(total, Geometry { scroll: self.scroll.get(), height: self.height.get(), row, per_row })
    }
}
