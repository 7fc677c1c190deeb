//! The steps of a plan as a list, each with how far it is.

use api::{
    command,
    plan::{Call, Step},
};
use leptos::prelude::*;

use super::{Mark, Runner};
use crate::{
    action::use_actions,
    format,
    locale::{t, tf},
    paths::{self, Go},
    session::use_region,
    ui::{Commands, Icon, Spinner},
};

#[component]
pub fn Steps(runner: Runner) -> impl IntoView {
    let region = use_region();
    let row = move |(index, step): (usize, Step)| {
        let mark = Memo::new(move |_| runner.marks.with(|marks| marks.get(index).cloned().unwrap_or_default()));
        view! { <Row step mark/> }
    };
    let lines = Signal::derive(move || runner.steps.with(|steps| command::lines(steps.iter().flat_map(Step::commands), &region.get())));
    let progress = move || {
        let (done, all) = (runner.done(), runner.steps.with(Vec::len));
        (done > 0).then(|| tf("{n} of {all} steps are done", &[("n", format::number(done)), ("all", format::number(all))]))
    };
    view! {
        <p class="plan-progress" role="status">{progress}</p>
        <ol class="plan" tabindex="0" aria-label=t("Steps")>
            {move || runner.steps.get().into_iter().enumerate().map(row).collect_view()}
        </ol>
        <Commands lines/>
    }
}

#[component]
fn Row(step: Step, mark: Memo<Mark>) -> impl IntoView {
    let actions = use_actions();
    let kind = match step.call {
        Call::Create { kind, .. } => Some(kind),
        _ => None,
    };
    let sign = move || match mark.get() {
        Mark::Waiting => view! { <Icon name="circle"/> }.into_any(),
        Mark::Active => view! { <Spinner/><span class="visually-hidden">{t("under way")}</span> }.into_any(),
        Mark::Done(_) => view! { <Icon name="circle-check"/><span class="visually-hidden">{t("done")}</span> }.into_any(),
        Mark::Failed => view! { <Icon name="circle-alert"/><span class="visually-hidden">{t("failed")}</span> }.into_any(),
    };
    let made = move || match (mark.get(), kind) {
        (Mark::Done(Some(id)), Some(kind)) => {
            let path = paths::detail(kind, &id);
            Some(view! { <span class="plan-made" translate="no" on:click=move |_| actions.close()><Go to=path>{id}</Go></span> })
        }
        _ => None,
    };
    view! {
        <li
            class="plan-step"
            class:plan-done=move || matches!(mark.get(), Mark::Done(_))
            class:plan-failed=move || mark.get() == Mark::Failed
            aria-current=move || (mark.get() == Mark::Active).then_some("step")
        >
            <span class="plan-sign">{sign}</span>
            <span class="plan-text">{tf(step.text, &[("name", step.name)])}</span>
            {made}
        </li>
    }
}
