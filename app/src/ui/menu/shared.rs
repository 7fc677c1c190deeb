//! One menu for many places, such as the rows and cells of a table: it is told what it opens at and what it offers there. A menu of its own for
//! each row would be most of what a row costs to draw.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    super::{Icon, float::Align, unique_id},
    MenuItem,
    popup::{MenuEntries, MenuPopup},
};

/// What a menu offers, worked out when it opens and for as long as it is open.
type Offer = Arc<dyn Fn() -> Vec<MenuItem> + Send + Sync>;

/// Cheap to copy. Drawn once by [`SharedMenuEntries`].
#[derive(Clone, Copy)]
pub struct SharedMenu {
    id: StoredValue<String>,
    popup: MenuPopup,
    align: Align,
    at: RwSignal<Option<At>>,
}

#[derive(Clone)]
struct At {
    anchor: SendWrapper<Element>,
    label: String,
    offer: Offer,
}

impl SharedMenu {
    pub fn new(align: Align) -> Self {
        Self { id: StoredValue::new(unique_id("menu")), popup: MenuPopup::new(), align, at: RwSignal::new(None) }
    }

    /// Opens it below this.
    pub fn open(self, anchor: Element, label: String, offer: impl Fn() -> Vec<MenuItem> + Send + Sync + 'static) {
        self.aim(anchor, label, offer);
        self.popup.show(false);
    }

    fn aim(self, anchor: Element, label: String, offer: impl Fn() -> Vec<MenuItem> + Send + Sync + 'static) {
        self.at.set(Some(At { anchor: SendWrapper::new(anchor), label, offer: Arc::new(offer) }));
    }
}

#[component]
pub fn SharedMenuEntries(menu: SharedMenu) -> impl IntoView {
    let anchor = Callback::new(move |()| menu.at.with_untracked(|at| at.as_ref().map(|at| (*at.anchor).clone())));
    let label = Signal::derive(move || menu.at.with(|at| at.as_ref().map(|at| at.label.clone()).unwrap_or_default()));
    let items = Signal::derive(move || menu.at.get().map(|at| (at.offer)()).unwrap_or_default());
    view! { <MenuEntries popup=menu.popup id=menu.id.get_value() label items anchor align=menu.align/> }
}

/// The button of one of the places.
#[component]
pub fn SharedMenuButton(
    menu: SharedMenu,
    #[prop(into)] label: Signal<String>,
    offer: impl Fn() -> Vec<MenuItem> + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let aim = move |event: &ev::Event| {
        let button = event.current_target().and_then(|button| button.dyn_into::<Element>().ok());
        if let Some(button) = button {
            menu.aim(button, label.get_untracked(), offer.clone());
        }
    };
    let aim_by_key = aim.clone();
    view! {
        <button
            type="button"
            class="icon-button"
            popovertarget=menu.id.get_value()
            aria-haspopup="menu"
            aria-label=move || label.get()
            // The browser opens and closes it after this.
            on:click=move |event| aim(&event)
            on:keydown=move |event: ev::KeyboardEvent| {
                let key = event.key();
                if matches!(key.as_str(), "ArrowDown" | "ArrowUp") {
                    event.prevent_default();
                    aim_by_key(&event);
                    menu.popup.show(key == "ArrowUp");
                }
            }
        >
            <Icon name="ellipsis"/>
        </button>
    }
}
