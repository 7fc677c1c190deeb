//! The wizard engine: steps that can be visited in any order, errors that lead to their field, a summary that is always in sight.
//!
//! A wizard is a list of [`Step`]s over one [`Validation`], plus what it will make as [`Fact`]s. The engine knows nothing of what is being
//! made: the steps close over their form, and sending is one callback. Steps stay mounted once visited, so that what a step holds beyond the
//! form (a search, a scroll position, a chosen file) is there again; nothing typed is ever lost.
//!
//! There is no `<form>` element on purpose: Enter in a text field must not launch machines.

mod guard;
mod row_input;
mod stepper;
mod summary;
mod tag_rows;
mod validation;

use std::{collections::BTreeSet, future::Future, pin::Pin};

use api::{error::ApiError, outcome::Created};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

use wasm_bindgen::JsCast;

pub use self::{
    row_input::RowInput,
    summary::Fact,
    tag_rows::{TagRow, TagRows},
    validation::{Validation, focus_first_wrong},
};
use self::{stepper::Stepper, summary::SummaryPane};
use crate::{
    locale::{t, tf},
    ui::{Button, Variant},
};

/// One step of a wizard.
#[derive(Clone)]
pub struct Step {
    /// In the URL.
    pub key: &'static str,
    pub title: &'static str,
    /// The keys of the fields it shows, with everything inside them; an error of another key belongs to no step.
    pub fields: &'static [&'static str],
    pub view: ViewFn,
}

/// Sends what was entered. An error that names fields leads to them.
pub type Submit = Callback<(), Pin<Box<dyn Future<Output = Result<Created, ApiError>>>>>;

/// Takes the user through the steps.
#[component]
pub fn Wizard(
    #[prop(into)] title: String,
    steps: Vec<Step>,
    /// The step to start with where the URL names none.
    #[prop(optional)]
    start: usize,
    validation: Validation,
    #[prop(into)] summary: Signal<Vec<Fact>>,
    #[prop(into)] submit_label: Signal<String>,
    /// Something that the form needs is on its way; nothing is sent before.
    #[prop(optional, into)]
    waiting: Signal<bool>,
    /// The command lines that would do the same.
    commands: Signal<Vec<String>>,
    submit: Submit,
    /// Called after the guard has been released; navigates away.
    on_done: Callback<Created>,
    on_cancel: Callback<()>,
) -> impl IntoView {
    let steps = StoredValue::new(steps);
    let count = steps.with_value(Vec::len);
    let root = NodeRef::<html::Div>::new();
    let guard = guard::use_guard(validation.is_edited());
    let (current, go) = use_step(steps, start);
    let visited = RwSignal::new(BTreeSet::from([current.get_untracked()]));
    Effect::new(move |_| {
        let index = current.get();
        if !visited.with_untracked(|visited| visited.contains(&index)) {
            visited.update(|visited| _ = visited.insert(index));
        }
    });

    let go_to = move |index: usize| {
        go.run(index);
        focus_heading(root);
    };
    let next = Callback::new(move |()| {
        let index = current.get_untracked();
        let fields = steps.with_value(|steps| steps[index].fields);
        validation.demand(fields);
        if untrack(|| validation.is_wrong(fields)) {
            focus_first_wrong(root);
        } else {
            go_to(index + 1);
        }
    });

    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<ApiError>);
    let wrong_step = move || untrack(|| steps.with_value(|steps| steps.iter().position(|step| validation.is_wrong(step.fields))));
    let send = Callback::new(move |()| {
        if busy.get_untracked() || waiting.get_untracked() {
            return;
        }
        steps.with_value(|steps| steps.iter().for_each(|step| validation.demand(step.fields)));
        if let Some(index) = wrong_step() {
            go.run(index);
            focus_first_wrong(root);
            return;
        }
        refusal.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = submit.run(()).await;
            busy.set(false);
            match answer {
                Ok(created) => {
                    guard.release();
                    on_done.run(created);
                }
                Err(error) => {
                    validation.refuse(error.fields.clone());
                    refusal.set(Some(error));
                    if let Some(index) = wrong_step() {
                        go.run(index);
                        focus_first_wrong(root);
                    }
                }
            }
        });
    });

    let sections = steps.with_value(|steps| {
        let section = |(index, step): (usize, &Step)| {
            let view = step.view.clone();
            let seen = Memo::new(move |_| visited.with(|visited| visited.contains(&index)));
            let heading = format!("step-{}", step.key);
            let labelled_by = heading.clone();
            view! {
                <section class="wizard-step" aria-labelledby=labelled_by hidden=move || current.get() != index>
                    <h2 id=heading tabindex="-1" class="wizard-step-title">{t(step.title)}</h2>
                    {move || seen.get().then(|| view.run())}
                </section>
            }
        };
        steps.iter().enumerate().map(section).collect_view()
    });
    let back_label = move || current.get().checked_sub(1).map(|index| steps.with_value(|steps| t(steps[index].title)));
    let next_label = move || (current.get() + 1 < count).then(|| steps.with_value(|steps| t(steps[current.get() + 1].title)));

    view! {
        <div class="wizard" node_ref=root on:input=move |event| validation.on_input(&event) on:focusout=move |event| validation.on_focusout(&event)>
            <header class="wizard-header">
                <h1>{title}</h1>
                <Stepper steps=steps current=current visited=visited validation=validation on_go=Callback::new(go_to)/>
            </header>
            <div class="wizard-main">
                {sections}
                <footer class="wizard-footer">
                    {move || back_label().map(|label| view! {
                        <Button variant=Variant::Quiet icon="arrow-left" on_click=Callback::new(move |()| go_to(current.get_untracked() - 1))>{label}</Button>
                    })}
                    {move || next_label().map(|label| view! {
                        <span class="wizard-next">
                            <Button variant=Variant::Secondary on_click=next>{tf("Next: {step}", &[("step", label)])}</Button>
                        </span>
                    })}
                </footer>
            </div>
            <SummaryPane facts=summary steps=steps validation=validation refusal=refusal commands=commands on_go=Callback::new(go_to)>
                <Button variant=Variant::Primary busy=Signal::derive(move || busy.get() || waiting.get()) on_click=send>{move || submit_label.get()}</Button>
                <Button variant=Variant::Quiet on_click=on_cancel>{t("Cancel")}</Button>
            </SummaryPane>
        </div>
    }
}

/// The step that the URL names, and the way to another one: steps are part of the history, and a reload comes back to the same.
fn use_step(steps: StoredValue<Vec<Step>>, start: usize) -> (Memo<usize>, Callback<usize>) {
    let query = use_query_map();
    let current = Memo::new(move |_| {
        let named = query.with(|query| query.get("step"));
        steps.with_value(|steps| steps.iter().position(|step| Some(step.key) == named.as_deref())).unwrap_or(start)
    });
    let navigate = use_navigate();
    let path = use_location().pathname;
    let go = Callback::new(move |index: usize| {
        if index == current.get_untracked() {
            return;
        }
        let mut query = query.get_untracked();
        query.replace("step", steps.with_value(|steps| steps[index].key.to_owned()));
        let to = path.get_untracked() + &query.to_query_string();
        navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    (current, go)
}

/// Puts reader and keyboard at the top of the step that has just come up.
fn focus_heading(root: NodeRef<html::Div>) {
    request_animation_frame(move || {
        let heading = root.get_untracked().and_then(|root| root.query_selector(".wizard-step:not([hidden]) > h2").ok().flatten());
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
            _ = heading.focus();
        }
    });
}
