//! What a token begins with: the name of a property or a tag, and an operator.

use super::{
    Field, Operator,
    lex::{Cursor, ends_word},
};
use crate::schema::Schema;

/// Tags are named behind this.
pub const TAG: &str = "tag:";

/// A field and how it is compared.
#[derive(Debug)]
pub(crate) struct Head {
    pub field: Field,
    /// With whether it is negated; `None` where nothing follows the name, as in `tag:env`.
    pub operator: Option<(Operator, bool)>,
    /// Whether its quotation marks were closed, if it had any.
    pub is_closed: bool,
}

/// Reads a name and an operator, and the blanks between and behind them; nothing where the text begins with neither.
pub(crate) fn head(cursor: &mut Cursor<'_>, schema: &Schema, in_group: bool) -> Option<Head> {
    let start = cursor.at;
    let head = property(cursor, schema).or_else(|| tag(cursor, schema, in_group));
    if head.is_none() {
        cursor.at = start;
    }
    head
}

fn property(cursor: &mut Cursor<'_>, schema: &Schema) -> Option<Head> {
    let rest = cursor.rest();
    let named = schema.properties.iter().flat_map(|property| property.names().map(move |name| (name, property)));
    let fitting = named.filter_map(|(name, property)| {
        let quoted = rest.strip_prefix('"').and_then(|rest| strip_name(rest, name)).and_then(|rest| rest.strip_prefix('"'));
        let behind = quoted.or_else(|| strip_name(rest, name))?.trim_start();
        let (operator, is_negated, length) = Operator::read(behind)?;
        Some((name.len(), property, (operator, is_negated), rest.len() - behind.len() + length))
    });
    // Of `key` and `key pair` the longer one is meant.
    let (_, property, operator, length) = fitting.max_by_key(|&(name, ..)| name)?;
    cursor.at += length;
    Some(Head { field: Field::Property(property.key.clone()), operator: Some(operator), is_closed: true })
}

/// What follows the name, in whatever case it is written.
fn strip_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    if name.is_empty() {
        return None;
    }
    let mut rest = text.chars();
    for expected in name.chars() {
        let c = rest.next()?;
        if c != expected && !c.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// `tag:env=prod`, `tag:"a key"^x`, `tag:env`. A key that is not quoted goes to the first sign but a colon; without one, to the first colon.
fn tag(cursor: &mut Cursor<'_>, schema: &Schema, in_group: bool) -> Option<Head> {
    let is_tag = schema.has_tags && cursor.rest().get(..TAG.len()).is_some_and(|start| start.eq_ignore_ascii_case(TAG));
    if !is_tag {
        return None;
    }
    cursor.at += TAG.len();
    let (key, is_closed) = if cursor.peek() == Some('"') {
        let word = cursor.quoted();
        (word.text, word.is_closed)
    } else {
        (bare_key(cursor, in_group).to_owned(), true)
    };
    if key.is_empty() {
        return None;
    }
    let behind = cursor.rest().trim_start();
    let operator = Operator::read(behind).map(|(operator, is_negated, length)| {
        cursor.at = cursor.text.len() - behind.len() + length;
        (operator, is_negated)
    });
    Some(Head { field: Field::Tag(key), operator, is_closed })
}

fn bare_key<'a>(cursor: &mut Cursor<'a>, in_group: bool) -> &'a str {
    let rest = cursor.rest();
    let run = &rest[..rest.find(|c| c == '"' || ends_word(c, in_group)).unwrap_or(rest.len())];
    let signs = || run.char_indices().filter(|(at, _)| Operator::read(&run[*at..]).is_some());
    let end = signs().find(|(_, c)| *c != ':').or_else(|| signs().next()).map_or(run.len(), |(at, _)| at);
    cursor.at += end;
    &run[..end]
}
