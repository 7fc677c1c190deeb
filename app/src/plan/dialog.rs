//! The dialog of a plan: what will be done, how far it is, and what can be done where it stopped.

use leptos::prelude::*;

use super::{Phase, Runner, steps::Steps};
use crate::{
    action::use_actions,
    locale::t,
    ui::{Button, Dialog, ErrorPanel, Variant},
};

#[component]
pub fn PlanDialog(
    #[prop(into)] title: String,
    runner: Runner,
    /// What the button says that begins it.
    #[prop(into)]
    begin: Signal<String>,
    /// Why it cannot begin now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    #[prop(optional)] danger: bool,
    /// Back to where the plan was made, while nothing was sent.
    #[prop(optional, into)]
    on_back: Option<Callback<()>>,
    /// Goes on from where it stopped; by the same plan, if nothing else is said.
    #[prop(optional, into)]
    on_resume: Option<Callback<()>>,
    /// What stands above the steps.
    #[prop(optional, into)]
    before: ViewFn,
    /// What else can be done where it stopped.
    #[prop(optional, into)]
    stopped: ViewFn,
    /// What is said when all is done.
    #[prop(into)]
    done: String,
) -> impl IntoView {
    let actions = use_actions();
    let close = Callback::new(move |()| {
        // What is under way is not left alone: the step ends, and shows where it stands.
        if runner.phase.get_untracked() == Phase::Running { runner.stop() } else { actions.close() }
    });
    let run = Callback::new(move |()| runner.run());
    let resume = on_resume.unwrap_or(run);
    let variant = if danger { Variant::Danger } else { Variant::Primary };
    let no_steps = move || runner.steps.with(Vec::is_empty);
    let buttons = move || match runner.phase.get() {
        Phase::Ready => view! {
            {match on_back {
                Some(back) => view! { <Button variant=Variant::Quiet icon="arrow-left" on_click=back>{t("Back")}</Button> }.into_any(),
                None => view! { <Button variant=Variant::Quiet on_click=close>{t("Cancel")}</Button> }.into_any(),
            }}
            <Button variant reason disabled=Signal::derive(no_steps) on_click=run>{begin}</Button>
        }
        .into_any(),
        Phase::Running => view! {
            <Button on_click=move || runner.stop() busy=Signal::derive(move || runner.is_stopping())>{t("Stop after this step")}</Button>
        }
        .into_any(),
        Phase::Stopped => view! {
            <Button variant=Variant::Quiet on_click=close>{t("Leave it so")}</Button>
            {stopped.run()}
            <Button variant icon="rotate-cw" on_click=resume>{t("Go on from here")}</Button>
        }
        .into_any(),
        Phase::Done => view! { <Button variant=Variant::Primary on_click=close>{t("Done")}</Button> }.into_any(),
    };
    let done = StoredValue::new(done);
    view! {
        <Dialog title on_close=close wide=true footer=move || buttons>
            <div class="form">
                {move || (runner.phase.get() == Phase::Ready).then(|| before.run())}
                <Steps runner/>
                {move || runner.error.get().map(|error| match (runner.phase.get(), on_resume) {
                    // It could not even be looked up what there is to do.
                    (Phase::Ready, Some(again)) => view! { <ErrorPanel error on_retry=again/> }.into_any(),
                    _ => view! { <ErrorPanel error/> }.into_any(),
                })}
                {move || (runner.phase.get() == Phase::Done).then(|| view! { <p class="plan-end" role="status">{done.get_value()}</p> })}
            </div>
        </Dialog>
    }
}
