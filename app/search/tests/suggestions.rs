//! What the list below the search box offers.

#[path = "support/schema.rs"]
mod schema;

use proptest::prelude::*;
use schema::schema;
use search::{
    Clock, Field, Query, Record, Search, Store, Token,
    query::parse,
    suggest::{Offer, Suggestion, Suggestions, suggest},
};

fn store() -> Store {
    let mut store = Store::new(schema());
    let mut record = Record::new();
    let rows = [("i-1", "running", "m5.10xlarge", "prod"), ("i-2", "running", "m5.2xlarge", "test"), ("i-3", "stopped", "t3.micro", "")];
    for (id, state, name, env) in rows {
        record.begin(id);
        record.value(0, name);
        record.value(1, state);
        if !env.is_empty() {
            record.tag("env", env);
        }
        store.upsert(&record);
    }
    store
}

fn suggestions(query: &str, text: &str) -> Suggestions {
    let query = parse(query, &schema()).0;
    suggest(&store(), &query, Clock::default(), text, text.len())
}

/// Label and count of each.
fn lines(query: &str, text: &str) -> Vec<(String, Option<usize>)> {
    suggestions(query, text).items.into_iter().map(|item| (item.label, item.n_rows)).collect()
}

fn line(label: &str, n_rows: usize) -> (String, Option<usize>) {
    (label.to_owned(), Some(n_rows))
}

fn accepted(text: &str) -> Option<String> {
    suggestions("", text).accepted().map(|item| item.text.clone())
}

#[test]
fn an_empty_box_offers_properties_and_tags() {
    let all = suggestions("", "");
    assert_eq!(all.items.len(), schema().properties.len() + 1);
    assert!(all.items.iter().all(|item| matches!(item.offer, Offer::Field(_))));
    assert_eq!(all.items.last().map(|item| (item.text.as_str(), item.n_rows)), Some(("tag:env=", Some(2))));
    assert_eq!(all.items[1].text, "state=");
}

#[test]
fn values_are_counted_the_most_frequent_first() {
    assert_eq!(lines("", "state=")[..2], [line("Running", 2), line("Stopped", 1)]);
    assert_eq!(lines("", "name:"), [line("m5.2xlarge", 1), line("m5.10xlarge", 1), line("t3.micro", 1)]);
    assert_eq!(lines("", "tag:env="), [line("prod", 1), line("test", 1)]);
}

#[test]
fn counts_are_live_and_leave_out_the_facet_itself() {
    assert_eq!(lines("name:m5", "state=ru"), [line("Running", 2)]);
    assert_eq!(lines("state=stopped", "state=ru"), [line("Running", 2)]);
    assert_eq!(lines("state=running", "name:m5 state=st"), [line("Stopped", 0)]);
    assert_eq!(lines("", "t3 state=st"), [line("Stopped", 1)]);
}

#[test]
fn a_word_finds_properties_and_values() {
    let found = suggestions("", "run");
    let [Suggestion { offer: Offer::Token(token), n_rows: Some(2), text, .. }] = &found.items[..] else { panic!("{found:?}") };
    assert_eq!((token, text.as_str()), (&Token::is("state", "running"), "state=running"));
    assert_eq!(found.completion(), found.items.first());
    assert!(suggestions("", "s").items.iter().any(|item| item.offer == Offer::Field(Field::Property("size".to_owned()))));
}

#[test]
fn a_value_that_is_asked_for_is_not_offered_again() {
    let labels: Vec<_> = lines("state=running", "state=").into_iter().map(|(label, _)| label).collect();
    assert!(!labels.contains(&"Running".to_owned()) && labels.contains(&"Stopped".to_owned()));
}

#[test]
fn operators_follow_a_whole_name() {
    let signs = |text| {
        let items = suggestions("", text).items.into_iter();
        items.filter(|item| matches!(item.offer, Offer::Operator(_))).map(|item| item.text).collect::<Vec<_>>()
    };
    assert_eq!(signs("cores"), ["cores=", "cores!=", "cores:", "cores!:", "cores>=", "cores<=", "cores<", "cores>"]);
    assert_eq!(signs("-Name!"), ["-name!:", "-name!=", "-name!^"]);
    assert_eq!(signs("nam"), Vec::<String>::new());
}

#[test]
fn enter_takes_the_named_value_or_the_only_one() {
    assert_eq!(accepted("state=RUNNING"), Some("state=running".to_owned()));
    assert_eq!(accepted("state=runn"), Some("state=running".to_owned()));
    assert_eq!(accepted("state!=runn"), Some("state!=running".to_owned()));
    assert_eq!(accepted("state="), None, "several fit");
    assert_eq!(accepted("tag:env=other"), None, "what was typed is taken as it is");
    assert_eq!(accepted("~-tag:env=TEST"), Some("~tag:env!=test".to_owned()));
    assert_eq!(accepted("available"), None);
}

#[test]
fn the_token_at_the_cursor_is_replaced() {
    let text = "x state=runn y";
    let found = suggest(&store(), &Query::default(), Clock::default(), text, "x state=ru".len());
    assert_eq!(&text[found.span.clone()], "state=runn");
    assert_eq!(found.typed, "ru");
    let behind = suggest(&store(), &Query::default(), Clock::default(), text, 2);
    assert_eq!((behind.span, behind.typed.as_str()), (2..12, ""));
    let quoted = suggest(&store(), &Query::default(), Clock::default(), "tag:\"env\"=\"pr", 13);
    assert_eq!(quoted.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["tag:env=prod"]);
}

proptest! {
    #[test]
    fn any_text_at_any_cursor_has_suggestions_that_can_be_taken(
        text in "([a-c\"()=:!~ -]|state|name|tag:|env| or |é){0,8}", cursor in 0..40_usize
    ) {
        let cursor = cursor.min(text.len());
        let found = suggest(&store(), &Query::default(), Clock::default(), &text, cursor);
        prop_assert!(text.get(found.span.clone()).is_some());
        for item in &found.items {
            if let Offer::Token(token) = &item.offer {
                let query = parse(&item.text, &schema()).0;
                prop_assert_eq!(&query, &Query::from(token.clone()));
                // The count is what is found with this token alone, where nothing else is asked.
                if text.trim().len() == found.span.len() && !token.is_negated() && !token.is_off() {
                    let n = Search::new(&store(), &query, Clock::default()).finish(&store()).hits().count();
                    prop_assert_eq!(item.n_rows, Some(n));
                }
            }
        }
    }
}
