//! Facts, small tables and views of a tab.

use leptos::prelude::*;

use super::{Detail, related::Related};
use crate::{
    list::cells::{self, Place},
    locale::{t, tf},
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
            let documents = documents.into_iter().map(|(name, text)| view! { <Document name text open=is_only/> }).collect_view();
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

/// A long text, folded away unless it is the only one.
#[component]
fn Document(name: String, text: String, open: bool) -> impl IntoView {
    view! {
        <details class="document" open=open>
            <summary translate="no">{name.clone()}</summary>
            <div class="user-data">
                <Copy text=text.clone() label=tf("Copy {what}", &[("what", name.clone())])/>
                <pre class="console" tabindex="0" role="region" translate="no" aria-label=name>{text}</pre>
            </div>
        </details>
    }
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
