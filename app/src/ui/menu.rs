//! A menu behind a button, after the ARIA Authoring Practices. The browser's popover closes it on Escape and on a click elsewhere, and keeps
//! it above whatever scrolls.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    Icon, Variant,
    float::{Align, place, show},
    tooltip::Tooltip,
    unique_id,
};

#[derive(Clone)]
pub struct MenuItem {
    pub label: String,
    pub icon: Option<&'static str>,
    /// Whether it destroys.
    pub danger: bool,
    /// Why it cannot be used now; it stays visible and says so.
    pub reason: Option<String>,
    pub on_select: Callback<()>,
}

impl MenuItem {
    pub fn new(label: impl Into<String>, on_select: impl Into<Callback<()>>) -> Self {
        Self { label: label.into(), icon: None, danger: false, reason: None, on_select: on_select.into() }
    }
}

/// With `icon_only`, the label is the button's name alone: for rows and bars.
#[component]
pub fn Menu(
    #[prop(into)] label: Signal<String>,
    /// The label is data, such as a name: not to be translated.
    #[prop(optional)]
    data: bool,
    #[prop(optional, into)] icon: Option<&'static str>,
    #[prop(into)] items: Signal<Vec<MenuItem>>,
    #[prop(optional)] icon_only: bool,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] small: bool,
    /// Why none of it can be used now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// What stands above the items and cannot be chosen, such as who is signed in.
    #[prop(optional, into)]
    header: ViewFn,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let popup = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    // Which item takes the focus when it opens.
    let from_end = StoredValue::new(false);
    let id = unique_id("menu");
    let button_id = format!("{id}-button");
    let target = id.clone();
    let usable = move || reason.with(Option::is_none);
    let tooltip = Tooltip::new(Signal::derive(move || reason.get().or_else(|| icon_only.then(|| label.get()))), button);

    // The browser tells after it has opened or closed, whoever did it.
    let on_toggle = move |_| {
        let Some(popup) = popup.get_untracked() else { return };
        let is_open = popup.matches(":popover-open").unwrap_or_default();
        if is_open {
            if let Some(button) = button.get_untracked() {
                place(&button, &popup, if icon_only { Align::End } else { Align::Start });
            }
            let items = entries(&popup);
            let first = if from_end.get_value() { items.last() } else { items.first() };
            focus(first);
        } else {
            open.set(false);
            let _ = popup.class_list().remove_1("placed");
        }
        from_end.set_value(false);
    };
    let on_button_key = move |event: ev::KeyboardEvent| {
        let key = event.key();
        tooltip.on_key(&event);
        if matches!(key.as_str(), "ArrowDown" | "ArrowUp")
            && untrack(usable)
            && let Some(popup) = popup.get_untracked()
        {
            event.prevent_default();
            from_end.set_value(key == "ArrowUp");
            show(&popup, true);
        }
    };
    let close = move || {
        if let Some(popup) = popup.get_untracked() {
            show(&popup, false);
        }
    };
    let on_menu_key = move |event: ev::KeyboardEvent| {
        let Some(popup) = popup.get_untracked() else { return };
        if event.key() == "Tab" {
            close();
            return;
        }
        let items = entries(&popup);
        let active = document().active_element();
        let at = items.iter().position(|item| Some(item) == active.as_ref());
        if let Some(to) = next(&event.key(), at, &items) {
            event.prevent_default();
            event.stop_propagation();
            focus(items.get(to));
        }
    };
    let draw_item = move |item: MenuItem| {
        let MenuItem { label, icon, danger, reason, on_select } = item;
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
                        close();
                        on_select.run(());
                    }
                }
            >
                <span class="menu-item-icon">{icon.map(|name| view! { <Icon name/> })}</span>
                <span class="menu-item-text">
                    <span>{label}</span>
                    {reason.map(|reason| view! { <span class="menu-item-reason">{reason}</span> })}
                </span>
            </button>
        }
    };
    let class = if icon_only { "icon-button" } else { variant.class() };
    view! {
        <button
            type="button"
            class=class
            class:button-small=small
            id=button_id.clone()
            node_ref=button
            popovertarget=move || usable().then(|| target.clone())
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=move || icon_only.then(|| label.get())
            aria-disabled=move || (!usable()).then_some("true")
            aria-describedby=move || if usable() { None } else { tooltip.described_by() }
            on:mouseenter=move |_| tooltip.open()
            on:mouseleave=move |_| tooltip.close()
            on:focus=move |_| tooltip.open()
            on:blur=move |_| tooltip.close()
            on:click=move |_| tooltip.close()
            on:keydown=on_button_key
        >
            {icon.map(|name| view! { <Icon name/> })}
            {(!icon_only).then(|| view! { <span class="button-label" translate=data.then_some("no")>{move || label.get()}</span><Icon name="chevron-down"/> })}
        </button>
        {tooltip.view()}
        <div
            class="menu"
            id=id
            node_ref=popup
            popover="auto"
            on:beforetoggle=move |_: ev::Event| open.set(true)
            on:toggle=on_toggle
            on:keydown=on_menu_key
        >
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            {header.run()}
                            <div class="menu-items" role="menu" aria-labelledby=button_id.clone()>
                                {items.get().into_iter().map(draw_item).collect_view()}
                            </div>
                        }
                    })
            }}
        </div>
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
