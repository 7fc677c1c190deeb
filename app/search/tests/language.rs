//! The language of queries: what is written is what is read, whatever it is.

#[path = "support/queries.rs"]
mod queries;
#[path = "support/schema.rs"]
mod schema;

use proptest::prelude::*;
use schema::schema;
use search::{
    Clause, Field, Group, Join, Operator, Query, Token,
    query::{
        Problem, Reason, parse, print,
        url::{from_url, to_url},
    },
};

fn read(text: &str) -> Query {
    let (query, problems) = parse(text, &schema());
    assert_eq!(problems, [], "{text}");
    query
}

fn problems(text: &str) -> Vec<(&str, Reason)> {
    parse(text, &schema()).1.into_iter().map(|Problem { span, reason }| (&text[span], reason)).collect()
}

fn facets(tokens: Vec<Token>) -> Query {
    Query::new(Join::Facets, tokens.into_iter().map(Clause::from).collect())
}

fn property(key: &str, operator: Operator, value: &str) -> Token {
    Token::new(Field::Property(key.to_owned()), operator, value)
}

fn tag(key: &str, operator: Operator, value: &str) -> Token {
    Token::new(Field::Tag(key.to_owned()), operator, value)
}

/// Values in which everything that means something to the language occurs.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["", "web", "running", "Stopped", "t3.micro", "7d", "10", "10.0.0.0/8", "2026-01", "and", "OR", "-", "~x", "ü ß"]).prop_map(str::to_owned),
        2 => "[a-zA-B .*\\\\\"()=:!^<>~-]{0,6}",
        1 => ".{0,8}",
    ]
}

fn query() -> impl Strategy<Value = Query> {
    queries::query_of(queries::token_of(queries::field(), value()).boxed())
}

#[test]
fn the_example_of_the_documentation() {
    let query = read(r#"state:running name:t3.* launched>7d -tag:env=prod "web server""#);
    let tokens = vec![
        property("state", Operator::Has, "running"),
        property("name", Operator::Like, "t3.*"),
        property("launched", Operator::Greater, "7d"),
        tag("env", Operator::Is, "prod").negated(),
        Token::text("web server"),
    ];
    assert_eq!(query, facets(tokens));
    assert_eq!(print(&query), r#"state:running name:t3.* launched>7d tag:env!=prod "web server""#);
}

#[test]
fn names_are_keys_labels_and_aliases_in_any_case() {
    for text in ["pair=x", "PAIR = x", "Key pair=x", "key PAIR= x", "\"Key pair\"=x", "key_name=x"] {
        assert_eq!(read(text), facets(vec![property("pair", Operator::Is, "x")]), "{text}");
    }
    assert_eq!(read("key=pair"), facets(vec![property("key", Operator::Is, "pair")]));
}

#[test]
fn every_operator_and_its_opposite() {
    let signs = [("=", Operator::Is), (":", Operator::Has), ("^", Operator::Starts)];
    for (sign, operator) in signs {
        assert_eq!(read(&format!("name{sign}x")), facets(vec![property("name", operator, "x")]));
        assert_eq!(read(&format!("name!{sign}x")), facets(vec![property("name", operator, "x").negated()]));
        assert_eq!(read(&format!("-name!{sign}x")), facets(vec![property("name", operator, "x")]), "twice negated");
    }
    let bounds = [("<", Operator::Less), ("<=", Operator::LessEqual), (">", Operator::Greater), (">=", Operator::GreaterEqual)];
    for (sign, operator) in bounds {
        assert_eq!(read(&format!("size{sign}10GiB")), facets(vec![property("size", operator, "10GiB")]));
        assert_eq!(read(&format!("!size{sign}10GiB")), facets(vec![property("size", operator, "10GiB").negated()]));
    }
}

#[test]
fn tags() {
    assert_eq!(read("tag:env"), facets(vec![tag("env", Operator::Exists, "")]));
    assert_eq!(read("-tag:env"), facets(vec![tag("env", Operator::Exists, "").negated()]));
    assert_eq!(read("tag:env:pro"), facets(vec![tag("env", Operator::Has, "pro")]));
    assert_eq!(read("tag:aws:stack:name=x"), facets(vec![tag("aws:stack:name", Operator::Is, "x")]));
    assert_eq!(read(r#"tag:"a key"!^"b c""#), facets(vec![tag("a key", Operator::Starts, "b c").negated()]));
    assert_eq!(read("tag:env=\"\""), facets(vec![tag("env", Operator::Is, "")]));
}

#[test]
fn quotes_take_the_meaning_from_everything() {
    assert_eq!(read(r#""state:running""#), facets(vec![Token::text("state:running")]));
    assert_eq!(read(r#"name:"t3.*""#), facets(vec![property("name", Operator::Has, "t3.*")]));
    assert_eq!(read(r"name:t3\*"), facets(vec![property("name", Operator::Has, "t3*")]));
    assert_eq!(read(r#""say \"or\" \\""#), facets(vec![Token::text(r#"say "or" \"#)]));
    assert_eq!(read("\"and\" \"-x\""), facets(vec![Token::text("and"), Token::text("-x")]));
    assert_eq!(read("~-state=running"), facets(vec![property("state", Operator::Is, "running").negated().switched()]));
}

#[test]
fn side_by_side_binds_closer_than_and_which_binds_closer_than_or() {
    let words = |words: &str| words.chars().map(|c| Token::text(c.to_string())).collect::<Vec<_>>();
    let group = |join, tokens: &str| Clause::Group(Group::new(join, words(tokens)).expect("it has tokens"));
    let one = |word: &str| Clause::from(Token::text(word));
    assert_eq!(read("a b or c"), Query::new(Join::Or, vec![group(Join::Facets, "ab"), one("c")]));
    assert_eq!(read("a b and c"), Query::new(Join::And, vec![group(Join::Facets, "ab"), one("c")]));
    assert_eq!(read("a and b OR c"), Query::new(Join::Or, vec![group(Join::And, "ab"), one("c")]));
    assert_eq!(read("a (b or c) d"), Query::new(Join::Facets, vec![one("a"), group(Join::Or, "bc"), one("d")]));
    assert_eq!(read("(a and b) and (c d)"), Query::new(Join::And, vec![group(Join::And, "ab"), group(Join::Facets, "cd")]));
}

#[test]
fn what_cannot_be_understood_says_why_and_stays() {
    assert_eq!(problems("stae:running x"), [("stae", Reason::UnknownProperty)]);
    assert_eq!(problems("name>3"), [("name>", Reason::Operator)]);
    assert_eq!(problems("state= "), [("state=", Reason::MissingValue)]);
    assert_eq!(problems("tag: cores=x"), [("tag:", Reason::MissingValue), ("x", Reason::Number)]);
    assert_eq!(problems("size>huge launched<soon ip=10.0"), [("huge", Reason::Size), ("soon", Reason::Date), ("10.0", Reason::Address)]);
    assert_eq!(problems("a \"b c"), [("\"b c", Reason::UnclosedQuote)]);
    assert_eq!(problems("(a b"), [("(a b", Reason::UnclosedGroup)]);
    assert_eq!(problems("a) ()"), [("()", Reason::EmptyGroup)]);
    assert_eq!(problems(") a"), [(")", Reason::UnopenedGroup)]);
    assert_eq!(problems("-(a or b) c"), [("-(a or b)", Reason::NegatedGroup)]);
    assert_eq!(problems("a or"), [("or", Reason::LoneJoin)]);
    assert_eq!(problems("(a (b c))"), [("(b c)", Reason::TooDeep)]);
    assert_eq!(problems(" (a b) c or cores=x "), [("(a b) c or cores=x", Reason::TooDeep)]);
    let (query, _) = parse("(a b) c or d", &schema());
    assert_eq!(query, facets(vec![Token::text("(a b) c or d")]));
}

#[test]
fn addresses_read_as_they_always_did() {
    let (query, others) = from_url("?region=us-east-1&state=running&state=stopped&tag:env=a%20b&tag:x=&key=&q=web+1&sort=-name", &schema());
    let tokens = vec![
        property("state", Operator::Is, "running"),
        property("state", Operator::Is, "stopped"),
        tag("env", Operator::Is, "a b"),
        tag("x", Operator::Exists, ""),
        property("key", Operator::Is, ""),
        Token::text("web"),
        Token::text("1"),
    ];
    assert_eq!(query, facets(tokens));
    assert_eq!(others, [("region".to_owned(), "us-east-1".to_owned()), ("sort".to_owned(), "-name".to_owned())]);
    assert_eq!(to_url(&query), "state=running&state=stopped&tag:env=a%20b&tag:x=&key=&q=web%201");
}

#[test]
fn bookmarks_of_the_predecessor_mean_the_same() {
    let (query, _) = from_url("status=running&tags=x y", &schema());
    assert_eq!(query, facets(vec![property("state", Operator::Is, "running"), Token::text("x y")]));
}

#[test]
fn joined_queries_in_addresses() {
    let url = |text: &str| to_url(&read(text));
    assert_eq!(url("state=running size>1 name=x"), "state=running&q=size%3E1&name=x");
    assert_eq!(url("state=running or name=x"), "q=state%3Drunning%20or%20name%3Dx");
    let (query, _) = from_url("q=a or b&state=running", &schema());
    assert_eq!(query, read("(a or b) state=running"), "a parameter more narrows");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_printed_is_read_back(query in query()) {
        let text = print(&query);
        prop_assert_eq!(parse(&text, &schema()).0, query, "{}", text);
    }

    #[test]
    fn what_is_in_an_address_is_read_back(query in query()) {
        let url = to_url(&query);
        prop_assert_eq!(from_url(&url, &schema()), (query, vec![]), "{}", url);
    }

    #[test]
    fn any_text_is_read_without_harm(
        text in prop_oneof![".*", "([a-c\"()=:!^<>~* \\\\-]|state|launched|tag:| and | or |7d|é|\u{a0}){0,12}"]
    ) {
        let (query, problems) = parse(&text, &schema());
        for problem in problems {
            prop_assert!(text.get(problem.span.clone()).is_some_and(|part| !part.is_empty()), "{:?}", problem);
        }
        let printed = print(&query);
        prop_assert_eq!(&print(&parse(&printed, &schema()).0), &printed);
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec("[a-c()\"=~!<>-]{1,4}", 0..6)) {
        let text = words.join(" ");
        let printed = print(&parse(&text, &schema()).0);
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        let written = letters(&text);
        prop_assert_eq!(letters(&printed), written);
    }

    #[test]
    fn any_address_is_read_without_harm(search in ".*") {
        let (query, _) = from_url(&search, &schema());
        prop_assert_eq!(from_url(&to_url(&query), &schema()).0, query);
    }
}
