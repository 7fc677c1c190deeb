//! What opens over the page with the entries of a menu: below a button, or below whatever was pressed.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    super::{
        Icon,
        float::{Align, place, show},
    },
    MenuItem,
};

/// A menu that is open or not. Who opens it knows what it hangs on.
#[derive(Clone, Copy)]
pub struct MenuPopup {
    node: NodeRef<html::Div>,
    open: RwSignal<bool>,
    /// Which item takes the focus when it opens.
    from_end: StoredValue<bool>,
}

impl MenuPopup {
    pub fn new() -> Self {
        Self { node: NodeRef::new(), open: RwSignal::new(false), from_end: StoredValue::new(false) }
    }

    pub fn is_open(self) -> bool {
        self.open.get()
    }

    /// The browser tells what has become of a popup after the page around it may have gone, with all its signals.
    fn node(self) -> Option<Element> {
        self.node.try_get_untracked().flatten().map(Into::into)
    }

    /// Opens it with the focus at its first or last item.
    pub fn show(self, from_end: bool) {
        if let Some(node) = self.node() {
            self.from_end.set_value(from_end);
            show(&node, true);
        }
    }

    pub fn close(self) {
        if let Some(node) = self.node() {
            show(&node, false);
        }
    }

    /// The browser tells before it opens, and before it closes.
    fn begin(self) {
        if self.open.try_get_untracked() == Some(false) {
            self.open.set(true);
        }
    }

    /// The browser tells after it has opened or closed, whoever did it.
    fn on_toggle(self, anchor: Callback<(), Option<Element>>, align: Align) {
        let Some(node) = self.node() else { return };
        if node.matches(":popover-open").unwrap_or_default() {
            if let Some(anchor) = anchor.run(()) {
                place(&anchor, &node, align);
            }
            let items = entries(&node);
            focus(if self.from_end.get_value() { items.last() } else { items.first() });
        } else {
            self.open.set(false);
            let _ = node.class_list().remove_1("placed");
        }
        self.from_end.set_value(false);
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        let Some(node) = self.node() else { return };
        if event.key() == "Tab" {
            self.close();
            return;
        }
        let items = entries(&node);
        let active = document().active_element();
        let at = items.iter().position(|item| Some(item) == active.as_ref());
        if let Some(to) = next(&event.key(), at, &items) {
            event.prevent_default();
            event.stop_propagation();
            focus(items.get(to));
        }
    }
}

/// The popup itself. Its items are made when it opens.
#[component]
pub fn MenuEntries(
    popup: MenuPopup,
    id: String,
    label: Signal<String>,
    items: Signal<Vec<MenuItem>>,
    /// What it opens at.
    anchor: Callback<(), Option<Element>>,
    align: Align,
    #[prop(optional, into)] header: ViewFn,
) -> impl IntoView {
    view! {
        <div
            class="menu"
            id=id
            node_ref=popup.node
            popover="auto"
            on:beforetoggle=move |_: ev::Event| popup.begin()
            on:toggle=move |_| popup.on_toggle(anchor, align)
            on:keydown=move |event| popup.on_key(&event)
        >
            // What is chosen may lead away: then this is drawn once more when its signals are gone.
            {move || {
                (popup.open.try_get() == Some(true))
                    .then(|| {
                        view! {
                            {header.run()}
                            <div class="menu-items" role="menu" aria-label=move || label.try_get()>
                                {items.try_get().unwrap_or_default().into_iter().map(|item| view! { <Entry popup item/> }).collect_view()}
                            </div>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Entry(popup: MenuPopup, item: MenuItem) -> impl IntoView {
    let MenuItem { label, icon, mark, note, danger, reason, on_select } = item;
    let refused = reason.is_some();
    view! {
        <button
            type="button"
            role="menuitem"
            tabindex="-1"
            class="menu-item"
            class:menu-item-danger=danger
            aria-disabled=refused.then_some("true")
            on:click=move |_| {
                if !refused {
                    popup.close();
                    on_select.run(());
                }
            }
        >
            <span class="menu-item-icon">
                {icon.map(|name| view! { <Icon name/> })}
                {mark.map(|mark| view! { <span class=format!("context-mark context-{mark}")></span> })}
            </span>
            <span class="menu-item-text">
                <span>{label}</span>
                {note.map(|note| view! { <span class="menu-item-reason" translate="no">{note}</span> })}
                {reason.map(|reason| view! { <span class="menu-item-reason">{reason}</span> })}
            </span>
        </button>
    }
}

fn entries(popup: &Element) -> Vec<Element> {
    let Ok(found) = popup.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)).map(JsCast::unchecked_into).collect()
}

fn focus(item: Option<&Element>) {
    if let Some(item) = item {
        let _ = item.unchecked_ref::<HtmlElement>().focus();
    }
}

/// Where a key leads: arrows go round, a letter goes to the next item that begins with it.
fn next(key: &str, at: Option<usize>, items: &[Element]) -> Option<usize> {
    let len = items.len();
    if len == 0 {
        return None;
    }
    match key {
        "ArrowDown" => Some(at.map_or(0, |at| (at + 1) % len)),
        "ArrowUp" => Some(at.map_or(len - 1, |at| (at + len - 1) % len)),
        "Home" => Some(0),
        "End" => Some(len - 1),
        _ if key.chars().count() == 1 && key != " " => {
            let key = key.to_lowercase();
            let start = at.map_or(0, |at| at + 1);
            (0..len)
                .map(|step| (start + step) % len)
                .find(|&index| items[index].text_content().unwrap_or_default().trim().to_lowercase().starts_with(&key))
        }
        _ => None,
    }
}
