//! Puts what floats (menus, tooltips) beside what it belongs to, inside the window. Through the CSSOM: the content security policy knows no
//! `style` attributes.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where the floating element lines up with its anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Start,
    Centre,
    End,
}

const GAP: f64 = 4.0;
const MARGIN: f64 = 8.0;

/// Places an open popover below its anchor, or above where there is more room.
pub fn place(anchor: &Element, floating: &Element, align: Align) {
    let at = anchor.get_bounding_client_rect();
    let size = floating.get_bounding_client_rect();
    let extent = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
    let (width, height) = (extent(window().inner_width()), extent(window().inner_height()));

    let left = match align {
        Align::Start => at.left(),
        Align::Centre => at.left() + (at.width() - size.width()) / 2.0,
        Align::End => at.right() - size.width(),
    };
    let below = at.bottom() + GAP;
    let top =
        if below + size.height() + MARGIN <= height || at.top() < height - at.bottom() { below } else { at.top() - GAP - size.height() };

    let style = floating.unchecked_ref::<HtmlElement>().style();
    for (property, value, limit) in [("left", left, width - size.width()), ("top", top, height - size.height())] {
        let value = value.min(limit - MARGIN).max(MARGIN);
        let _ = style.set_property(property, &format!("{value}px"));
    }
    let _ = floating.class_list().add_1("placed");
}

/// Opens or closes a popover; to ask for what it is already is no mistake.
pub fn show(floating: &Element, open: bool) {
    let _ = floating.unchecked_ref::<HtmlElement>().toggle_popover_with_force(open);
}
