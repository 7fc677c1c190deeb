//! Edits a group of filters line by line: how they are joined, what each asks, another one, one less, or no group any more.

use leptos::{html, prelude::*};
use search::{Clause, Group, Join, Token, query::Reason};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    super::state::{List, use_list},
    editor::Edited,
    fields::{Draft, TokenFields},
    panel::PanelForm,
    words,
};
use crate::{
    locale::{plural, t, tf},
    ui::{Button, Each, Icon, IconButton, Variant},
};

/// The button for another line.
const ADD: &str = ".search-line-add button";

/// A filter of the group.
#[derive(Clone, Copy)]
struct Line {
    /// Stays while lines before it go.
    key: usize,
    draft: Draft,
    is_off: RwSignal<bool>,
    wrong: RwSignal<Option<Reason>>,
}

impl Line {
    fn new(key: usize, token: &Token) -> Self {
        Self { key, draft: Draft::new(token), is_off: RwSignal::new(token.is_off()), wrong: RwSignal::new(None) }
    }
}

/// The form of a group.
#[component]
pub fn GroupForm(join: Join, tokens: Vec<Token>, change: Callback<Edited>, on_cancel: Callback<()>) -> impl IntoView {
    let List { rows, .. } = use_list();
    let join = RwSignal::new(join);
    let said = RwSignal::new(String::new());
    let list = NodeRef::<html::Div>::new();
    // Lines that come later live as long as the form, not as long as the click that makes them.
    let owner = Owner::current().expect("components have an owner");
    let lines = RwSignal::new(tokens.iter().enumerate().map(|(key, token)| Line::new(key, token)).collect::<Vec<_>>());
    let next = StoredValue::new(tokens.len());
    let focus_now = move |selector: &str| {
        let found = list.get_untracked().and_then(|list| list.query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    };
    let focus = move |selector: String| request_animation_frame(move || focus_now(&selector));
    let add = Callback::new(move |()| {
        let key = next.get_value();
        next.set_value(key + 1);
        let line = owner.with(|| Line::new(key, &Token::text(String::new())));
        lines.update(|lines| lines.push(line));
        let n = lines.with_untracked(Vec::len);
        said.set(tf("Filter {n} added", &[("n", n.to_string())]));
        focus(format!(".search-line:nth-child({n}) select"));
    });
    let remove = Callback::new(move |key: usize| {
        let place = lines.with_untracked(|lines| lines.iter().position(|line| line.key == key)).unwrap_or_default();
        // Who has the focus nowhere, because its line has gone, has left the box.
        focus_now(ADD);
        lines.update(|lines| lines.retain(|line| line.key != key));
        let n = lines.with_untracked(Vec::len);
        said.set(plural(n, "{n} filter left", "{n} filters left"));
        focus(if n == 0 { ADD.to_owned() } else { format!(".search-line:nth-child({}) select", (place + 1).min(n)) });
    });
    // All tokens, unless one says what is wrong with it.
    let made = move || {
        let tokens = lines.with_untracked(|lines| {
            let token = |line: &Line| {
                let token = rows.with(|held| line.draft.token(line.is_off.get_untracked(), &held.shape.schema));
                line.wrong.set(token.as_ref().err().copied());
                token.ok()
            };
            // A line in which nothing was written asks nothing.
            lines.iter().filter(|line| !line.draft.is_blank()).map(token).collect::<Vec<_>>()
        });
        tokens.into_iter().collect::<Option<Vec<_>>>()
    };
    let apply = move || {
        if let Some(tokens) = made() {
            change.run(Group::new(join.get_untracked(), tokens).map_or(Edited::Gone, |group| Edited::To(Clause::Group(group))));
        }
    };
    let apart = move || {
        if let Some(tokens) = made() {
            change.run(if tokens.is_empty() { Edited::Gone } else { Edited::Apart(join.get_untracked(), tokens) });
        }
    };
    let place = move |key: usize| lines.with(|lines| lines.iter().position(|line| line.key == key)).unwrap_or_default() + 1;
    view! {
        <PanelForm label=t("Edit group") on_submit=apply on_cancel>
            <Joined join/>
            <div class="search-lines" node_ref=list>
                <Each each=move || lines.get() key=|line: &Line| line.key let(line)>
                    <LineFields line place=Signal::derive(move || place(line.key)) remove/>
                </Each>
                <div class="search-line-add"><Button small=true icon="plus" on_click=add>{t("Add a filter")}</Button></div>
            </div>
            <p class="visually-hidden" role="status">{move || said.get()}</p>
            <div class="search-edit-buttons">
                <Button small=true icon="unlink" on_click=apart>{t("Ungroup")}</Button>
                <Button small=true icon="trash-2" on_click=move || change.run(Edited::Gone)>{t("Remove")}</Button>
                <span class="search-edit-space"></span>
                <Button small=true on_click=move || on_cancel.run(())>{t("Cancel")}</Button>
                <Button small=true variant=Variant::Primary kind="submit">{t("Apply")}</Button>
            </div>
        </PanelForm>
    }
}

/// The operator of the group.
#[component]
fn Joined(join: RwSignal<Join>) -> impl IntoView {
    const JOINS: [(Join, &str, &str); 3] = [
        (Join::Or, "or", "Any of these"),
        (Join::And, "and", "All of these"),
        (Join::Facets, "facets", "As facets: any value of a property, all properties"),
    ];
    let chosen = join.get_untracked();
    let option = |(of, value, label): (Join, &'static str, &str)| view! { <option value=value selected=of == chosen>{t(label)}</option> };
    let choose = move |value: String| {
        if let Some((of, ..)) = JOINS.iter().find(|(_, known, _)| *known == value) {
            join.set(*of);
        }
    };
    view! {
        <span class="select">
            <select class="input" aria-label=t("What of the group has to fit") on:change:target=move |event| choose(event.target().value())>
                {JOINS.into_iter().map(option).collect_view()}
            </select>
            <Icon name="chevron-down"/>
        </span>
    }
}

#[component]
fn LineFields(line: Line, place: Signal<usize>, remove: Callback<usize>) -> impl IntoView {
    let Line { key, draft, is_off, wrong } = line;
    let named = move |text: &'static str| Signal::derive(move || tf(text, &[("n", place.get().to_string())]));
    let label = named("Filter {n}");
    view! {
        <div class="search-line" class:search-line-off=is_off role="group" aria-label=move || label.get()>
            <div class="search-edit-fields"><TokenFields draft wrong/></div>
            <IconButton
                icon=Signal::derive(move || if is_off.get() { "eye" } else { "eye-off" })
                label=named("Switch filter {n} off")
                pressed=Signal::derive(move || Some(is_off.get()))
                on_click=move || is_off.update(|is_off| *is_off = !*is_off)
            />
            <IconButton icon="x" label=named("Remove filter {n}") on_click=move || remove.run(key)/>
            <p class="search-problems" role="alert">{move || wrong.get().map(words::reason)}</p>
        </div>
    }
}
