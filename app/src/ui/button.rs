//! Buttons. One that cannot be used now stays visible and in the tab order, and says why.

use leptos::{ev::MouseEvent, html, prelude::*};

use super::{Icon, Spinner, tooltip::Tooltip};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The one thing that the page is for.
    Primary,
    #[default]
    Secondary,
    /// What destroys.
    Danger,
    /// Without a frame.
    Quiet,
}

impl Variant {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

#[component]
pub fn Button(
    #[prop(optional)] variant: Variant,
    #[prop(optional, into)] icon: Option<&'static str>,
    #[prop(optional)] small: bool,
    /// `button` or `submit`.
    #[prop(default = "button")]
    kind: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Why it cannot be used now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    /// The id of the form that it submits, where it stands outside.
    #[prop(optional, into)]
    form: Option<String>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let tooltip = Tooltip::new(reason, node);
    let refused = move || busy.get() || reason.with(Option::is_some);
    let click = move |event: MouseEvent| {
        if untrack(refused) {
            // Also keeps it from submitting its form.
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            type=kind
            class=variant.class()
            class:button-small=small
            node_ref=node
            form=form
            disabled=move || disabled.get()
            aria-disabled=move || refused().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-describedby=move || tooltip.described_by()
            on:click=click
            on:mouseenter=move |_| tooltip.open()
            on:mouseleave=move |_| tooltip.close()
            on:focus=move |_| tooltip.open()
            on:blur=move |_| tooltip.close()
            on:keydown=move |event| tooltip.on_key(&event)
        >
            {move || if busy.get() { view! { <Spinner/> }.into_any() } else { icon.map(|name| view! { <Icon name/> }).into_any() }}
            <span class="button-label">{children()}</span>
        </button>
        {tooltip.view()}
    }
}

/// A button that shows only an icon; its label is its name and its tooltip.
#[component]
pub fn IconButton(
    #[prop(into)] icon: Signal<&'static str>,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_click: Callback<()>,
    /// Why it cannot be used now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    #[prop(optional, into)] pressed: Signal<Option<bool>>,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let tip = Signal::derive(move || Some(reason.get().unwrap_or_else(|| label.get())));
    let tooltip = Tooltip::new(tip, node);
    let refused = move || busy.get() || reason.with(Option::is_some);
    view! {
        <button
            type="button"
            class="icon-button"
            node_ref=node
            aria-label=move || label.get()
            aria-disabled=move || refused().then_some("true")
            aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
            aria-describedby=move || reason.with(Option::is_some).then(|| tooltip.described_by()).flatten()
            on:click=move |_| {
                if !untrack(refused) {
                    on_click.run(());
                }
            }
            on:mouseenter=move |_| tooltip.open()
            on:mouseleave=move |_| tooltip.close()
            on:focus=move |_| tooltip.open()
            on:blur=move |_| tooltip.close()
            on:keydown=move |event| tooltip.on_key(&event)
        >
            {move || if busy.get() { view! { <Spinner/> }.into_any() } else { view! { <Icon name=icon/> }.into_any() }}
        </button>
        {tooltip.view()}
    }
}
