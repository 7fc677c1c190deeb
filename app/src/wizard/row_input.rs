//! A text input of a row in a table of inputs: named by its column, with its error below it.

use leptos::prelude::*;

use super::Validation;
use crate::ui::unique_id;

#[component]
pub fn RowInput(
    /// For screen readers; people see the column's head.
    #[prop(into)]
    label: String,
    value: ArcRwSignal<String>,
    /// The field's key.
    #[prop(into)]
    key: String,
    validation: Validation,
    #[prop(optional)] mono: bool,
    #[prop(default = "text")] inputmode: &'static str,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let id = unique_id("row");
    let error_id = format!("{id}-error");
    let error = validation.error(key.clone());
    let described_by = error_id.clone();
    let (read, write) = (value.clone(), value);
    view! {
        <div class="row-input" data-field=key>
            <input
                class="input"
                class:input-mono=mono
                type="text"
                aria-label=label
                inputmode=inputmode
                placeholder=placeholder
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| described_by.clone())
                disabled=move || disabled.get()
                prop:value=move || read.get()
                on:input:target=move |event| write.set(event.target().value())
            />
            {move || error.get().map(|error| view! { <p class="field-error" id=error_id.clone()>{error}</p> })}
        </div>
    }
}
