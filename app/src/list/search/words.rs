//! How a query reads: pills, operators and problems in the user's words.

use search::{
    Clause, Field, Group, Join, Operator, Schema, Token,
    query::Reason,
    suggest::{Offer, Suggestion},
};

use crate::locale::{t, tf};

/// What a field is called.
pub fn field(field: &Field, schema: &Schema) -> String {
    match field {
        Field::Text => t("Text"),
        Field::Property(key) => schema.property(key).map_or_else(|| key.clone(), |property| property.label.clone()),
        Field::Tag(key) => tf("Tag {key}", &[("key", key.clone())]),
    }
}

/// What a value is called.
pub fn value(field: &Field, value: &str, schema: &Schema) -> String {
    let label = match field {
        Field::Property(key) => schema.property(key).map_or(value, |property| property.label_of(value)),
        _ => value,
    };
    if label.is_empty() { t("none") } else { label.to_owned() }
}

/// The sign of a token's operator as it is drawn.
pub fn sign(operator: Operator, is_negated: bool) -> &'static str {
    match (operator, is_negated) {
        (Operator::Is, false) => "=",
        (Operator::Is, true) => "≠",
        (Operator::Has | Operator::Like, false) => ":",
        (Operator::Has | Operator::Like, true) => "!:",
        (Operator::Starts, false) => "^",
        (Operator::Starts, true) => "!^",
        (Operator::LessEqual, false) => "≤",
        (Operator::GreaterEqual, false) => "≥",
        // The opposite of a bound also takes in what has no value.
        (Operator::Less, true) => "not <",
        (Operator::LessEqual, true) => "not ≤",
        (Operator::Greater, true) => "not >",
        (Operator::GreaterEqual, true) => "not ≥",
        (operator, _) => operator.sign(),
    }
}

/// An operator in words.
pub fn operator(operator: Operator, is_negated: bool) -> String {
    t(match (operator, is_negated) {
        (Operator::Is, false) => "is",
        (Operator::Is, true) => "is not",
        (Operator::Has, false) => "contains",
        (Operator::Has, true) => "does not contain",
        (Operator::Starts, false) => "begins with",
        (Operator::Starts, true) => "does not begin with",
        (Operator::Like, false) => "fits the pattern",
        (Operator::Like, true) => "does not fit the pattern",
        (Operator::Less, false) => "is less than",
        (Operator::Less, true) => "is not less than",
        (Operator::LessEqual, false) => "is at most",
        (Operator::LessEqual, true) => "is not at most",
        (Operator::Greater, false) => "is more than",
        (Operator::Greater, true) => "is not more than",
        (Operator::GreaterEqual, false) => "is at least",
        (Operator::GreaterEqual, true) => "is not at least",
        (Operator::Exists, false) => "is there",
        (Operator::Exists, true) => "is not there",
    })
}

/// The operator that a sign stands for in a suggestion, and whether negated.
fn of_sign(sign: &str, operator: Operator) -> (Operator, bool) {
    (operator, operator.negated_sign() == Some(sign))
}

/// A pill: what it is about, how it compares, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pill {
    /// Empty for free text.
    pub field: String,
    pub sign: String,
    pub value: String,
    /// All of it, read out.
    pub whole: String,
    pub is_off: bool,
    pub is_negated: bool,
}

pub fn pill(clause: &Clause, schema: &Schema) -> Pill {
    match clause {
        Clause::Token(token) => of_token(token, schema),
        Clause::Group(group) => of_group(group, schema),
    }
}

fn of_token(token: &Token, schema: &Schema) -> Pill {
    let (is_off, is_negated) = (token.is_off(), token.is_negated());
    let of = token.field();
    if *of == Field::Text {
        let quoted = format!("“{}”", token.value());
        let sign = if is_negated { t("not") } else { String::new() };
        let whole = if is_negated { format!("{sign} {quoted}") } else { quoted.clone() };
        return Pill { field: String::new(), sign, value: quoted, whole, is_off, is_negated };
    }
    let name = field(of, schema);
    if token.operator() == Operator::Exists {
        let value = if is_negated { t("missing") } else { t("any value") };
        let whole = format!("{name}: {value}");
        return Pill { field: name, sign: ":".to_owned(), value, whole, is_off, is_negated };
    }
    let value = value(of, token.value(), schema);
    let whole = format!("{name} {} {value}", operator(token.operator(), is_negated));
    Pill { field: name, sign: sign(token.operator(), is_negated).to_owned(), value, whole, is_off, is_negated }
}

fn of_group(group: &Group, schema: &Schema) -> Pill {
    let parts: Vec<_> = group
        .tokens()
        .iter()
        .map(|token| {
            let Pill { field, sign, value, .. } = of_token(token, schema);
            [field, sign, value].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let between = join(group.join()).map_or_else(|| ", ".to_owned(), |word| format!(" {word} "));
    let whole = format!("({})", parts.join(&between));
    let is_off = group.tokens().iter().all(Token::is_off);
    Pill { field: String::new(), sign: String::new(), value: whole.clone(), whole, is_off, is_negated: false }
}

/// The word between parts that are joined like this.
pub fn join(join: Join) -> Option<String> {
    match join {
        Join::Facets => None,
        Join::And => Some(t("and")),
        Join::Or => Some(t("or")),
    }
}

/// A suggestion: what stands before its label, the label, and what explains it.
pub fn suggestion(suggestion: &Suggestion, draft_field: Option<&Field>, schema: &Schema) -> (String, String, String) {
    match &suggestion.offer {
        Offer::Field(Field::Tag(_)) => (t("Tag"), suggestion.label.clone(), String::new()),
        Offer::Field(_) => (String::new(), suggestion.label.clone(), String::new()),
        Offer::Operator(of) => {
            let (of, is_negated) = of_sign(&suggestion.label, *of);
            let name = draft_field.map(|of| field(of, schema)).unwrap_or_default();
            (name, sign(of, is_negated).to_owned(), operator(of, is_negated))
        }
        Offer::Token(token) => {
            let label = if suggestion.label.is_empty() { value(token.field(), token.value(), schema) } else { suggestion.label.clone() };
            let sign = sign(token.operator(), token.is_negated());
            (format!("{} {sign}", field(token.field(), schema)), label, String::new())
        }
    }
}

/// Why something cannot be understood.
pub fn reason(reason: Reason) -> String {
    t(reason.message())
}
