//! What typing means, decided without a browser: what is found already, what Enter makes of it, and where a suggestion goes.

use search::{
    Field, Operator, Query, Schema, Token,
    query::{Problem, Reason, parse, problem},
    suggest::{Draft, Stage, Suggestion, Suggestions},
};

/// What the text asks for while it is being typed. A value that is half there narrows as far as it has come.
pub fn live(text: &str, schema: &Schema) -> Query {
    let draft = Draft::at(text, text.len(), schema);
    let Stage::Value { field, operator, is_negated, typed } = draft.stage else { return parse(text, schema).0 };
    let before = &text[..draft.span.start];
    let is_pattern = text[draft.span.start..].contains('*');
    let operator = if operator == Operator::Is && !is_exact(&field, schema) { Operator::Has } else { operator };
    let token = Token::new(field, operator, typed);
    let token = if is_negated != draft.prefix.contains(['-', '!']) { token.negated() } else { token };
    let so_far = if is_pattern {
        text.to_owned()
    } else if token.value().is_empty() || problem(&token, schema).is_some() || draft.prefix.contains('~') {
        before.to_owned()
    } else {
        format!("{before}{token}")
    };
    let (query, problems) = parse(&so_far, schema);
    // Half of an `or` says nothing yet.
    if problems.iter().any(|problem| problem.reason == Reason::LoneJoin) { parse(text, schema).0 } else { query }
}

/// Whether part of a value means nothing.
fn is_exact(field: &Field, schema: &Schema) -> bool {
    matches!(field, Field::Property(key) if schema.property(key).is_some_and(|property| property.kind.is_numeric()))
}

/// What Enter makes of the text where no suggestion is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    Nothing,
    Ask(Query),
    /// It cannot be asked; the text stays.
    Wrong(Vec<Problem>),
}

pub fn enter(text: &str, suggestions: &Suggestions, schema: &Schema) -> Entered {
    let at_value = matches!(Draft::at(text, suggestions.span.end.min(text.len()), schema).stage, Stage::Value { .. });
    let accepted = suggestions.accepted().filter(|_| at_value && suggestions.span.end <= text.len());
    let text = accepted.map_or_else(|| text.to_owned(), |suggestion| replaced(text, suggestions, suggestion).0);
    if text.trim().is_empty() {
        return Entered::Nothing;
    }
    let (query, problems) = parse(&text, schema);
    if problems.iter().any(|problem| blocks(problem.reason)) { Entered::Wrong(problems) } else { Entered::Ask(query) }
}

/// The text with the suggestion in its place, and where the cursor goes.
pub fn replaced(text: &str, suggestions: &Suggestions, suggestion: &Suggestion) -> (String, usize) {
    let span = &suggestions.span;
    let start = format!("{}{}", &text[..span.start], suggestion.text);
    let cursor = start.len();
    (start + &text[span.end..], cursor)
}

/// Whether a query with this in it would find nothing, so that it is better not asked.
pub fn blocks(reason: Reason) -> bool {
    matches!(reason, Reason::Operator | Reason::MissingValue | Reason::Number | Reason::Size | Reason::Date | Reason::Address)
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;
    use search::{Clock, Record, Store, suggest::suggest};

    use super::*;
    use crate::{list::shape::Shape, spec};

    fn schema() -> Schema {
        Shape::of(spec::of(Kind::Instance).expect("instances have a page")).schema
    }

    fn live_text(text: &str) -> String {
        live(text, &schema()).to_string()
    }

    #[test]
    fn half_a_value_narrows_as_far_as_it_has_come() {
        assert_eq!(live_text("state=run"), "state:run");
        assert_eq!(live_text("-state=run"), "state!:run");
        assert_eq!(live_text("state!=run"), "state!:run");
        assert_eq!(live_text("web state="), "web");
        assert_eq!(live_text("launched>7"), "", "no date yet");
        assert_eq!(live_text("launched>7d"), "launched>7d");
        assert_eq!(live_text("type=t3.*"), "type:t3.*");
        assert_eq!(live_text("web state=running "), "web state=running");
        assert_eq!(live_text("web"), "web");
    }

    fn entered(text: &str) -> Entered {
        let schema = schema();
        let mut store = Store::new(schema.clone());
        let mut record = Record::new();
        for (id, state) in [("i-1", "running"), ("i-2", "stopped")] {
            record.begin(id);
            record.value(schema.position("state").expect("a facet"), state);
            record.tag("Name", "running");
            store.upsert(&record);
        }
        enter(text, &suggest(&store, &Query::default(), Clock::default(), text, text.len()), &schema)
    }

    fn asked(text: &str) -> String {
        if let Entered::Ask(query) = entered(text) { query.to_string() } else { String::new() }
    }

    #[test]
    fn enter_takes_the_value_that_is_meant() {
        assert_eq!(asked("state=RUNNING"), "state=running");
        assert_eq!(asked("state=runn"), "state=running");
        assert_eq!(asked("Name state=RUNN"), "Name state=running");
        assert_eq!(asked("state=elephant"), "state=elephant");
        assert_eq!(asked("running"), "running", "text is text");
        assert_eq!(entered("  "), Entered::Nothing);
    }

    #[test]
    fn what_cannot_be_asked_stays_and_says_why() {
        for (text, reason) in [("launched>soon", Reason::Date), ("state=", Reason::MissingValue), ("state>running", Reason::Operator)] {
            assert!(matches!(entered(text), Entered::Wrong(problems) if problems[0].reason == reason), "{text}");
        }
        assert_eq!(asked("elephant:x"), "\"elephant:x\"", "searched for as text");
    }
}
