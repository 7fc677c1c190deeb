//! Short messages about what was done, told to screen readers as they come. Good news goes by itself, bad news stays until it is read.

use std::time::Duration;

use api::{error::ApiError, outcome::Outcome};
use leptos::prelude::*;

use super::{Button, Each, ErrorNotice, Icon, IconButton, Spinner, Variant};
use crate::{
    format::number,
    locale::{t, tf},
};

/// How long good news stays; longer where it offers to be undone. Not counted while it is hovered or focused.
const SHORT: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(12);
/// How many failures of a bulk action are told one by one.
const FAILURES: usize = 20;

#[derive(Clone)]
struct Toast {
    key: usize,
    body: Body,
    deed: Option<Deed>,
}

/// What can be done about a message.
#[derive(Clone)]
pub struct Deed {
    pub label: String,
    pub icon: &'static str,
    pub run: Callback<()>,
}

impl Deed {
    /// Tries those again that have failed.
    pub fn again(run: impl Into<Callback<()>>) -> Self {
        Self { label: t("Try those again"), icon: "rotate-cw", run: run.into() }
    }
}

#[derive(Clone)]
enum Body {
    Success(String),
    /// How far something is; goes when it is told to.
    Progress(Signal<String>),
    Failure(String),
    Error(Box<ApiError>),
    /// A title and what failed.
    Partial(String, Vec<Outcome>),
}

impl Body {
    const fn is_good(&self) -> bool {
        matches!(self, Self::Success(_) | Self::Progress(_))
    }
}

/// Tells the user.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    told: StoredValue<usize>,
}

pub fn provide() {
    provide_context(Toasts { shown: RwSignal::new(Vec::new()), told: StoredValue::new(0) });
}

pub fn use_toasts() -> Toasts {
    expect_context()
}

impl Toasts {
    pub fn success(self, text: impl Into<String>) {
        _ = self.push(Body::Success(text.into()), None);
    }

    pub fn error(self, error: ApiError) {
        _ = self.push(Body::Error(Box::new(error)), None);
    }

    /// Something failed that is no error of the API.
    pub fn failure(self, text: impl Into<String>) {
        _ = self.push(Body::Failure(text.into()), None);
    }

    /// Says what was done, and lets it be taken back.
    pub fn undo(self, text: impl Into<String>, undo: impl Into<Callback<()>>) {
        _ = self.push(Body::Success(text.into()), Some(Deed { label: t("Undo"), icon: "undo-2", run: undo.into() }));
    }

    /// Says how far something is, and lets it be stopped. Stays until [`Toasts::dismiss`] is called with what this returns.
    pub fn progress(self, text: Signal<String>, stop: Callback<()>) -> usize {
        self.push(Body::Progress(text), Some(Deed { label: t("Stop"), icon: "x", run: stop }))
    }

    /// Says what became of each item of a bulk action: the title alone when all went well.
    pub fn outcome(self, title: impl Into<String>, outcomes: &[Outcome]) {
        self.outcome_or(title, outcomes, None);
    }

    /// As [`Toasts::outcome`], with what can be done where some of several have failed.
    pub fn outcome_or(self, title: impl Into<String>, outcomes: &[Outcome], deed: Option<Deed>) {
        let failed: Vec<_> = outcomes.iter().filter(|outcome| outcome.error.is_some()).cloned().collect();
        let title = title.into();
        if failed.is_empty() {
            self.success(title);
        } else if let ([Outcome { error: Some(error), .. }], 1) = (failed.as_slice(), outcomes.len()) {
            self.error(error.clone());
        } else {
            let of = [("what", title), ("n", number(failed.len())), ("all", number(outcomes.len()))];
            _ = self.push(Body::Partial(tf("{what}: {n} of {all} failed", &of), failed), deed);
        }
    }

    fn push(self, body: Body, deed: Option<Deed>) -> usize {
        let key = self.told.get_value();
        self.told.set_value(key + 1);
        self.shown.update(|shown| shown.push(Toast { key, body, deed }));
        key
    }

    pub fn dismiss(self, key: usize) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.key != key));
    }
}

/// Where the messages are drawn. The two regions stand in the document from the start: screen readers listen only to those.
#[component]
pub fn ToastHost() -> impl IntoView {
    let toasts = use_toasts();
    let of = move |good: bool| move || toasts.shown.get().into_iter().filter(|toast| toast.body.is_good() == good).collect::<Vec<_>>();
    view! {
        <section class="toasts" aria-label=t("Messages")>
            <div class="toast-region" role="alert">
                <Each each=of(false) key=|toast| toast.key let:toast><ToastView toast/></Each>
            </div>
            <div class="toast-region" role="status">
                <Each each=of(true) key=|toast| toast.key let:toast><ToastView toast/></Each>
            </div>
        </section>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let Toast { key, body, deed } = toast;
    let good = body.is_good();
    let life = if deed.is_some() { LONG } else { SHORT };
    let held = RwSignal::new(false);
    let stays = matches!(body, Body::Progress(_));
    if good && !stays {
        // Held while the user is at it; the time starts anew when they leave.
        Effect::new(move || {
            if !held.get()
                && let Ok(timer) = set_timeout_with_handle(move || toasts.dismiss(key), life)
            {
                on_cleanup(move || timer.clear());
            }
        });
    }
    let text = match body {
        Body::Progress(text) => view! { <p>{text}</p> }.into_any(),
        Body::Success(text) | Body::Failure(text) => view! { <p>{text}</p> }.into_any(),
        Body::Error(error) => view! { <ErrorNotice error=*error/> }.into_any(),
        Body::Partial(title, failed) => view! { <Failures title failed/> }.into_any(),
    };
    view! {
        <div
            class=if good { "toast toast-good" } else { "toast toast-bad" }
            on:mouseenter=move |_| held.set(true)
            on:mouseleave=move |_| held.set(false)
            on:focusin=move |_| held.set(true)
            on:focusout=move |_| held.set(false)
        >
            {if stays {
                view! { <Spinner/> }.into_any()
            } else {
                view! { <Icon name=if good { "circle-check" } else { "circle-alert" }/> }.into_any()
            }}
            <div class="toast-body">{text}</div>
            {deed
                .map(|deed| {
                    let run = move || {
                        toasts.dismiss(key);
                        deed.run.run(());
                    };
                    view! { <Button variant=Variant::Quiet small=true icon=deed.icon on_click=run>{deed.label}</Button> }
                })}
            {(!stays).then(|| view! { <IconButton icon="x" label=t("Dismiss") on_click=move || toasts.dismiss(key)/> })}
        </div>
    }
}

#[component]
fn Failures(title: String, failed: Vec<Outcome>) -> impl IntoView {
    let more = failed.len().saturating_sub(FAILURES);
    view! {
        <p class="error-headline">{title}</p>
        <ul class="toast-failures" translate="no">
            {failed
                .into_iter()
                .take(FAILURES)
                .map(|Outcome { id, error, .. }| {
                    view! { <li><code>{id}</code>" "{error.map(|error| error.message)}</li> }
                })
                .collect_view()}
        </ul>
        {(more > 0).then(|| view! { <p>{tf("and {n} more", &[("n", number(more))])}</p> })}
    }
}
