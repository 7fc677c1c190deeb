//! Fields of forms: label above, help and error below, tied together for screen readers. A field in error carries `aria-invalid`, by which
//! the first one can be found.

mod choice;
mod text;

use leptos::prelude::*;

pub use self::{
    choice::{Checkbox, RadioGroup, Select},
    text::{FormField, NumberField, TextArea, TextField},
};
use super::{Icon, unique_id};
use crate::locale::t;

/// What every field has around its control.
#[derive(Clone, Copy)]
struct Surround {
    id: StoredValue<String>,
    help: Signal<Option<String>>,
    error: Signal<Option<String>>,
}

impl Surround {
    fn new(help: Signal<Option<String>>, error: Signal<Option<String>>) -> Self {
        Self { id: StoredValue::new(unique_id("field")), help, error }
    }

    /// The control's id.
    fn id(self) -> String {
        self.id.get_value()
    }

    fn part(self, name: &str) -> String {
        self.id.with_value(|id| format!("{id}-{name}"))
    }

    fn described_by(self) -> Option<String> {
        let error = self.error.with(Option::is_some).then(|| self.part("error"));
        let help = self.help.with(Option::is_some).then(|| self.part("help"));
        match (error, help) {
            (Some(error), Some(help)) => Some(format!("{error} {help}")),
            (error, help) => error.or(help),
        }
    }

    fn invalid(self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }

    /// Error and help, below the control.
    fn notes(self) -> impl IntoView {
        view! {
            {move || {
                self.error
                    .get()
                    .map(|error| {
                        view! { <p class="field-error" id=self.part("error")><Icon name="circle-alert"/><span>{error}</span></p> }
                    })
            }}
            {move || self.help.get().map(|help| view! { <p class="field-help" id=self.part("help")>{help}</p> })}
        }
    }
}

/// Says which fields may stay empty: most are required, so those are left unmarked.
fn optional_mark(required: bool) -> Option<impl IntoView> {
    (!required).then(|| view! { <span class="field-optional">{t("optional")}</span> })
}

/// A group of controls under one label, for what no single field can do.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = true)] required: bool,
    children: Children,
) -> impl IntoView {
    let around = Surround::new(help, error);
    view! {
        <div
            class="field"
            role="group"
            tabindex="-1"
            id=around.id()
            aria-labelledby=around.part("label")
            aria-describedby=move || around.described_by()
            data-invalid=move || around.invalid()
        >
            <span class="field-label" id=around.part("label")>{label}{optional_mark(required)}</span>
            {children()}
            {around.notes()}
        </div>
    }
}
