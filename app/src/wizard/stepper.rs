//! The row of steps above a wizard: where one is, where one was, where something is wrong.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{Step, Validation};
use crate::{
    locale::{t, tf},
    ui::Icon,
};

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Number,
    Done,
    Wrong,
}

#[component]
pub fn Stepper(
    steps: StoredValue<Vec<Step>>,
    current: Memo<usize>,
    visited: RwSignal<BTreeSet<usize>>,
    validation: Validation,
    on_go: Callback<usize>,
) -> impl IntoView {
    let item = move |(index, step): (usize, &Step)| {
        let (title, fields) = (step.title, step.fields);
        let mark = Memo::new(move |_| {
            if validation.is_wrong(fields) {
                Mark::Wrong
            } else if index != current.get() && visited.with(|visited| visited.contains(&index)) && !validation.has_errors(fields) {
                Mark::Done
            } else {
                Mark::Number
            }
        });
        let shape = move || match mark.get() {
            Mark::Number => (index + 1).to_string().into_any(),
            Mark::Done => view! { <Icon name="check"/> }.into_any(),
            Mark::Wrong => view! { <Icon name="triangle-alert"/> }.into_any(),
        };
        view! {
            <li>
                <button
                    type="button"
                    class="stepper-step"
                    class:stepper-wrong=move || mark.get() == Mark::Wrong
                    class:stepper-done=move || mark.get() == Mark::Done
                    aria-current=move || (current.get() == index).then_some("step")
                    on:click=move |_| on_go.run(index)
                >
                    <span class="stepper-mark" aria-hidden="true">{shape}</span>
                    <span>{t(title)}</span>
                    {move || (mark.get() == Mark::Wrong).then(|| view! { <span class="visually-hidden">{t("has errors")}</span> })}
                </button>
            </li>
        }
    };
    let count = steps.with_value(Vec::len);
    let place = move || tf("Step {n} of {count}", &[("n", (current.get() + 1).to_string()), ("count", count.to_string())]);
    view! {
        <nav class="stepper" aria-label=t("Steps")>
            <p class="stepper-place">{place}</p>
            <ol>{steps.with_value(|steps| steps.iter().enumerate().map(item).collect_view())}</ol>
        </nav>
    }
}
