//! The words of a policy's text, for an editor that colours them. Nothing has to be right for it: what is being typed has colours too.

use crate::span::Span;

/// What a stretch of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Brackets, colons and commas.
    Punctuation,
    /// The name of an element of the language: `Effect`.
    Element,
    /// Any other name: an operator, a condition key.
    Name,
    /// A string, or a part of one.
    String,
    /// `${…}` in a string.
    Variable,
    /// A wildcard in a string.
    Wildcard,
    /// A number.
    Number,
    /// `true`, `false` and `null`.
    Literal,
    /// What is none of JSON's, and a string that is never closed.
    Invalid,
}

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

const ELEMENTS: [&str; 16] = [
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "AWS",
    "Service",
    "Federated",
    "CanonicalUser",
];

/// The words of a text, in its order. White space is between them.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match next {
            _ if next.is_whitespace() => next.len_utf8(),
            '{' | '}' | '[' | ']' | ':' | ',' => push(&mut tokens, TokenKind::Punctuation, at, 1),
            '"' => string(&mut tokens, text, at),
            _ => {
                let length = rest.find(|c: char| c.is_whitespace() || "{}[]:,\"".contains(c)).unwrap_or(rest.len());
                let kind = match &rest[..length] {
                    "true" | "false" | "null" => TokenKind::Literal,
                    word if word.parse::<f64>().is_ok() && word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => TokenKind::Number,
                    _ => TokenKind::Invalid,
                };
                push(&mut tokens, kind, at, length)
            }
        };
        at += length;
    }
    tokens
}

fn push(tokens: &mut Vec<Token>, kind: TokenKind, at: usize, length: usize) -> usize {
    tokens.push(Token { kind, span: Span::new(at, at + length) });
    length
}

/// A string, which is a name if a colon follows, and has its variables and wildcards apart otherwise.
fn string(tokens: &mut Vec<Token>, text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let Some(length) = closed(rest) else {
        let line = rest.find('\n').unwrap_or(rest.len());
        return push(tokens, TokenKind::Invalid, at, rest[..line].trim_end().len());
    };
    let word = &rest[1..length - 1];
    if rest[length..].trim_start().starts_with(':') {
        return push(tokens, if ELEMENTS.contains(&word) { TokenKind::Element } else { TokenKind::Name }, at, length);
    }
    let mut from = 0;
    while from < length {
        let plain = rest[from..length].find(['*', '?', '$']).map_or(length, |found| from + found);
        if plain > from {
            push(tokens, TokenKind::String, at + from, plain - from);
            from = plain;
            continue;
        }
        let variable = rest[from..length].strip_prefix("${").and_then(|inner| inner.find('}')).map(|end| end + 3);
        from += match variable {
            Some(length) => push(tokens, TokenKind::Variable, at + from, length),
            None if rest[from..].starts_with('$') => push(tokens, TokenKind::String, at + from, 1),
            None => push(tokens, TokenKind::Wildcard, at + from, 1),
        };
    }
    length
}

/// How long the string is, if it is closed on its line.
fn closed(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\n' => return None,
            '"' if !is_escaped => return Some(at + 1),
            _ => is_escaped = character == '\\' && !is_escaped,
        }
    }
    None
}
