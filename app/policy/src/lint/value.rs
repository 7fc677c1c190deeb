//! Lists of strings, where brackets around one may be left out.

use super::Look;
use crate::{
    finding::{Finding, Rule},
    json::{Member, Value},
};

/// The strings of an element; what is none is said.
pub fn strings<'v>(look: &mut Look<'_>, element: &'v Member) -> Vec<(&'v Value, &'v str)> {
    let values = element.value.several();
    if values.is_empty() {
        let text = "The list is empty: add what is meant, or remove {element}.";
        look.say(Finding::error(Rule::Missing, element.value.span, text).with("element", &element.name));
    }
    let mut strings: Vec<(&Value, &str)> = Vec::with_capacity(values.len());
    for value in values {
        match value.as_str() {
            Some(text) => {
                if strings.iter().any(|(_, before)| *before == text) {
                    look.say(Finding::hint(Rule::Duplicate, value.span, "This is in the list already: remove it."));
                }
                strings.push((value, text));
            }
            None => {
                let text = "{element} takes a string or a list of strings: put this in double quotation marks.";
                look.say(Finding::error(Rule::WrongType, value.span, text).with("element", &element.name));
            }
        }
    }
    strings
}
