//! How a value is drawn, in tables, tiles and details alike.

use leptos::prelude::*;

use crate::{
    format,
    locale::t,
    paths::{self, Go},
    spec::cell::{Cell, Link},
    ui::{Status, Time},
};

/// Where a value is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a list: one line, and no stop of the keyboard but its links.
    List,
    /// Where the row is chosen from, and nothing in it leads away.
    Picker,
    /// On a page of its own: as long as it is.
    Detail,
}

/// Shown where there is nothing.
const NOTHING: &str = "–";
/// How many tags a row shows before it counts the rest.
const MOST_TAGS: usize = 3;

pub fn draw(cell: Cell, place: Place) -> AnyView {
    match cell {
        Cell::Empty => view! { <span class="cell-empty">{NOTHING}</span> }.into_any(),
        Cell::Text(text) => {
            view! { <span class="cell-text" translate="no" title=(place != Place::Detail).then(|| text.clone())>{text.clone()}</span> }
                .into_any()
        }
        Cell::Code(text) => {
            view! { <span class="cell-code" translate="no" title=(place != Place::Detail).then(|| text.clone())>{text.clone()}</span> }
                .into_any()
        }
        Cell::Word(word) => t(word).into_any(),
        Cell::Status { tone, text } => view! { <span class="cell-status" translate="no"><Status tone text/></span> }.into_any(),
        Cell::Link(link) => draw_link(link, place),
        Cell::Links(links) => {
            let links = links.into_iter().map(|link| view! { <li>{draw_link(link, place)}</li> }).collect_view();
            view! { <ul class="cell-links">{links}</ul> }.into_any()
        }
        Cell::Time(at) if place == Place::Detail => {
            let exact = format::date_time(at);
            view! {
                <span class="cell-time"><time datetime=format::iso(at)>{exact}</time>" "<span class="cell-aside">"("<Time at/>")"</span></span>
            }
            .into_any()
        }
        Cell::Time(at) => view! { <time datetime=format::iso(at) title=format::date_time(at)>{format::relative(at)}</time> }.into_any(),
        Cell::Count(n) => view! { <span class="cell-number" translate="no">{format::number(n)}</span> }.into_any(),
        Cell::Gib(n) => view! { <span class="cell-number" translate="no">{format::gib(n)}</span> }.into_any(),
        Cell::Mib(n) => view! { <span class="cell-number" translate="no">{format::mib(n)}</span> }.into_any(),
        Cell::Tags(tags) => {
            let more = if place == Place::Detail { 0 } else { tags.len().saturating_sub(MOST_TAGS) };
            let shown = tags.len() - more;
            let tags = tags.into_iter().take(shown).map(|tag| {
                let text = if tag.value.is_empty() { tag.key } else { format!("{}={}", tag.key, tag.value) };
                view! { <li class="cell-tag" title=text.clone()>{text.clone()}</li> }
            });
            view! {
                <ul class="cell-tags" translate="no">
                    {tags.collect_view()}
                    {(more > 0).then(|| view! { <li class="cell-more">{format!("+{more}")}</li> })}
                </ul>
            }
            .into_any()
        }
    }
}

fn draw_link(link: Link, place: Place) -> AnyView {
    let Link { kind, id, text } = link;
    let title = text.clone();
    if place == Place::Picker {
        return view! { <span class="cell-text" translate="no" title=title>{text}</span> }.into_any();
    }
    let text = view! { <span translate="no" title=title>{text}</span> };
    view! { <Go to=paths::detail(kind, &id) class="cell-link">{text}</Go> }.into_any()
}
