//! What the keyboard and the focus have to do with the box.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// A slash anywhere but in a field leads to the search box.
pub fn focus_on_slash(input: NodeRef<html::Input>) {
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            let typing = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .is_some_and(|target| target.closest("input, textarea, select, [contenteditable], dialog").ok().flatten().is_some());
            if event.key() == "/"
                && !typing
                && !event.ctrl_key()
                && !event.meta_key()
                && !event.alt_key()
                && let Some(input) = input.get_untracked()
            {
                event.prevent_default();
                let _ = input.focus();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// Whether the focus moves within the box.
pub fn stays_inside(event: &ev::FocusEvent) -> bool {
    let inside = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
    let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    inside.is_some_and(|inside| next.is_some_and(|next| inside.contains(Some(&next))))
}

/// Keeps the active line of a long list in sight.
pub fn scroll_to(id: &str) {
    let option = document().get_element_by_id(id).and_then(|option| option.dyn_into::<HtmlElement>().ok());
    if let Some(option) = option
        && let Some(list) = option.parent_element()
    {
        let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
        if top < list.scroll_top() {
            list.set_scroll_top(top);
        } else if bottom > list.scroll_top() + list.client_height() {
            list.set_scroll_top(bottom - list.client_height());
        }
    }
}

/// Where the cursor stands in a text, in bytes: browsers count in UTF-16.
pub fn cursor(input: &web_sys::HtmlInputElement, text: &str) -> usize {
    let Ok(Some(units)) = input.selection_start() else { return text.len() };
    bytes(text, units as usize)
}

fn bytes(text: &str, units: usize) -> usize {
    let mut n_left = units;
    for (at, c) in text.char_indices() {
        if n_left < c.len_utf16() {
            return at;
        }
        n_left -= c.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_never_inside_a_character() {
        assert_eq!(["", "a", "aé", "aé😀"].map(|text| text.encode_utf16().count()).map(|units| bytes("aé😀b", units)), [0, 1, 3, 7]);
        assert_eq!((bytes("😀", 1), bytes("ab", 9)), (0, 2));
    }
}
