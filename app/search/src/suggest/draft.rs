//! What is being typed: the token at the cursor, and how far it has come.

use std::ops::Range;

use crate::{
    query::{Cursor, Field, Operator, Token, head, spans},
    schema::Schema,
};

/// The token at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where it stands in the text.
    pub span: Range<usize>,
    /// What stands before its name, `~` and `-`.
    pub prefix: String,
    pub stage: Stage,
}

/// How far a token has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A word that can become anything.
    Word(String),
    /// A property or tag and an operator are there; the value so far.
    Value { field: Field, operator: Operator, is_negated: bool, typed: String },
}

impl Draft {
    /// The field that a value is being typed for.
    pub fn field(&self) -> Option<&Field> {
        if let Stage::Value { field, .. } = &self.stage { Some(field) } else { None }
    }

    /// The token with what stands before it.
    pub(super) fn complete(&self, token: Token) -> Token {
        let token = if self.prefix.contains(['-', '!']) { token.negated() } else { token };
        if self.prefix.starts_with('~') { token.switched() } else { token }
    }

    /// What is being typed where the cursor stands. What stands behind the cursor is part of the token, but was not typed to be completed.
    pub fn at(text: &str, cursor: usize, schema: &Schema) -> Self {
        let cursor = text.floor_char_boundary(cursor);
        let before = &text[..cursor];
        let start = spans(before, schema).last().filter(|span| span.end == cursor).map_or(cursor, |span| span.start);
        let end = spans(text, schema).into_iter().find(|span| span.start == start).map_or(cursor, |span| span.end.max(cursor));
        let token = &before[start..];
        let named = token.strip_prefix('~').unwrap_or(token);
        let named = named.strip_prefix(['-', '!']).unwrap_or(named);
        let mut reader = Cursor { text: named, at: 0 };
        let stage = match head(&mut reader, schema, false) {
            Some(head) if let Some((operator, is_negated)) = head.operator => {
                reader.skip_blanks();
                Stage::Value { field: head.field, operator, is_negated, typed: reader.word(false).text }
            }
            _ => Stage::Word(Cursor { text: named, at: 0 }.word(false).text),
        };
        Self { span: start..end, prefix: token[..token.len() - named.len()].to_owned(), stage }
    }
}
