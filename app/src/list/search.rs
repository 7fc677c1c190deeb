//! The search box: pills for what is asked, text that narrows while it is typed, and what can be chosen below it.
//!
//! A combobox after the ARIA Authoring Practices: the focus stays in the input, arrows move through the list, Enter takes, Escape closes and
//! then clears, Backspace in the empty input edits the last pill. Tab leaves as everywhere, except that it completes a single candidate.
//! What typing means is decided in `draft`, without a browser; the language is that of docs/search.md.

mod draft;
mod editor;
mod fields;
mod group;
mod keys;
mod options;
mod panel;
mod pills;
pub mod saved;
mod shelf;
mod suggesting;
mod text;
pub mod words;

use leptos::{ev, html, prelude::*};
use search::{query::Problem, suggest::Offer};

pub use self::draft::live;
use self::{
    draft::Entered,
    editor::Editor,
    panel::Panel,
    pills::Pills,
    shelf::Shelf,
    suggesting::{Found, Suggesting},
    text::TextFace,
};
use super::{
    query,
    state::{List, use_list},
};
use crate::{
    locale::{plural, t, tf},
    ui::{Icon, IconButton, unique_id},
};

#[component]
pub fn Search() -> impl IntoView {
    let list = use_list();
    let List { spec, bus, rows, .. } = list;
    let input = NodeRef::<html::Input>::new();
    let typed = bus.text;
    let suggesting = Suggesting::new(list);
    let Suggesting { open, active, found, .. } = suggesting;
    let problems = RwSignal::new(Vec::<Problem>::new());
    let panel = RwSignal::new(None::<Panel>);
    let turn = move |wanted: Panel| panel.update(|panel| *panel = if *panel == Some(wanted) { None } else { Some(wanted) });
    Effect::new(move || {
        if panel.get().is_some() {
            open.set(false);
        }
    });
    let id = StoredValue::new(unique_id("search"));
    let option_id = move |index: usize| id.with_value(|id| format!("{id}-option-{index}"));
    let problems_id = id.with_value(|id| format!("{id}-problems"));

    let write = move |text: String, cursor: Option<usize>| {
        suggesting.cursor.set(cursor);
        active.set(None);
        problems.set(Vec::new());
        typed.set(text);
    };
    let focus = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    let close = Callback::new(move |()| {
        panel.set(None);
        focus();
    });
    let ask = move |more: search::Query| {
        write(String::new(), None);
        let mut asked = bus.query.get_untracked();
        asked.search = query::with(&asked.search, more);
        let mut recent = saved::read_recent(spec.kind());
        saved::remember(&mut recent, &shelf::kept(&asked, spec));
        saved::write_recent(spec.kind(), &recent);
        bus.ask(|query| *query = asked);
        open.set(false);
    };
    // What is typed becomes part of the question, unless it cannot be asked: then it says why.
    let enter_text = move || {
        let entered = typed.with_untracked(|text| {
            let found = suggesting.now().suggestions.unwrap_or_else(|| unreachable!("it has just been worked out"));
            rows.with(|held| draft::enter(text, &found, &held.shape.schema))
        });
        match entered {
            Entered::Nothing => open.set(false),
            Entered::Ask(query) => ask(query),
            Entered::Wrong(found) => problems.set(found),
        }
    };
    let take = move |index: usize| {
        let Found { text, suggestions: Some(all) } = suggesting.now() else { return };
        let Some(item) = all.items.get(index) else { return };
        let (text, cursor) = draft::replaced(&text, &all, item);
        if let Offer::Token(_) = item.offer {
            let query = rows.with(|held| search::query::parse(&text, &held.shape.schema).0);
            ask(query);
        } else {
            write(text, Some(cursor));
            open.set(true);
        }
        focus();
    };
    // The last pill becomes text again.
    let unpack_last = move || {
        let last = bus.query.with_untracked(|query| query.search.clauses().last().map(ToString::to_string));
        if let Some(text) = last {
            bus.ask(|query| query.search = query.search.without(query.search.clauses().len() - 1));
            write(text, None);
            open.set(true);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // While an input method composes, its keys are its own.
        if event.is_composing() {
            return;
        }
        let is_empty = typed.with_untracked(String::is_empty);
        match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                event.prevent_default();
                suggesting.step(if key == "ArrowDown" { 1 } else { -1 });
                keys::scroll_to(&option_id(active.get_untracked().unwrap_or_default()));
            }
            "Enter" => {
                event.prevent_default();
                match active.get_untracked().filter(|_| open.get_untracked()) {
                    Some(index) => take(index),
                    None => enter_text(),
                }
            }
            "Escape" if open.get_untracked() && found.with_untracked(|found| found.len() > 0) => {
                event.prevent_default();
                open.set(false);
            }
            "Escape" => write(String::new(), None),
            " " if is_empty && !open.get_untracked() => {
                event.prevent_default();
                open.set(true);
            }
            "Backspace" if is_empty && bus.query.with_untracked(query::Query::narrows) => {
                event.prevent_default();
                unpack_last();
            }
            "Tab" if !event.shift_key() && open.get_untracked() && !is_empty && suggesting.now().len() == 1 => {
                event.prevent_default();
                take(0);
            }
            _ => {}
        }
    };
    keys::focus_on_slash(input);

    let can_clear = move || bus.query.with(query::Query::narrows) || typed.with(|typed| !typed.is_empty());
    let clear_all = move || {
        write(String::new(), None);
        bus.ask(|query| query.search = search::Query::default());
        focus();
    };
    let title = spec.kind().many();
    view! {
        <div
            class="search"
            role="search"
            on:focusout=move |event: ev::FocusEvent| {
                // Focus that moves within the box does not leave it.
                if !keys::stays_inside(&event) {
                    if !typed.with_untracked(|typed| typed.trim().is_empty()) {
                        enter_text();
                    }
                    open.set(false);
                    panel.set(None);
                }
            }
        >
            <div class="search-box" class:search-wrong=move || problems.with(|all| !all.is_empty()) on:click=move |_| focus()>
                <Icon name="search"/>
                <Pills panel input/>
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
                    aria-expanded=move || (open.get() && found.with(|found| found.len() > 0)).to_string()
                    aria-controls=id.with_value(|id| format!("{id}-list"))
                    aria-activedescendant=move || active.get().map(option_id)
                    aria-invalid=move || problems.with(|all| !all.is_empty()).then_some("true")
                    aria-describedby=problems_id.clone()
                    placeholder=move || if can_clear() { String::new() } else { t("Search by text, or choose a property") }
                    prop:value=move || typed.get()
                    on:input:target=move |event| {
                        let text = event.target().value();
                        let cursor = keys::cursor(&event.target(), &text);
                        write(text, Some(cursor));
                        panel.set(None);
                        open.set(true);
                    }
                    on:keydown=on_key
                    on:click=move |_| {
                        panel.set(None);
                        open.set(true);
                    }
                />
                <div class="search-end" on:click=move |event| event.stop_propagation()>
                    {move || can_clear().then(|| view! { <IconButton icon="x" label=t("Clear search") on_click=clear_all/> })}
                    <IconButton
                        icon="pencil"
                        label=t("Search as text")
                        pressed=Signal::derive(move || Some(panel.get() == Some(Panel::Text)))
                        on_click=move || turn(Panel::Text)
                    />
                    <IconButton
                        icon="history"
                        label=t("Saved searches")
                        pressed=Signal::derive(move || Some(panel.get() == Some(Panel::Saved)))
                        on_click=move || turn(Panel::Saved)
                    />
                    <kbd class="search-key" aria-hidden="true">"/"</kbd>
                </div>
            </div>
            <p class="search-problems" role="alert" id=problems_id>
                {move || problems.with(|all| all.iter().map(|problem| words::reason(problem.reason)).collect::<Vec<_>>().join(" "))}
            </p>
            <p class="visually-hidden" role="status">
                {move || {
                    let n = found.with(Found::len);
                    (open.get() && n > 0).then(|| plural(n, "{n} suggestion", "{n} suggestions"))
                }}
            </p>
            <ul
                class="search-list"
                role="listbox"
                id=id.with_value(|id| format!("{id}-list"))
                aria-label=t("Suggestions")
                hidden=move || !open.get() || panel.with(Option::is_some) || found.with(|found| found.len() == 0)
                // A press keeps the focus in the input; the click then takes the line.
                on:mousedown=move |event| event.prevent_default()
            >
                {move || {
                    let Found { suggestions: Some(all), .. } = found.get() else { return Vec::new() };
                    let typed = all.typed.trim().to_owned();
                    rows.with(|held| {
                        let option = |(index, item)| {
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
                                    on:click=move |_| take(index)
                                >
                                    {options::line(item, &typed, &held.shape.schema)}
                                </li>
                            }
                            .into_any()
                        };
                        all.items.iter().enumerate().map(option).collect::<Vec<_>>()
                    })
                }}
            </ul>
            {move || panel.get().map(|panel| match panel {
                Panel::Pill(index) => view! { <Editor index on_done=close/> }.into_any(),
                Panel::Text => view! { <TextFace on_close=close/> }.into_any(),
                Panel::Saved => view! { <Shelf on_close=close/> }.into_any(),
            })}
        </div>
    }
}
