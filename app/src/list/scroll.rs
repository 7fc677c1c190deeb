//! The box that a list scrolls in, and which part of the list it shows.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};

use super::window::{Geometry, Window, window};

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
