//! What is asked of texts, answered once for each value.

use crate::{
    fold::fold,
    literal::network,
    needle::Needle,
    query::{Operator, Token, pattern},
    schema::{Kind, Property},
    store::{Dictionary, TAG_END, tag_value},
};

/// Which values of a property fit.
pub(super) fn of_property(token: &Token, property: &Property, dictionary: &Dictionary) -> Vec<bool> {
    let value = token.value();
    match (property.kind, token.operator()) {
        (Kind::Address, Operator::Is | Operator::Has) if let Some(wanted) = network(value) => {
            dictionary.each_folded(|_, address| network(address).is_some_and(|address| wanted.contains(address)))
        }
        (_, Operator::Is) => only(dictionary, value),
        (Kind::Choice, Operator::Has) if let Some(choice) = choice(property, value) => only(dictionary, choice),
        (Kind::Choice, operator) => {
            let test = Test::new(operator, value);
            let mut fitting = dictionary.each_folded(|_, value| test.fits(value));
            for choice in &property.choices {
                if let Some(code) = dictionary.get(&choice.value) {
                    fitting[code as usize] |= test.fits(&fold(&choice.label));
                }
            }
            fitting
        }
        (_, Operator::Has) => dictionary.containing(&Needle::new(&fold(value))),
        (_, operator) => {
            let test = Test::new(operator, value);
            dictionary.each_folded(|_, value| test.fits(value))
        }
    }
}

/// Which tags fit. The case of the key matters.
pub(super) fn of_tag(token: &Token, key: &str, tags: &Dictionary) -> Vec<bool> {
    if token.operator() == Operator::Is {
        return only(tags, &format!("{key}{TAG_END}{}", token.value()));
    }
    let test = Test::new(token.operator(), token.value());
    tags.each_folded(|code, folded| {
        let has_key = tag_value(tags.value(code), key).is_some();
        has_key && folded.split_once(TAG_END).is_some_and(|(_, value)| test.fits(value))
    })
}

/// Which tags contain a text, as `key=value`.
pub(super) fn of_tags(text: &str, tags: &Dictionary) -> Vec<bool> {
    if text.contains(TAG_END) {
        return vec![false; tags.len()];
    }
    let mut found = tags.containing(&Needle::new(text));
    // Any of its equals signs can be the one between key and value.
    for (at, _) in text.match_indices('=') {
        let across = Needle::new(&format!("{}{TAG_END}{}", &text[..at], &text[at + 1..]));
        found.iter_mut().zip(tags.containing(&across)).for_each(|(found, across)| *found |= across);
    }
    found
}

fn only(dictionary: &Dictionary, value: &str) -> Vec<bool> {
    let mut fitting = vec![false; dictionary.len()];
    if let Some(code) = dictionary.get(value) {
        fitting[code as usize] = true;
    }
    fitting
}

/// The choice whose value or label was written, in any case.
fn choice<'a>(property: &'a Property, written: &str) -> Option<&'a str> {
    let written = Some(fold(written)).filter(|written| !written.is_empty())?;
    let choice = property.choices.iter().find(|choice| fold(&choice.value) == written || fold(&choice.label) == written)?;
    Some(&choice.value)
}

/// A test of values in lower case.
enum Test {
    Any,
    Has(String),
    Starts(String),
    Like(Vec<String>),
}

impl Test {
    fn new(operator: Operator, value: &str) -> Self {
        match operator {
            Operator::Starts => Self::Starts(fold(value)),
            Operator::Like => Self::Like(pattern::pieces(&fold(value))),
            Operator::Exists => Self::Any,
            _ => Self::Has(fold(value)),
        }
    }

    fn fits(&self, value: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Has(part) => value.contains(part.as_str()),
            Self::Starts(start) => value.starts_with(start.as_str()),
            Self::Like(pieces) => pattern::fits(pieces, value),
        }
    }
}
