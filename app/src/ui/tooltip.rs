//! A word about a control, shown on hover and on focus, gone with Escape, and told to screen readers as the control's description.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    float::{Align, place, show},
    unique_id,
};

/// The tooltip of one control. The control draws [`Tooltip::view`] beside itself and passes its events on.
#[derive(Clone, Copy)]
pub struct Tooltip {
    id: StoredValue<String>,
    text: Signal<Option<String>>,
    anchor: NodeRef<html::Button>,
    node: NodeRef<html::Span>,
}

impl Tooltip {
    pub fn new(text: Signal<Option<String>>, anchor: NodeRef<html::Button>) -> Self {
        Self { id: StoredValue::new(unique_id("tip")), text, anchor, node: NodeRef::new() }
    }

    /// For `aria-describedby`.
    pub fn described_by(self) -> Option<String> {
        self.text.with(Option::is_some).then(|| self.id.get_value())
    }

    pub fn open(self) {
        if let (Some(anchor), Some(node)) = (there(self.anchor), there(self.node)) {
            show(&node, true);
            place(&anchor, &node, Align::Centre);
        }
    }

    pub fn close(self) {
        if let Some(node) = there(self.node) {
            show(&node, false);
        }
    }

    pub fn on_key(self, event: &KeyboardEvent) {
        if event.key() == "Escape" {
            self.close();
        }
    }

    pub fn view(self) -> impl IntoView {
        move || {
            self.text.get().map(|text| {
                view! {
                    <span class="tooltip" role="tooltip" popover="manual" id=self.id.get_value() node_ref=self.node>
                        {text}
                    </span>
                }
            })
        }
    }
}

/// A control that goes away while it has the focus is blurred when its signals are gone already.
fn there<E: html::ElementType>(node: NodeRef<E>) -> Option<E::Output>
where
    E::Output: Clone + wasm_bindgen::JsCast + 'static,
{
    node.try_get_untracked().flatten()
}
