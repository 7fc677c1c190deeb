//! The words that an editor colours.

use policy::token::{TokenKind, tokens};
use proptest::prelude::*;

fn words(text: &str) -> Vec<(TokenKind, &str)> {
    tokens(text).into_iter().map(|token| (token.kind, token.span.of(text))).collect()
}

#[test]
fn kinds() {
    use TokenKind::{Element, Invalid, Literal, Name, Number, Punctuation, String, Variable, Wildcard};
    let text = r#"{"Effect" : "Al\"low", "x": ["a${aws:username}*", -1.5, true, nope"#;
    let wanted = [
        (Punctuation, "{"),
        (Element, "\"Effect\""),
        (Punctuation, ":"),
        (String, r#""Al\"low""#),
        (Punctuation, ","),
        (Name, "\"x\""),
        (Punctuation, ":"),
        (Punctuation, "["),
        (String, "\"a"),
        (Variable, "${aws:username}"),
        (Wildcard, "*"),
        (String, "\""),
        (Punctuation, ","),
        (Number, "-1.5"),
        (Punctuation, ","),
        (Literal, "true"),
        (Punctuation, ","),
        (Invalid, "nope"),
    ];
    assert_eq!(words(text), wanted);
    assert_eq!(words("\"open ${ \n}"), [(Invalid, "\"open ${"), (Punctuation, "}")]);
    assert_eq!(words("\"$5 ${x\""), [(String, "\""), (String, "$"), (String, "5 "), (String, "$"), (String, "{x\"")]);
}

proptest! {
    /// Every character but white space is in one word, in order.
    #[test]
    fn all_of_it_once(text in prop_oneof![any::<String>(), r#"[{}\[\]:,"$*?\\ a\n0-9.-]{0,60}"#]) {
        let mut end = 0;
        for token in tokens(&text) {
            prop_assert!(token.span.start >= end && token.span.end > token.span.start);
            prop_assert!(text[end..token.span.start].trim().is_empty());
            end = token.span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }
}
