//! What the wizard will make, beside the steps and always up to date; where the window is narrow, a line at its foot that opens.

use api::error::ApiError;
use leptos::prelude::*;

use super::{Step, Validation};
use crate::{
    locale::t,
    ui::{Commands, ErrorPanel, Icon},
};

/// One line of a summary.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The key of the step where it is decided.
    pub step: &'static str,
    pub label: &'static str,
    /// Empty while it is not decided.
    pub value: String,
    /// Whether `value` comes from the cloud or the user, and is not to be translated.
    pub data: bool,
    /// A second line, smaller, with whether it is data.
    pub note: (String, bool),
}

impl Fact {
    /// In the console's words.
    pub fn text(step: &'static str, label: &'static str, value: impl Into<String>) -> Self {
        Self { step, label, value: value.into(), data: false, note: (String::new(), false) }
    }

    /// In the cloud's or the user's words.
    pub fn data(step: &'static str, label: &'static str, value: impl Into<String>) -> Self {
        Self { data: true, ..Self::text(step, label, value) }
    }

    /// With a second line in the console's words.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: (note.into(), false), ..self }
    }

    /// With a second line in the cloud's or the user's words.
    #[must_use]
    pub fn data_note(self, note: impl Into<String>) -> Self {
        Self { note: (note.into(), true), ..self }
    }
}

#[component]
pub fn SummaryPane(
    facts: Signal<Vec<Fact>>,
    steps: StoredValue<Vec<Step>>,
    validation: Validation,
    refusal: RwSignal<Option<ApiError>>,
    commands: Signal<Vec<String>>,
    on_go: Callback<usize>,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let group = move |(index, step): (usize, &Step)| {
        let (key, title, fields) = (step.key, step.title, step.fields);
        let lines = move || facts.with(|facts| facts.iter().filter(|fact| fact.step == key).map(line).collect_view());
        view! {
            <div class="summary-group" class:summary-wrong=move || validation.is_wrong(fields)>
                <button type="button" class="summary-step" on:click=move |_| on_go.run(index)>{t(title)}</button>
                <dl>{lines}</dl>
            </div>
        }
    };
    view! {
        <aside class="wizard-summary" class:wizard-summary-open=move || open.get() aria-labelledby="wizard-summary-title">
            <h2 id="wizard-summary-title">
                <span class="wizard-summary-heading">{t("Summary")}</span>
                <button
                    type="button"
                    class="wizard-summary-toggle"
                    aria-expanded=move || open.get().to_string()
                    aria-controls="wizard-summary-facts"
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {t("Summary")}
                    <Icon name="chevron-up"/>
                </button>
            </h2>
            <div class="wizard-summary-facts" id="wizard-summary-facts">
                {steps.with_value(|steps| steps.iter().enumerate().map(group).collect_view())}
            </div>
            <div class="wizard-summary-end">
                {move || refusal.get().map(|error| view! { <ErrorPanel error=error/> })}
                <div class="wizard-summary-buttons">{children()}</div>
                <Commands lines=commands/>
            </div>
        </aside>
    }
}

fn line(fact: &Fact) -> impl IntoView + use<> {
    let value = match (fact.value.is_empty(), fact.data) {
        (true, _) => view! { <dd class="summary-open">{t("Not chosen yet")}</dd> }.into_any(),
        (false, true) => view! { <dd translate="no">{fact.value.clone()}</dd> }.into_any(),
        (false, false) => view! { <dd>{fact.value.clone()}</dd> }.into_any(),
    };
    let (note, data) = fact.note.clone();
    let note = (!note.is_empty()).then(|| view! { <dd class="summary-note" translate=data.then_some("no")>{note}</dd> });
    view! { <dt>{t(fact.label)}</dt> {value} {note} }
}
