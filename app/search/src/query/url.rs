//! A query in the address: `?state=running&state=stopped&tag:env=prod&q=launched%3E7d`.
//!
//! A facet's value is a parameter, as in all older addresses; whatever else can be asked stands in `q`, written as in the search box. The
//! order of the parameters is that of the clauses, so there can be several `q`.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::{Clause, Field, Join, Operator, Query, Token, name::TAG, parse, print};
use crate::schema::Schema;

/// The parameter of what is written as text.
pub const TEXT: &str = "q";

/// What may not stand in a query as it is. Colons, slashes and commas may, which keeps addresses readable.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'%').add(b'&').add(b'+').add(b'=').add(b'?');

/// The parameters of a query.
pub fn write(query: &Query) -> Vec<(String, String)> {
    if query.join() != Join::Facets {
        return vec![(TEXT.to_owned(), print(query))];
    }
    let mut pairs = Vec::new();
    let mut rest = query.clauses();
    while let Some((first, others)) = rest.split_first() {
        if let Some(pair) = parameter(first) {
            pairs.push(pair);
            rest = others;
        } else {
            let n_written = rest.iter().take_while(|clause| parameter(clause).is_none()).count();
            pairs.push((TEXT.to_owned(), print::clauses(Join::Facets, &rest[..n_written])));
            rest = &rest[n_written..];
        }
    }
    pairs
}

/// Reads the parameters of a query; those that are not of it are handed back.
pub fn read(pairs: Vec<(String, String)>, schema: &Schema) -> (Query, Vec<(String, String)>) {
    let mut parts = Vec::new();
    let mut others = Vec::new();
    for (key, value) in pairs {
        let named = schema.properties.iter().find(|p| p.key == key).or_else(|| schema.properties.iter().find(|p| p.aliases.contains(&key)));
        let tag = key.strip_prefix(TAG).filter(|tag| schema.has_tags && !tag.is_empty());
        if let Some(property) = named {
            parts.push(Token::is(&property.key, value).into());
        } else if let Some(tag) = tag {
            let operator = if value.is_empty() { Operator::Exists } else { Operator::Is };
            parts.push(Token::new(Field::Tag(tag.to_owned()), operator, value).into());
        } else if key == TEXT {
            parts.push(parse(&value, schema).0);
        } else if schema.text_aliases.contains(&key) {
            parts.push(Token::text(value).into());
        } else {
            others.push((key, value));
        }
    }
    (Query::all(parts), others)
}

/// The parameter that means this clause, where there is one.
fn parameter(clause: &Clause) -> Option<(String, String)> {
    let Clause::Token(token) = clause else { return None };
    if token.is_negated() || token.is_off() {
        return None;
    }
    match (token.field(), token.operator()) {
        (Field::Property(key), Operator::Is) => Some((key.clone(), token.value().to_owned())),
        (Field::Tag(key), Operator::Is) if !token.value().is_empty() => Some((format!("{TAG}{key}"), token.value().to_owned())),
        (Field::Tag(key), Operator::Exists) => Some((format!("{TAG}{key}"), String::new())),
        _ => None,
    }
}

/// The parameters of an address, decoded.
pub fn decode(search: &str) -> Vec<(String, String)> {
    let pairs = search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(key, value)| (decoded(key), decoded(value))).collect()
}

/// The parameters as they stand in an address, without the question mark.
pub fn encode(pairs: &[(String, String)]) -> String {
    let encoded = |text| utf8_percent_encode(text, ENCODED);
    let pairs: Vec<_> = pairs.iter().map(|(key, value)| format!("{}={}", encoded(key), encoded(value))).collect();
    pairs.join("&")
}

/// The query part of an address as a query; parameters that are not of it are handed back.
pub fn from_url(search: &str, schema: &Schema) -> (Query, Vec<(String, String)>) {
    read(decode(search), schema)
}

/// The query part of the address of a query.
pub fn to_url(query: &Query) -> String {
    encode(&write(query))
}
