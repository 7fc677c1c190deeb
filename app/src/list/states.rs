//! What stands where the rows would: nothing yet, nothing there, nothing that fits, or why there is nothing.

use leptos::prelude::*;

use super::{
    finder::Shown,
    loader::Phase,
    state::{List, use_list},
};
use crate::{
    list::header::PrimaryButton,
    locale::t,
    ui::{Button, Empty, ErrorPanel, Skeleton},
};

/// What there is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Skeleton,
    Rows,
    Empty,
    NoMatch,
    /// Nothing came but an error.
    Error,
}

impl Show {
    /// `before` is what was shown until now, which stays while an answer is on its way.
    pub fn of(list: List, before: Option<Self>) -> Self {
        let none_shown = list.shown.with(Shown::is_empty);
        let none = list.rows.news.with(|news| news.n_rows == 0);
        let is_current = list.finder.is_current();
        match list.loader.phase.get() {
            _ if !none_shown => Self::Rows,
            _ if !none && !is_current => before.unwrap_or(Self::Skeleton),
            Phase::Partial if none => Self::Error,
            Phase::Complete if none => Self::Empty,
            Phase::Complete | Phase::Partial => Self::NoMatch,
            // Rows that fit may still come; until then those that do not fit say nothing.
            Phase::Loading { quiet: true, .. } if !none => Self::NoMatch,
            Phase::Waiting | Phase::Loading { .. } => Self::Skeleton,
        }
    }
}

#[component]
pub fn Waiting() -> impl IntoView {
    view! {
        <div class="list-waiting" aria-busy="true">
            <span class="visually-hidden">{t("Loading…")}</span>
            <Skeleton lines=12/>
        </div>
    }
}

/// There is none of this kind: what it is, and how one makes the first.
#[component]
pub fn Nothing() -> impl IntoView {
    let List { spec, .. } = use_list();
    let empty = spec.empty();
    view! {
        <Empty icon=spec.icon() title=t(empty.title) body=t(empty.body)>
            <PrimaryButton/>
        </Empty>
    }
}

#[component]
pub fn NoMatch() -> impl IntoView {
    let List { bus, .. } = use_list();
    let clear = move || {
        bus.text.set(String::new());
        bus.ask(|query| query.search = search::Query::default());
    };
    view! {
        <Empty icon="search-x" title=t("Nothing fits this search") body=t("There are others: take away a filter, or all of them.")>
            <Button on_click=clear>{t("Clear search")}</Button>
        </Empty>
    }
}

/// An error above the rows that are there, or in their place.
#[component]
pub fn Trouble() -> impl IntoView {
    let List { bus, loader, rows, .. } = use_list();
    let has_rows = move || rows.news.with(|news| news.n_rows > 0);
    move || {
        loader.error.get().map(|error| {
            let note = untrack(has_rows)
                .then(|| view! { <p class="list-partial">{t("The rows below are what arrived; the list may not be complete.")}</p> });
            view! { <div class="list-trouble"><ErrorPanel error on_retry=Callback::new(move |()| bus.refresh.notify())/>{note}</div> }
        })
    }
}
