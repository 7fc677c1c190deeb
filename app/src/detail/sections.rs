//! Facts, small tables and views of a tab.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;
use policy::model::places;

use super::{Detail, related::Related};
use crate::{
    list::cells::{self, Place},
    locale::{t, tf},
    paths::{DOCUMENT, STATEMENT},
    spec::{AnySection, cell::Cell},
    ui::Copy,
};

#[component]
pub fn Sections(detail: Detail, tab: usize) -> impl IntoView {
    let Detail { spec, item, .. } = detail;
    let draw = move |section| draw(detail, section);
    move || item.with(|item| item.as_ref().map(|item| spec.sections(tab, item).into_iter().map(draw).collect_view()))
}

fn draw(detail: Detail, section: AnySection) -> AnyView {
    match section {
        AnySection::Facts { title, facts } => view! {
            <section class="detail-section">
                <h2 class="detail-section-title">{t(title)}</h2>
                <dl class="facts">{facts.into_iter().map(|(label, cell)| view! { <FactView label cell/> }).collect_view()}</dl>
            </section>
        }
        .into_any(),
        AnySection::Table { title, heads, rows, empty } => {
            let content = if rows.is_empty() {
                view! { <p class="detail-none">{t(empty)}</p> }.into_any()
            } else {
                view! { <SmallTable title heads=heads.to_vec() rows/> }.into_any()
            };
            view! { <section class="detail-section"><h2 class="detail-section-title">{t(title)}</h2>{content}</section> }.into_any()
        }
        AnySection::Related(related) => view! { <Related detail related/> }.into_any(),
        AnySection::Documents { title, documents, empty } => {
            let none = documents.is_empty().then(|| view! { <p class="detail-none">{t(empty)}</p> });
            let is_only = documents.len() == 1;
            let query = use_query_map().get_untracked();
            let (asked, statement) = (query.get(DOCUMENT), query.get(STATEMENT).and_then(|number| number.parse().ok()));
            let document = |(name, text): (String, String)| {
                let statement = statement.filter(|_| asked.as_ref().map_or(is_only, |asked| *asked == name));
                view! { <Document name text open=is_only || statement.is_some() statement/> }
            };
            let documents = documents.into_iter().map(document).collect_view();
            view! { <section class="detail-section"><h2 class="detail-section-title">{t(title)}</h2>{none}{documents}</section> }.into_any()
        }
        AnySection::View(view) => view,
    }
}

#[component]
fn FactView(label: &'static str, cell: Cell) -> impl IntoView {
    let copied = cell.copied();
    view! {
        <div class="fact">
            <dt>{t(label)}</dt>
            <dd>
                {cells::draw(cell, Place::Detail)}
                {copied.map(|text| view! { <Copy text label=tf("Copy {what}", &[("what", t(label))])/> })}
            </dd>
        </div>
    }
}

/// A long text, folded away unless it is the only one, or one of its statements is asked for.
#[component]
fn Document(name: String, text: String, open: bool, statement: Option<usize>) -> impl IntoView {
    let copied = text.clone();
    view! {
        <details class="document" open=open>
            <summary translate="no">{name.clone()}</summary>
            <div class="user-data">
                <Copy text=copied label=tf("Copy {what}", &[("what", name.clone())])/>
                <pre class="console" tabindex="0" role="region" translate="no" aria-label=name>{marked(text, statement)}</pre>
            </div>
        </details>
    }
}

/// The text of a policy with one of its statements marked, counted from 1, and brought into sight.
fn marked(text: String, statement: Option<usize>) -> AnyView {
    let span = statement.and_then(|number| places(&text).get(number.checked_sub(1)?).copied());
    let Some(span) = span else { return text.into_any() };
    let mark = NodeRef::<html::Mark>::new();
    Effect::new(move || {
        if let Some(mark) = mark.get() {
            mark.scroll_into_view();
        }
    });
    let (before, rest) = text.split_at(span.start);
    let (statement, after) = rest.split_at(span.end - span.start);
    view! { {before.to_owned()}<mark class="document-mark" node_ref=mark>{statement.to_owned()}</mark>{after.to_owned()} }.into_any()
}

#[component]
pub fn SmallTable(title: &'static str, heads: Vec<&'static str>, rows: Vec<Vec<Cell>>) -> impl IntoView {
    let row = |cells: Vec<Cell>| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cells::draw(cell, Place::Detail)}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    view! {
        // It scrolls sideways where it has no room, also by keyboard.
        <div class="detail-table-box" tabindex="0" role="region" aria-label=t(title)>
            <table class="detail-table">
                <thead>
                    <tr>{heads.into_iter().map(|head| view! { <th scope="col">{t(head)}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
