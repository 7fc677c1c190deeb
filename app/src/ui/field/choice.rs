//! Fields that are chosen from.

use leptos::prelude::*;

use super::{Surround, optional_mark};
use crate::ui::{Icon, unique_id};

/// One of a few, by the browser's own list. Options are values and labels.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(default = true)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let around = Surround::new(help, error);
    view! {
        <div class="field">
            <label class="field-label" for=around.id()>{label}{optional_mark(required)}</label>
            <span class="select">
                <select
                    class="input"
                    id=around.id()
                    aria-required=required.then_some("true")
                    aria-invalid=move || around.invalid()
                    aria-describedby=move || around.described_by()
                    disabled=move || disabled.get()
                    on:change:target=move |event| value.set(event.target().value())
                >
                    {move || {
                        options
                            .get()
                            .into_iter()
                            .map(|(key, label)| {
                                let own = key.clone();
                                view! { <option value=key prop:selected=move || value.with(|value| *value == own)>{label}</option> }
                            })
                            .collect_view()
                    }}
                </select>
                <Icon name="chevron-down"/>
            </span>
            {around.notes()}
        </div>
    }
}

#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    value: RwSignal<bool>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let around = Surround::new(help, error);
    view! {
        <div class="field field-check">
            <label class="check">
                <input
                    type="checkbox"
                    id=around.id()
                    aria-invalid=move || around.invalid()
                    aria-describedby=move || around.described_by()
                    disabled=move || disabled.get()
                    prop:checked=move || value.get()
                    on:change:target=move |event| value.set(event.target().checked())
                />
                <span>{label}</span>
            </label>
            {around.notes()}
        </div>
    }
}

/// One of a few, all of them in sight. Options are values and labels.
#[component]
pub fn RadioGroup(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] help: Signal<Option<String>>,
) -> impl IntoView {
    let around = Surround::new(help, error);
    let name = unique_id("radio");
    view! {
        <div
            class="field"
            role="radiogroup"
            aria-labelledby=around.part("label")
            aria-invalid=move || around.invalid()
            aria-describedby=move || around.described_by()
        >
            <span class="field-label" id=around.part("label")>{label}</span>
            <div class="radios">
                {move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(key, label)| {
                            let (own, chosen) = (key.clone(), key.clone());
                            view! {
                                <label class="check">
                                    <input
                                        type="radio"
                                        name=name.clone()
                                        value=key
                                        prop:checked=move || value.with(|value| *value == own)
                                        on:change=move |_| value.set(chosen.clone())
                                    />
                                    <span>{label}</span>
                                </label>
                            }
                        })
                        .collect_view()
                }}
            </div>
            {around.notes()}
        </div>
    }
}
