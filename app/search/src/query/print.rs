//! From a query to text. What `parse` makes of it is the same query.

use std::fmt::{self, Write};

use super::{Clause, Field, Group, Join, Operator, Query, Token, name::TAG, pattern};

/// The query as somebody could have typed it.
pub fn print(query: &Query) -> String {
    clauses(query.join(), query.clauses())
}

/// A few clauses, as they stand side by side in a query that is joined like this.
pub(super) fn clauses(join: Join, clauses: &[Clause]) -> String {
    let texts: Vec<_> = clauses.iter().map(ToString::to_string).collect();
    texts.join(between(join))
}

fn between(join: Join) -> &'static str {
    match join {
        Join::Facets => " ",
        Join::And => " and ",
        Join::Or => " or ",
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print(self))
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(token) => token.fmt(f),
            Self::Group(group) => group.fmt(f),
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<_> = self.tokens().iter().map(ToString::to_string).collect();
        write!(f, "({})", texts.join(between(self.join())))
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_off() {
            f.write_char('~')?;
        }
        let sign = match (self.is_negated(), self.operator().negated_sign()) {
            (true, Some(sign)) if *self.field() != Field::Text => sign,
            (is_negated, _) => {
                if is_negated {
                    f.write_char('-')?;
                }
                self.operator().sign()
            }
        };
        match self.field() {
            Field::Text => return write_word(f, self.value(), is_bare_text(self.value())),
            // After a bare key a colon is taken for part of it if another sign follows.
            Field::Tag(key) if sign == ":" && self.value().contains(is_sign) => {
                f.write_str(TAG)?;
                write_word(f, key, false)?;
            }
            field => field.fmt(f)?,
        }
        f.write_str(sign)?;
        match self.operator() {
            Operator::Exists => Ok(()),
            Operator::Like => write_pattern(f, self.value()),
            _ => write_word(f, self.value(), is_bare_value(self.value())),
        }
    }
}

impl fmt::Display for Field {
    /// The name, as an operator can follow it; nothing for free text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => Ok(()),
            Self::Property(key) => f.write_str(key),
            Self::Tag(key) => {
                f.write_str(TAG)?;
                write_word(f, key, is_bare(key) && !key.contains(is_sign))
            }
        }
    }
}

/// Whether a character could belong to an operator.
fn is_sign(c: char) -> bool {
    matches!(c, ':' | '=' | '!' | '^' | '<' | '>')
}

/// Whether nothing in it means anything but itself.
fn is_bare(word: &str) -> bool {
    !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '(' | ')' | '\\'))
}

fn is_bare_value(value: &str) -> bool {
    is_bare(value) && !value.contains('*') && !value.starts_with(is_sign)
}

fn is_bare_text(text: &str) -> bool {
    let is_join = text.eq_ignore_ascii_case("and") || text.eq_ignore_ascii_case("or");
    is_bare(text) && !is_join && !text.contains(is_sign) && !text.starts_with(['-', '~'])
}

fn write_word(f: &mut fmt::Formatter<'_>, word: &str, is_bare: bool) -> fmt::Result {
    if is_bare {
        return f.write_str(word);
    }
    f.write_char('"')?;
    for c in word.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

/// Patterns are never quoted, because that would take the meaning from the star.
fn write_pattern(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    for (index, part) in pattern::parts(value).enumerate() {
        match part {
            pattern::Part::Any => f.write_char('*')?,
            pattern::Part::Char(c) => {
                if matches!(c, '*' | '\\' | '"' | '(' | ')') || c.is_whitespace() || (index == 0 && is_sign(c)) {
                    f.write_char('\\')?;
                }
                f.write_char(c)?;
            }
        }
    }
    Ok(())
}
