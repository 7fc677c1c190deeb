//! The list below the box: what can be chosen, and how many rows it would leave.

use leptos::prelude::*;
use search::{
    Schema,
    suggest::{Offer, Suggestion},
};

use super::words;
use crate::{format, ui::Icon};

/// What a suggestion shows: the words with what was typed in bold, and how many rows it would find.
pub fn line(suggestion: &Suggestion, typed: &str, schema: &Schema) -> AnyView {
    let field = if let Offer::Operator(_) = suggestion.offer {
        search::suggest::Draft::at(&suggestion.text, suggestion.text.len(), schema).field().cloned()
    } else {
        None
    };
    let (before, label, after) = words::suggestion(suggestion, field.as_ref(), schema);
    let goes_on = !matches!(suggestion.offer, Offer::Token(_));
    view! {
        <span class="search-option-text" translate="no">
            {(!before.is_empty()).then(|| view! { <span class="search-option-facet">{before}" "</span> })}
            {emphasised(&label, typed)}
            {(!after.is_empty()).then(|| view! { <span class="search-option-facet">" "{after}</span> })}
        </span>
        {suggestion.n_rows.map(|n| view! { <span class="search-option-count">{format::number(n)}</span> })}
        {goes_on.then(|| view! { <Icon name="chevron-right"/> })}
    }
    .into_any()
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
