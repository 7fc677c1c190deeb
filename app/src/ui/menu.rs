//! A menu behind a button, after the ARIA Authoring Practices. The browser's popover closes it on Escape and on a click elsewhere, and keeps
//! it above whatever scrolls.

mod popup;
mod shared;

use leptos::{ev, html, prelude::*};

use self::popup::{MenuEntries, MenuPopup};
pub use self::shared::{SharedMenu, SharedMenuButton, SharedMenuEntries};
use super::{Icon, Variant, float::Align, tooltip::Tooltip, unique_id};

#[derive(Clone)]
pub struct MenuItem {
    pub label: String,
    pub icon: Option<&'static str>,
    /// A colour in the icon's place: the number of a context of `style/frame.css`.
    pub mark: Option<u32>,
    /// What is said of it below, in small.
    pub note: Option<String>,
    /// Whether it destroys.
    pub danger: bool,
    /// Why it cannot be used now; it stays visible and says so.
    pub reason: Option<String>,
    pub on_select: Callback<()>,
}

impl MenuItem {
    pub fn new(label: impl Into<String>, on_select: impl Into<Callback<()>>) -> Self {
        Self { label: label.into(), icon: None, mark: None, note: None, danger: false, reason: None, on_select: on_select.into() }
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
    let popup = MenuPopup::new();
    let id = unique_id("menu");
    let target = id.clone();
    let usable = move || reason.with(Option::is_none);
    let tooltip = Tooltip::new(Signal::derive(move || reason.get().or_else(|| icon_only.then(|| label.get()))), button);

    let on_button_key = move |event: ev::KeyboardEvent| {
        let key = event.key();
        tooltip.on_key(&event);
        if matches!(key.as_str(), "ArrowDown" | "ArrowUp") && untrack(usable) {
            event.prevent_default();
            popup.show(key == "ArrowUp");
        }
    };
    let anchor = Callback::new(move |()| button.get_untracked().map(Into::into));
    let class = if icon_only { "icon-button" } else { variant.class() };
    view! {
        <button
            type="button"
            class=class
            class:button-small=small
            node_ref=button
            popovertarget=move || usable().then(|| target.clone())
            aria-haspopup="menu"
            aria-expanded=move || popup.is_open().to_string()
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
        <MenuEntries popup id label items anchor align=if icon_only { Align::End } else { Align::Start } header/>
    }
}
