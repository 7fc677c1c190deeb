//! Code that comes when it is first needed: what one sees before a choice was made is in the first module, what a choice leads to in others.
//!
//! A [`Part`](parts) is a function that draws; which there are, and in which module, says [`parts`]. The bundle cuts the application at them
//! (`bundle/src/wasm/split.rs`). In a development build nothing is cut, and a part is there at once.

pub mod parts;

use std::{fmt, future::Future};

use api::error::{ApiError, ErrorCode};
use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::SplitLoaderError;

use crate::{
    locale::t,
    ui::{Button, Skeleton, Toasts, use_dialogs, use_toasts},
};

/// What a part does with what it is given, once its code is there: most draw it.
pub type Part<P, V = AnyView> = Result<fn(P) -> V, NotLoaded>;

/// The code of a part could not be fetched. The next try fetches it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

impl fmt::Display for NotLoaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the code of this part could not be fetched")
    }
}

/// Draws a part of a page as soon as its code is there; where it cannot be fetched, says so and offers another try.
pub fn draw<P, L>(load: fn() -> L, props: P) -> AnyView
where
    P: Send + Sync + 'static,
    L: Future<Output = Part<P>> + 'static,
{
    let part = Fetched::new(load, props);
    (move || match part.state.get() {
        State::Fetching => view! { <div class="lazy-waiting" aria-busy="true"><Skeleton lines=8/></div> }.into_any(),
        State::Here => part.view(),
        State::Missing => missing(part.again),
    })
    .into_any()
}

/// Draws a dialog as soon as its code is there; where it cannot be fetched, a message says so, and the dialog is closed again.
pub fn dialog<P, L>(load: fn() -> L, props: P) -> AnyView
where
    P: Send + Sync + 'static,
    L: Future<Output = Part<P>> + 'static,
{
    let (dialogs, toasts) = (use_dialogs(), use_toasts());
    let part = Fetched::new(load, props);
    Effect::new(move |_| {
        if part.state.get() == State::Missing {
            toasts.error(not_loaded());
            dialogs.close();
        }
    });
    (move || if part.state.get() == State::Here { part.view() } else { ().into_any() }).into_any()
}

/// Does what a part is for as soon as its code is there; where it cannot be fetched, a message says so. Needs no contexts.
pub fn run<P, L>(toasts: Toasts, load: fn() -> L, props: P)
where
    P: 'static,
    L: Future<Output = Part<P, ()>> + 'static,
{
    spawn_local(async move {
        match load().await {
            Ok(run) => run(props),
            Err(NotLoaded) => toasts.error(not_loaded()),
        }
    });
}

const MISSING: &str =
    "This part of the console could not be loaded. Check the connection, or reload the page: the console may have been updated.";

fn not_loaded() -> ApiError {
    ApiError::new(ErrorCode::Unreachable, t(MISSING))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Fetching,
    Here,
    Missing,
}

/// A part on its way, without the type of what it is drawn from.
#[derive(Clone, Copy)]
struct Fetched {
    state: RwSignal<State>,
    view: StoredValue<Option<Box<dyn FnOnce() -> AnyView + Send + Sync>>>,
    again: Callback<()>,
}

impl Fetched {
    fn new<P, L>(load: fn() -> L, props: P) -> Self
    where
        P: Send + Sync + 'static,
        L: Future<Output = Part<P>> + 'static,
    {
        let props = StoredValue::new(Some(props));
        let state = RwSignal::new(State::Fetching);
        let view = StoredValue::new(None);
        let take = move |part: Part<P>| {
            let Ok(draw) = part else {
                state.try_set(State::Missing);
                return;
            };
            let props = props.try_update_value(Option::take).flatten();
            view.try_set_value(props.map(|props| Box::new(move || draw(props)) as Box<_>));
            state.try_set(State::Here);
        };
        let again = Callback::new(move |()| {
            state.set(State::Fetching);
            spawn_local(async move { take(load().await) });
        });
        Effect::new(move |_| again.run(()));
        Self { state, view, again }
    }

    fn view(self) -> AnyView {
        self.view.try_update_value(Option::take).flatten().map_or_else(|| ().into_any(), |view| view())
    }
}

fn missing(again: Callback<()>) -> AnyView {
    view! {
        <div class="lazy-missing" role="alert">
            <p>{t(MISSING)}</p>
            <Button icon="rotate-cw" on_click=again>{t("Try again")}</Button>
        </div>
    }
    .into_any()
}
