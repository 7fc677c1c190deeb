//! What is read and written stays what it was, and every mistake has its place.

#[path = "support/documents.rs"]
mod documents;

use policy::{
    Lines,
    json::{Value, compact, parse, pretty},
};
use proptest::prelude::*;

/// What a text says, if nothing is wrong with it.
fn read(text: &str) -> Option<Value> {
    let parsed = parse(text);
    parsed.findings.is_empty().then_some(parsed.value).flatten()
}

/// The first mistake: line, column, what is marked, what is said.
fn mistake(text: &str) -> (usize, usize, &str, String) {
    let found = parse(text).findings.into_iter().next().expect("something is wrong");
    let position = Lines::new(text).position(found.span.start);
    (position.line, position.column, found.span.of(text), found.message())
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(value in documents::any_value(), indent in 0..8usize) {
        prop_assert_eq!(read(&compact(&value)), Some(value.clone()));
        prop_assert_eq!(read(&pretty(&value, indent)), Some(value));
    }

    #[test]
    fn policies_too(value in documents::policy()) {
        let text = pretty(&value, 4);
        let again = read(&text);
        prop_assert_eq!(again.as_ref(), Some(&value));
        prop_assert_eq!(again.map(|value| pretty(&value, 4)), Some(text));
    }

    #[test]
    fn spans_hold_what_they_say(value in documents::any_value()) {
        let text = pretty(&value, 2);
        let read = parse(&text).value.expect("it is JSON");
        prop_assert_eq!(parse(read.span.of(&text)).value, Some(value));
        for member in read.as_object().unwrap_or_default() {
            prop_assert_eq!(parse(member.name_span.of(&text)).value, Some(Value::string(&member.name)));
            prop_assert_eq!(parse(member.value.span.of(&text)).value, Some(member.value.clone()));
        }
    }

    /// Whatever is typed, there is an answer, and nothing is marked that is not there.
    #[test]
    fn nonsense_is_survived(text in prop_oneof![any::<String>(), r#"[\[\]{}:,"'\\a0-9 \n/*#tue-]{0,40}"#]) {
        let parsed = parse(&text);
        prop_assert!(parsed.value.is_some() || !parsed.findings.is_empty());
        let looked = policy::lint(&text, policy::Place::Managed, None);
        for found in parsed.findings.iter().chain(&looked.findings) {
            prop_assert!(text.get(found.span.start..found.span.end).is_some(), "{:?}", found);
        }
    }
}

#[test]
fn mistakes_have_their_place() {
    let cases = [
        ("", (1, 1, "", "no policy yet")),
        ("{\n  \"a\": 1\n  \"b\": 2\n}", (2, 8, "1", "comma is missing")),
        ("{\n  \"a\": 1,\n}", (2, 9, ",", "Nothing follows")),
        ("[1,, 2]", (1, 4, ",", "nothing before this comma")),
        ("{\"a\": [1, 2}", (1, 12, "}", "list is still open")),
        ("[{\"a\": 1]", (1, 9, "]", "object is still open")),
        ("{\"a\": {", (1, 7, "{", "never closed: add a }")),
        ("{\"a\": \"x\n}", (1, 7, "\"x", "string is never closed")),
        ("{'a': 1}", (1, 2, "'a'", "double quotation marks")),
        ("{a: 1}", (1, 2, "a", "\"a\"")),
        ("{\"a\" 1}", (1, 2, "\"a\"", "colon")),
        ("{\"a\" \"b\"}", (1, 2, "\"a\"", "colon")),
        ("{\"a\": }", (1, 7, "}", "value is expected")),
        ("{\"a\": True}", (1, 7, "True", "\"True\"")),
        ("{\"a\": 01}", (1, 7, "01", "no number")),
        ("{} x", (1, 4, "x", "has ended before")),
        ("// what\n{}", (1, 1, "// what", "no comments")),
        ("{\"a\": /* why */ 1}", (1, 7, "/* why */", "no comments")),
        ("[\"a\\x\"]", (1, 4, "\\x", "escape does not exist")),
        ("[\"\\é\"]", (1, 3, "\\é", "escape does not exist")),
    ];
    for (text, (line, column, marked, said)) in cases {
        let found = mistake(text);
        assert_eq!((found.0, found.1, found.2), (line, column, marked), "{text}: {}", found.3);
        assert!(found.3.contains(said), "{text}: {}", found.3);
    }
}

#[test]
fn small_mistakes_do_not_end_the_reading() {
    let parsed = parse("{\"a\": [1, 2,], 'b': yes, // c\n \"d\" {\"e\": 1 \"f\": 2,}}");
    let value = parsed.value.expect("read to the end");
    assert_eq!(compact(&value), r#"{"a":[1,2],"b":"yes","d":{"e":1,"f":2}}"#);
    assert_eq!(parsed.findings.len(), 7, "{:?}", parsed.findings);
}

#[test]
fn depth_ends() {
    assert!(parse(&"[".repeat(100_000)).value.is_none());
}

#[test]
fn layout() {
    let value = read(r#"{"Version":"2012-10-17","Statement":[{"Action":["a","b"],"None":[]}]}"#).expect("it is JSON");
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Action\": [\n        \"a\",\n        \"b\"\n      ],\n      \"None\": []\n    }\n  ]\n}\n";
    assert_eq!(pretty(&value, 2), text);
}
