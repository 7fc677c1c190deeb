//! The search box: pills for facets, free text that narrows while it is typed, and what can be chosen below it.
//!
//! A combobox after the ARIA Authoring Practices: the focus stays in the input, arrows move through the list, Enter takes, Escape closes and
//! then clears, Backspace in the empty input edits the last pill. Tab leaves as everywhere, except that it completes a single candidate.
//! What the box offers and what typing means is decided in `suggest`, without a browser.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::{
    query::Pill,
    state::{List, use_list},
    suggest::{self, Draft, Suggestion},
};
use crate::{
    locale::{t, tf},
    ui::{Each, Icon, IconButton, unique_id},
};

#[component]
pub fn Search() -> impl IntoView {
    let List { spec, bus, offers, .. } = use_list();
    let input = NodeRef::<html::Input>::new();
    let facet = RwSignal::new(None::<String>);
    let typed = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let id = StoredValue::new(unique_id("search"));
    let option_id = move |index: usize| id.with_value(|id| format!("{id}-option-{index}"));

    let draft = move || Draft { facet: facet.get(), text: typed.get() };
    let suggestions = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        bus.query.with(|query| offers.with(|offers| suggest::suggest(offers, &draft(), &query.pills)))
    });
    let labels = move |pill: &Pill| offers.with(|offers| suggest::pill_labels(offers, pill));

    let write = move |draft: Draft| {
        // Only text that belongs to no facet narrows the list as it is typed.
        bus.text.set(if draft.facet.is_none() { draft.text.clone() } else { String::new() });
        facet.set(draft.facet);
        typed.set(draft.text);
        active.set(None);
    };
    let focus = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    let clear_draft = move || write(Draft::default());
    let add = move |pill: Pill| {
        clear_draft();
        bus.ask(|query| query.add(pill));
        open.set(false);
        focus();
    };
    let remove = move |pill: &Pill| {
        bus.ask(|query| query.pills.retain(|other| other != pill));
        focus();
    };
    let edit = move |pill: Pill| {
        let (_, value) = untrack(|| labels(&pill));
        bus.ask(|query| query.pills.retain(|other| *other != pill));
        write(Draft { facet: Some(pill.facet), text: if pill.value.is_empty() { String::new() } else { value } });
        open.set(true);
        focus();
    };
    let edit_text = move || {
        let text = bus.query.with_untracked(|query| query.text.clone());
        bus.ask(|query| query.text.clear());
        write(Draft { facet: None, text });
        focus();
    };
    let take = move |suggestion: Suggestion| match suggestion {
        Suggestion::Facet { facet, .. } => {
            write(Draft { facet: Some(facet), text: String::new() });
            open.set(true);
            focus();
        }
        Suggestion::Pill { pill, .. } => add(pill),
    };
    // Text that stays becomes part of the address: on Enter, and when the box is left.
    let commit_text = move || {
        let text = typed.get_untracked().trim().to_owned();
        if facet.with_untracked(Option::is_none) && !text.is_empty() {
            clear_draft();
            bus.ask(|query| {
                query.text = if query.text.is_empty() { text } else { format!("{} {text}", query.text) };
            });
        }
    };
    let enter = move || {
        let chosen = active.get_untracked().and_then(|index| suggestions.with_untracked(|all| all.get(index).cloned()));
        if let Some(suggestion) = chosen {
            take(suggestion);
        } else if facet.with_untracked(Option::is_some) {
            let draft = untrack(draft);
            let pills = bus.query.with_untracked(|query| query.pills.clone());
            if let Some(pill) = offers.with_untracked(|offers| suggest::accept(offers, &draft, &pills)) {
                add(pill);
            }
        } else {
            commit_text();
            open.set(false);
        }
    };
    let step = move |by: isize| {
        open.set(true);
        let n = suggestions.with_untracked(Vec::len);
        if n > 0 {
            active.update(|active| {
                *active = Some(match (*active, by > 0) {
                    (None, true) => 0,
                    (None, false) => n - 1,
                    (Some(at), true) => (at + 1) % n,
                    (Some(at), false) => (at + n - 1) % n,
                });
            });
            scroll_to(&option_id(active.get_untracked().unwrap_or_default()));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // While an input method composes, its keys are its own.
        if event.is_composing() {
            return;
        }
        let text_is_empty = typed.with_untracked(String::is_empty);
        match event.key().as_str() {
            "ArrowDown" => {
                event.prevent_default();
                step(1);
            }
            "ArrowUp" => {
                event.prevent_default();
                step(-1);
            }
            "Enter" => {
                event.prevent_default();
                enter();
            }
            "Escape" if open.get_untracked() => {
                event.prevent_default();
                open.set(false);
                active.set(None);
            }
            "Escape" => clear_draft(),
            " " if text_is_empty && facet.with_untracked(Option::is_none) && !open.get_untracked() => {
                event.prevent_default();
                open.set(true);
            }
            "Backspace" if text_is_empty => {
                if facet.with_untracked(Option::is_some) {
                    event.prevent_default();
                    clear_draft();
                    open.set(true);
                } else if bus.query.with_untracked(|query| !query.text.is_empty()) {
                    event.prevent_default();
                    edit_text();
                } else if let Some(pill) = bus.query.with_untracked(|query| query.pills.last().cloned()) {
                    event.prevent_default();
                    edit(pill);
                }
            }
            "Tab" if !event.shift_key() => {
                let only = suggestions.with_untracked(|all| if let [only] = all.as_slice() { Some(only.clone()) } else { None });
                if let Some(only) = only
                    && (!text_is_empty || facet.with_untracked(Option::is_some))
                {
                    event.prevent_default();
                    take(only);
                }
            }
            _ => {}
        }
    };
    let on_input = move |text: String| {
        let turned =
            if facet.with_untracked(Option::is_none) { offers.with_untracked(|offers| suggest::typed_facet(offers, &text)) } else { None };
        write(turned.unwrap_or_else(|| Draft { facet: facet.get_untracked(), text }));
        open.set(true);
    };
    focus_on_slash(input);

    let can_clear = move || bus.query.with(|query| query.narrows()) || typed.with(|typed| !typed.is_empty()) || facet.with(Option::is_some);
    let clear_all = move || {
        clear_draft();
        bus.ask(|query| {
            query.pills.clear();
            query.text.clear();
        });
        focus();
    };
    let title = spec.kind().many();
    view! {
        <div
            class="search"
            role="search"
            on:focusout=move |event: ev::FocusEvent| {
                // Focus that moves within the box does not leave it.
                if !stays_inside(&event) {
                    open.set(false);
                    if facet.with_untracked(Option::is_some) {
                        clear_draft();
                    }
                    commit_text();
                }
            }
        >
            <div class="search-box" on:click=move |_| focus()>
                <Icon name="search"/>
                <Each each=move || bus.query.with(|query| query.pills.clone()) key=|pill| (pill.facet.clone(), pill.value.clone()) let:pill>
                    {
                        let (shown, edited, removed) = (pill.clone(), pill.clone(), pill);
                        let text = Signal::derive(move || labels(&shown));
                        view! {
                            <PillView
                                text=Signal::derive(move || {
                                    let (facet, value) = text.get();
                                    (Some(facet), value)
                                })
                                on_edit=move || edit(edited.clone())
                                on_remove=move || remove(&removed)
                            />
                        }
                    }
                </Each>
                {move || {
                    let text = bus.query.with(|query| query.text.clone());
                    (!text.is_empty())
                        .then(|| {
                            view! {
                                <PillView
                                    text=Signal::derive(move || (None, format!("“{text}”")))
                                    on_edit=edit_text
                                    on_remove=move || {
                                        bus.ask(|query| query.text.clear());
                                        focus();
                                    }
                                />
                            }
                        })
                }}
                {move || {
                    facet
                        .get()
                        .map(|facet| {
                            let (label, _) = labels(&Pill::new(facet, ""));
                            view! { <span class="search-facet" translate="no">{label}":"</span> }
                        })
                }}
                <input
                    class="search-input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    id=id.get_value()
                    node_ref=input
                    aria-label=tf("Search {what}", &[("what", t(title))])
                    aria-autocomplete="list"
                    aria-expanded=move || suggestions.with(|all| !all.is_empty()).to_string()
                    aria-controls=id.with_value(|id| format!("{id}-list"))
                    aria-activedescendant=move || active.get().map(option_id)
                    placeholder=move || {
                        if bus.query.with(|query| query.narrows()) || facet.with(Option::is_some) {
                            String::new()
                        } else {
                            t("Search by text, or choose a property")
                        }
                    }
                    prop:value=move || typed.get()
                    on:input:target=move |event| on_input(event.target().value())
                    on:keydown=on_key
                    on:click=move |_| open.set(true)
                />
                <div class="search-end">
                    {move || can_clear().then(|| view! { <IconButton icon="x" label=t("Clear search") on_click=clear_all/> })}
                    <kbd class="search-key" aria-hidden="true">"/"</kbd>
                </div>
            </div>
            <ul
                class="search-list"
                role="listbox"
                id=id.with_value(|id| format!("{id}-list"))
                aria-label=t("Suggestions")
                hidden=move || suggestions.with(Vec::is_empty)
                // A press keeps the focus in the input; the click then takes the line.
                on:mousedown=move |event| event.prevent_default()
            >
                {move || {
                    let typed = typed.get();
                    suggestions
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, suggestion)| {
                            let line = line(&suggestion, typed.trim());
                            view! {
                                <li
                                    class="search-option"
                                    role="option"
                                    id=option_id(index)
                                    aria-selected=move || (active.get() == Some(index)).to_string()
                                    on:mousemove=move |_| {
                                        if active.get_untracked() != Some(index) {
                                            active.set(Some(index));
                                        }
                                    }
                                    on:click=move |_| take(suggestion.clone())
                                >
                                    {line}
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

/// What a suggestion shows: the words with what was typed in bold, and how many rows it would find.
fn line(suggestion: &Suggestion, typed: &str) -> AnyView {
    match suggestion {
        Suggestion::Facet { label, .. } => {
            view! { <span class="search-option-text">{emphasised(label, typed)}</span><Icon name="chevron-right"/> }.into_any()
        }
        Suggestion::Pill { facet_label, label, n_rows, .. } => {
            let count = crate::format::number(*n_rows);
            view! {
                <span class="search-option-text">
                    <span class="search-option-facet">{facet_label.clone()}": "</span>
                    {emphasised(label, typed)}
                </span>
                <span class="search-option-count">{count}</span>
            }
            .into_any()
        }
    }
}

/// The text with the first place of what was typed in bold.
fn emphasised(text: &str, typed: &str) -> AnyView {
    let found = if typed.is_empty() || !text.is_ascii() { None } else { text.to_ascii_lowercase().find(&typed.to_lowercase()) };
    match found {
        Some(at) => {
            let (before, rest) = text.split_at(at);
            let (found, after) = rest.split_at(typed.len());
            view! { {before.to_owned()}<b>{found.to_owned()}</b>{after.to_owned()} }.into_any()
        }
        None => text.to_owned().into_any(),
    }
}

#[component]
fn PillView(
    /// Facet, where it has one, and value.
    text: Signal<(Option<String>, String)>,
    #[prop(into)] on_edit: Callback<()>,
    #[prop(into)] on_remove: Callback<()>,
) -> impl IntoView {
    let whole = move || match text.get() {
        (Some(facet), value) => format!("{facet}: {value}"),
        (None, value) => value,
    };
    view! {
        <span class="pill">
            <button
                type="button"
                class="pill-text"
                title=t("Edit")
                on:click=move |event| {
                    event.stop_propagation();
                    on_edit.run(());
                }
            >
                {move || text.with(|(facet, _)| facet.clone()).map(|facet| view! { <span class="pill-facet">{facet}": "</span> })}
                <span translate="no">{move || text.with(|(_, value)| value.clone())}</span>
            </button>
            <button
                type="button"
                class="pill-remove"
                aria-label=move || tf("Remove {filter}", &[("filter", whole())])
                on:click=move |event| {
                    event.stop_propagation();
                    on_remove.run(());
                }
            >
                <Icon name="x"/>
            </button>
        </span>
    }
}

/// A slash anywhere but in a field leads to the search box.
fn focus_on_slash(input: NodeRef<html::Input>) {
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            let typing = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .is_some_and(|target| target.closest("input, textarea, select, [contenteditable], dialog").ok().flatten().is_some());
            if event.key() == "/"
                && !typing
                && !event.ctrl_key()
                && !event.meta_key()
                && !event.alt_key()
                && let Some(input) = input.get_untracked()
            {
                event.prevent_default();
                let _ = input.focus();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn stays_inside(event: &ev::FocusEvent) -> bool {
    let inside = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
    let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    inside.is_some_and(|inside| next.is_some_and(|next| inside.contains(Some(&next))))
}

/// Keeps the active line of a long list in sight.
fn scroll_to(id: &str) {
    let option = document().get_element_by_id(id).and_then(|option| option.dyn_into::<HtmlElement>().ok());
    if let Some(option) = option
        && let Some(list) = option.parent_element()
    {
        let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
        if top < list.scroll_top() {
            list.set_scroll_top(top);
        } else if bottom > list.scroll_top() + list.client_height() {
            list.set_scroll_top(bottom - list.client_height());
        }
    }
}
