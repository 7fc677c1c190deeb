//! Fields that are typed into.

use leptos::prelude::*;

use super::{Surround, optional_mark};

#[component]
pub fn TextField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: String,
    /// What password managers and browsers may fill in; `off` where it is nothing of the user's own.
    #[prop(default = "off")]
    autocomplete: &'static str,
    #[prop(default = "text")] input_type: &'static str,
    #[prop(default = "text")] inputmode: &'static str,
    #[prop(optional)] mono: bool,
    #[prop(optional, into)] name: Option<String>,
    #[prop(default = true)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let around = Surround::new(help, error);
    view! {
        <div class="field">
            <label class="field-label" for=around.id()>{label}{optional_mark(required)}</label>
            <input
                class="input"
                class:input-mono=mono
                id=around.id()
                type=input_type
                inputmode=inputmode
                name=name
                placeholder=placeholder
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                autofocus=autofocus
                aria-required=required.then_some("true")
                aria-invalid=move || around.invalid()
                aria-describedby=move || around.described_by()
                disabled=move || disabled.get()
                prop:value=move || value.get()
                on:input:target=move |event| value.set(event.target().value())
            />
            {around.notes()}
        </div>
    }
}

/// Whole numbers, as text: what is not a number stays as typed and is told as an error.
#[component]
pub fn NumberField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(default = true)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="number-field">
            <TextField label value error help placeholder required disabled inputmode="numeric"/>
        </div>
    }
}

#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] mono: bool,
    #[prop(default = true)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let around = Surround::new(help, error);
    view! {
        <div class="field">
            <label class="field-label" for=around.id()>{label}{optional_mark(required)}</label>
            <textarea
                class="input textarea"
                class:input-mono=mono
                id=around.id()
                rows=rows
                placeholder=placeholder
                autocapitalize="off"
                spellcheck="false"
                aria-required=required.then_some("true")
                aria-invalid=move || around.invalid()
                aria-describedby=move || around.described_by()
                disabled=move || disabled.get()
                prop:value=move || value.get()
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
            {around.notes()}
        </div>
    }
}

/// A field of a plain HTML form. The form is what holds its value, so that nothing is lost that was typed, or filled in by a password
/// manager, before the application was there.
#[component]
pub fn FormField(
    #[prop(into)] label: String,
    name: &'static str,
    /// What it starts with.
    #[prop(optional, into)]
    value: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = "text")] input_type: &'static str,
    #[prop(default = "text")] inputmode: &'static str,
    #[prop(optional)] mono: bool,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let around = Surround::new(help, error);
    view! {
        <div class="field">
            <label class="field-label" for=around.id()>{label}{optional_mark(required)}</label>
            <input
                class="input"
                class:input-mono=mono
                id=around.id()
                type=input_type
                inputmode=inputmode
                name=name
                value=value
                placeholder=placeholder
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                aria-required=required.then_some("true")
                aria-invalid=move || around.invalid()
                aria-describedby=move || around.described_by()
            />
            {around.notes()}
        </div>
    }
}
