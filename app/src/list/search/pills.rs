//! The pills of a query, with the words that join them.

use leptos::{ev, html, prelude::*};
use search::{Clause, Join, Token};

use super::{
    super::state::{List, use_list},
    panel::Panel,
    words,
};
use crate::{
    locale::{t, tf},
    ui::{Each, Icon},
};

/// All pills of what is asked. A press on one opens its panel.
#[component]
pub fn Pills(panel: RwSignal<Option<Panel>>, input: NodeRef<html::Input>) -> impl IntoView {
    let List { bus, .. } = use_list();
    let clauses = move || bus.query.with(|query| query.search.clauses().iter().cloned().enumerate().collect::<Vec<_>>());
    let joined = Memo::new(move |_| bus.query.with(|query| query.search.join()));
    let focus = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    view! {
        <Each each=clauses key=Clone::clone let((index, clause))>
            {move || (index > 0).then(|| words::join(joined.get())).flatten().map(|word| view! { <JoinWord word/> })}
            <PillView
                index
                clause
                panel
                on_remove=move || {
                    bus.ask(|query| query.search = query.search.without(index));
                    focus();
                }
            />
        </Each>
    }
}

/// The word between two pills, which changes all of them.
#[component]
fn JoinWord(word: String) -> impl IntoView {
    let List { bus, .. } = use_list();
    let turn = move |event: ev::MouseEvent| {
        event.stop_propagation();
        bus.ask(|query| {
            let other = if query.search.join() == Join::And { Join::Or } else { Join::And };
            query.search = query.search.joined(other);
        });
    };
    view! { <button type="button" class="search-join" title=t("Change how the parts are joined") on:click=turn>{word}</button> }
}

#[component]
fn PillView(index: usize, clause: Clause, panel: RwSignal<Option<Panel>>, #[prop(into)] on_remove: Callback<()>) -> impl IntoView {
    let List { rows, .. } = use_list();
    let words::Pill { field, sign, value, whole, is_off, is_negated } = rows.with(|held| words::pill(&clause, &held.shape.schema));
    let own = Some(Panel::Pill(index));
    let is_edited = move || panel.get() == own;
    let asked: Vec<_> = clause.tokens().iter().filter(|token| !token.is_off()).cloned().collect();
    let name = if is_off { tf("{filter} (switched off)", &[("filter", whole.clone())]) } else { whole.clone() };
    view! {
        <span class="pill" class:pill-off=is_off class:pill-not=is_negated class:pill-edited=is_edited>
            <button
                type="button"
                class="pill-text"
                title=t("Edit")
                aria-label=tf("Edit {filter}", &[("filter", name)])
                aria-haspopup="dialog"
                aria-expanded=move || is_edited().to_string()
                on:click=move |event| {
                    event.stop_propagation();
                    panel.update(|panel| *panel = if *panel == own { None } else { own });
                }
            >
                {(!field.is_empty()).then(|| view! { <span class="pill-facet">{field}</span> })}
                {(!sign.is_empty()).then(|| view! { <span class="pill-sign">{sign}</span> })}
                <span class="pill-value" translate="no">{value}</span>
            </button>
            {(!asked.is_empty()).then(|| view! { <Where asked/> })}
            <button
                type="button"
                class="pill-remove"
                aria-label=tf("Remove {filter}", &[("filter", whole)])
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

/// Who looks for it: the cloud, as long as the list is not all here, or else the browser.
#[component]
fn Where(asked: Vec<Token>) -> impl IntoView {
    let List { loader, .. } = use_list();
    let by_cloud = Memo::new(move |_| loader.early.tokens.with(|tokens| asked.iter().all(|token| tokens.contains(token))));
    let words = move || if by_cloud.get() { t("Looked for by the cloud") } else { t("Looked for here, in the browser") };
    view! {
        <span class="pill-where" role="img" aria-label=words title=words>
            <Icon name=Signal::derive(move || if by_cloud.get() { "cloud" } else { "monitor" })/>
        </span>
    }
}
