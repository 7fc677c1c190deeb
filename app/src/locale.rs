//! The one way by which text reaches the screen. English is written in the code and is the key of every translation.
//!
//! The locale is that of the document: on the server it comes with the request's [`Boot`](api::session::Boot), in the browser it is set once
//! at the start, and another choice loads the document anew. What the cloud says (names, ids, messages) never passes through here.

use std::sync::OnceLock;

use leptos::prelude::use_context;

use crate::format::{self, Count};

/// A language that the console speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    English,
    /// English, accented, bracketed and longer: shows text that went past this module, and layouts that have no room.
    Pseudo,
}

impl Locale {
    pub const ALL: &'static [Locale] = &[Self::English, Self::Pseudo];

    /// BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Pseudo => "en-XA",
        }
    }

    /// What the language is called in itself.
    pub const fn label(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Pseudo => "Pseudo-English (test)",
        }
    }

    /// The locale of this tag, English where there is none.
    pub fn of(tag: &str) -> Self {
        Self::ALL.iter().copied().find(|locale| locale.tag() == tag).unwrap_or_default()
    }
}

/// The locale of this browser's document; never set on the server, which serves many at once.
static OF_DOCUMENT: OnceLock<Locale> = OnceLock::new();

/// Fixes the locale for the life of the document.
pub(crate) fn set_for_document(locale: Locale) {
    // A second call would come from a second `App` in the same document, which has the same locale.
    let _ = OF_DOCUMENT.set(locale);
}

/// The locale in force.
pub fn current() -> Locale {
    OF_DOCUMENT.get().copied().or_else(use_context).unwrap_or_default()
}

/// The text in the user's language.
pub fn t(english: &str) -> String {
    translate(current(), english)
}

/// The text with its placeholders filled: `tf("{n} selected", &[("n", n.to_string())])`.
pub fn tf(english: &str, values: &[(&str, String)]) -> String {
    fill(&t(english), values)
}

/// The text that fits the number, which takes the place of `{n}`.
pub fn plural(n: impl Count, one: &str, many: &str) -> String {
    let n = n.count();
    let text = if n == 1 { one } else { many };
    tf(text, &[("n", format::number(n))])
}

fn translate(locale: Locale, english: &str) -> String {
    match locale {
        Locale::English => english.to_owned(),
        Locale::Pseudo => pseudo(english),
    }
}

/// Fills each `{name}` in one pass, so that a value that itself holds braces stays as it is.
fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((value, tail))
        });
        match known {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Accents what is not a placeholder, adds about a third in length, and brackets the whole so that a cut is seen.
fn pseudo(english: &str) -> String {
    let mut text = String::from("⟦");
    let mut in_placeholder = false;
    let mut letters = 0usize;
    for c in english.chars() {
        match c {
            '{' => in_placeholder = true,
            '}' => in_placeholder = false,
            _ => {}
        }
        if in_placeholder {
            text.push(c);
        } else {
            letters += 1;
            text.push(accented(c));
        }
    }
    text.extend(std::iter::repeat_n('·', letters.div_ceil(3)));
    text.push('⟧');
    text
}

const fn accented(c: char) -> char {
    match c {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'g' => 'ğ',
        'i' => 'í',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ü',
        'y' => 'ý',
        'z' => 'ž',
        'A' => 'Å',
        'C' => 'Ç',
        'D' => 'Ð',
        'E' => 'É',
        'I' => 'Î',
        'L' => 'Ł',
        'N' => 'Ñ',
        'O' => 'Ø',
        'R' => 'Ŕ',
        'S' => 'Š',
        'T' => 'Ţ',
        'U' => 'Û',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_unknown_ones_stay() {
        let values = [("a", "{b}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(fill("{a} and {b}, not {c} or {", &values), "{b} and x, not {c} or {");
    }

    #[test]
    fn a_number_chooses_its_text() {
        assert_eq!(plural(1_u32, "{n} instance", "{n} instances"), "1 instance");
        assert_eq!(plural(0_u32, "{n} instance", "{n} instances"), "0 instances");
        assert_eq!(plural(2_usize, "{n} instance", "{n} instances"), "2 instances");
    }

    #[test]
    fn the_pseudo_locale_keeps_placeholders_and_is_longer() {
        let text = translate(Locale::Pseudo, "{n} selected");
        assert!(text.starts_with("⟦{n} šéléçtéd") && text.ends_with('⟧'), "{text}");
        assert!(text.chars().count() > "{n} selected".chars().count() + 3);
        assert_eq!(fill(&text, &[("n", "3".into())]).chars().nth(1), Some('3'));
    }

    #[test]
    fn a_tag_leads_to_its_locale_and_an_unknown_one_to_english() {
        for &locale in Locale::ALL {
            assert_eq!(Locale::of(locale.tag()), locale);
        }
        assert_eq!(Locale::of("tlh"), Locale::English);
    }
}
