//! What the cloud looks for itself: with what is searched afterwards, it is the same as looking through everything.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use api::{
    filter::{self, Filters},
    kind::Kind,
    list::Chunk,
};
use app::{list::shape::Shape, spec};
use axum::http::{Method, StatusCode};
use proptest::{prelude::*, sample::Index, strategy::ValueTree, test_runner::TestRunner};
use search::{
    Clause, Clock, Field, Group, Join, Operator, Query, Record, Search, Store, Token,
    counts::{Wanted, counts, tag_keys},
    pushdown::cloud_filters,
};

use crate::browser::{Browser, Console, STANDING_KEY, STANDING_SECRET};

/// The lists that take filters, each with enough in it.
const LISTS: [(Kind, &str); 5] = [
    (Kind::Instance, "/api/instances?region=us-east-1"),
    (Kind::Image, "/api/images?region=us-east-1&owner=all"),
    (Kind::Image, "/api/images?region=us-east-1"),
    (Kind::Volume, "/api/volumes?region=us-east-1"),
    (Kind::Snapshot, "/api/snapshots?region=us-east-1&owner=mine"),
];

fn with_filters(path: &str, filters: &str) -> String {
    format!("{path}&{}", url::form_urlencoded::Serializer::new(String::new()).append_pair(filter::ARG, filters).finish())
}

/// The rows of a list, searched as the application searches them.
async fn store(browser: &mut Browser, kind: Kind, path: &str) -> Store {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    let spec = spec::of(kind).expect("it has a page");
    let shape = Shape::of(spec);
    let (mut store, mut record) = (Store::new(shape.schema.clone()), Record::new());
    for line in answer.text().lines() {
        match spec.parse(line).expect("a line of a list") {
            Chunk::Rows(items) => items.iter().for_each(|item| {
                shape.record(spec, item, &mut record);
                store.upsert(&record);
            }),
            Chunk::End(_) => {}
            Chunk::Error(error) => panic!("{path}: {error:?}"),
        }
    }
    store
}

fn found(store: &Store, query: &Query) -> BTreeSet<String> {
    let search = Search::new(store, query, Clock::default()).finish(store);
    search.hits().iter().map(|row| store.id(row).to_owned()).collect()
}

/// Everything that can be asked for by its very value, as the rows have it.
fn tokens(store: &Store) -> Vec<Token> {
    let wanted = Wanted { text: "", most: 12 };
    let schema = store.schema();
    let fields =
        schema.properties.iter().filter(|property| !property.kind.is_numeric()).map(|property| Field::Property(property.key.clone()));
    let keys: Vec<_> = tag_keys(store, store.rows()).into_iter().map(|count| count.value).collect();
    let tags = keys.iter().map(|key| Field::Tag(key.clone()));
    let of_values = fields.chain(tags).flat_map(|field| {
        let values = counts(store, &field, store.rows(), wanted);
        values.into_iter().map(move |count| Token::new(field.clone(), Operator::Is, count.value)).collect::<Vec<_>>()
    });
    let there = keys.iter().map(|key| Token::new(Field::Tag(key.clone()), Operator::Exists, ""));
    of_values.chain(there).collect()
}

/// Queries over these tokens, some negated, off or in groups.
fn query(tokens: Vec<Token>) -> impl Strategy<Value = Query> {
    let join = prop::sample::select(vec![Join::Facets, Join::Facets, Join::And, Join::Or]);
    let one = (any::<Index>(), prop::bool::weighted(0.15), prop::bool::weighted(0.1)).prop_map(move |(index, not, off)| {
        let token = index.get(&tokens).clone();
        let token = if not { token.negated() } else { token };
        if off { token.switched() } else { token }
    });
    let group = (join.clone(), prop::collection::vec(one.clone(), 1..3))
        .prop_map(|(join, tokens)| Clause::Group(Group::new(join, tokens).expect("it has a token")));
    let clause = prop_oneof![5 => one.prop_map(Clause::Token), 1 => group];
    (join, prop::collection::vec(clause, 1..4)).prop_map(|(join, clauses)| Query::new(join, clauses))
}

#[tokio::test]
async fn what_the_cloud_filters_and_we_search_is_what_we_search_in_all() {
    let console = Console::new();
    let mut browser = console.signed_in_to(r#"{"images":300}"#).await;
    let mut runner = TestRunner::deterministic();
    for (kind, path) in LISTS {
        let all = store(&mut browser, kind, path).await;
        let queries = query(tokens(&all));
        let (mut n_asked, mut n_narrowed) = (0, 0);
        for _ in 0..1_000 {
            if n_asked == 30 {
                break;
            }
            let query = queries.new_tree(&mut runner).expect("a query").current();
            let asked = cloud_filters(&query, all.schema());
            let filters: Filters = asked.into_iter().map(|filter| (filter.name, filter.values.into_iter().collect())).collect();
            let text = filter::write(&filters);
            if filters.is_empty() || text.len() > filter::MOST_BYTES {
                continue;
            }
            let some = store(&mut browser, kind, &with_filters(path, &text)).await;
            assert_eq!(found(&some, &query), found(&all, &query), "{path}: {query} by {text}");
            n_asked += 1;
            n_narrowed += usize::from(some.rows().count() < all.rows().count());
        }
        assert!(n_asked == 30 && n_narrowed >= 10, "{path}: {n_asked} asked, {n_narrowed} of them narrower: that proves little");
    }
}

/// Each filter for itself, with each value that there is: the cloud finds just the rows whose facet has it.
#[tokio::test]
async fn a_filter_means_what_its_facet_means() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for (kind, path) in LISTS {
        let all = store(&mut browser, kind, path).await;
        for (facet, name) in filter::of(kind) {
            let field = Field::Property((*facet).to_owned());
            let values = counts(&all, &field, all.rows(), Wanted { text: "", most: 6 });
            for value in values.into_iter().map(|count| count.value).filter(|value| !value.is_empty()) {
                let text = filter::write(&Filters::from([((*name).to_owned(), BTreeSet::from([value.clone()]))]));
                let some = store(&mut browser, kind, &with_filters(path, &text)).await;
                let query = Query::from(Token::new(field.clone(), Operator::Is, value));
                assert_eq!(found(&some, &Query::default()), found(&all, &query), "{path}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_filter_that_is_not_exact_is_refused_and_says_why() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for (path, filters) in [
        ("/api/instances?region=us-east-1", "nonsense"),
        ("/api/instances?region=us-east-1", r#"{"instance-state-name":["run*"]}"#),
        ("/api/instances?region=us-east-1", r#"{"owner-id":["1"]}"#),
        ("/api/vpcs?region=us-east-1", r#"{"tag:env":["prod"]}"#),
    ] {
        let answer = browser.get(&with_filters(path, filters)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {filters}");
        assert!(answer.json()["fields"].get(filter::ARG).is_some(), "{}", answer.text());
    }
    let long = format!(r#"{{"tag:env":["{}"]}}"#, "x".repeat(filter::MOST_BYTES));
    assert_eq!(browser.get(&with_filters("/api/instances?region=us-east-1", &long)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_was_filtered_is_kept_by_its_filter_and_goes_with_its_kind() {
    let (console, calls) = Console::counted(50);
    let mut browser = console.browser();
    let keys = format!(r#"{{"cloud":"counted","access_key_id":"{STANDING_KEY}","secret_access_key":"{STANDING_SECRET}"}}"#);
    assert_eq!(browser.post("/api/session", &keys).await.status, StatusCode::OK);
    let path = "/api/images?region=us-east-1&owner=all";
    let (one, other) = (r#"{"architecture":["x86_64"],"state":["available"]}"#, r#"{"state":["available"],"architecture":["x86_64"]}"#);
    let all = browser.get(path).await;
    let first = browser.get(&with_filters(path, one)).await;
    let asked = calls.load(Ordering::SeqCst);
    assert_eq!(browser.get(&with_filters(path, other)).await.body, first.body);
    assert_eq!(browser.get(path).await.body, all.body);
    assert_eq!(calls.load(Ordering::SeqCst), asked, "both are kept, each by what was asked");
    browser.get(&with_filters(path, r#"{"state":["available"]}"#)).await;
    assert_eq!(calls.load(Ordering::SeqCst), asked + 1, "another filter is another list");

    let id =
        browser.send(Method::GET, path, &[("accept", "application/json")], "").await.json()[0]["id"].as_str().expect("an image").to_owned();
    let change = format!(r#"{{"action":{{"set":[{{"key":"looked","value":"for"}}],"remove":[]}},"ids":["{id}"]}}"#);
    let answer = browser.post("/api/images/tags?region=us-east-1", &change).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let before = calls.load(Ordering::SeqCst);
    for filters in [one, r#"{"state":["available"]}"#] {
        browser.get(&with_filters(path, filters)).await;
    }
    assert_eq!(calls.load(Ordering::SeqCst), before + 2, "a change makes lists stale whatever they were filtered by");
}
