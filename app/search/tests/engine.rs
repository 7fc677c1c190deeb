//! The engine finds what the documentation says, whichever way the rows and the query have come about.

#[path = "support/items.rs"]
mod items;
#[path = "support/naive.rs"]
mod naive;
#[path = "support/queries.rs"]
mod queries;
#[path = "support/schema.rs"]
mod schema;

use items::{Item, NOW, fill, newest};
use proptest::{prelude::*, strategy::ValueTree};
use schema::schema;
use search::{Clock, Query, Search, Store, pushdown::cloud_filters, query::parse};

const CLOCK: Clock = Clock { now: NOW, utc_offset: 3600 };

fn found(store: &Store, query: &Query) -> Vec<String> {
    ids(store, &Search::new(store, query, CLOCK).finish(store))
}

fn ids(store: &Store, search: &Search) -> Vec<String> {
    search.hits().iter().map(|row| store.id(row).to_owned()).collect()
}

fn filled(items: &[Item]) -> Store {
    let mut store = Store::new(schema());
    fill(&mut store, items);
    store
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    prop::collection::vec(items::item(), 0..40)
}

/// Queries whose values occur in the rows, so that they find something.
fn query() -> impl Strategy<Value = Query> {
    let dates = prop::sample::select(vec!["7d", "1w", "2026", "2026-01-08", "2026-01-08T12:00", "yesterday", "10", "9GiB", "1kB", "3", ""]);
    let states =
        prop::sample::select(vec!["running", "Stopped", "available", "not", "un", "10.0.0.0/8", "10.1", "0.0.0.0/0", "i-1", "v=", "env=p"]);
    let value = prop_oneof![items::word(), dates.prop_map(str::to_owned), states.prop_map(str::to_owned), items::address()];
    queries::query_of(queries::token_of(queries::field(), value).boxed())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_finds_what_the_documentation_says(items in items(), query in query()) {
        let expected: Vec<_> = newest(&items).into_iter().filter(|item| naive::fits(item, &query, &schema(), CLOCK)).map(|item| item.id.clone()).collect();
        prop_assert_eq!(found(&filled(&items), &query), expected, "{}", query);
    }

    #[test]
    fn it_finds_the_same_step_by_step_while_rows_arrive_and_change(
        items in items(), later in items(), query in query(), before in 0..200_usize
    ) {
        let mut store = filled(&items);
        let mut search = Search::new(&store, &query, CLOCK);
        search.step(&store, before);
        fill(&mut store, &later);
        while !search.step(&store, 1) {}
        prop_assert!(search.is_done(&store));
        prop_assert_eq!(ids(&store, &search), found(&store, &query));
    }

    #[test]
    fn a_cloud_that_filters_hides_nothing_that_is_asked_for(items in items(), query in query()) {
        let found = found(&filled(&items), &query);
        for filter in cloud_filters(&query, &schema()) {
            for item in newest(&items).into_iter().filter(|item| found.contains(&item.id)) {
                let has = |key: &str, value: &String| {
                    filter.name == format!("tag:{key}") && filter.values.contains(value)
                        || filter.name == "tag-key" && filter.values.iter().any(|value| value == key)
                };
                let passes = match filter.name.as_str() {
                    "image-name" => filter.values.contains(&item.name),
                    "instance-state-name" => filter.values.contains(&item.state),
                    "group-name" => item.groups.iter().any(|group| filter.values.contains(group)),
                    _ => item.tags.iter().any(|(key, value)| has(key, value)),
                };
                prop_assert!(passes, "{} {:?} {:?}", query, filter, item);
            }
        }
    }

    #[test]
    fn a_store_that_was_refreshed_is_like_a_new_one(items in items(), later in items(), query in query()) {
        let mut store = filled(&items);
        fill(&mut store, &later);
        let wanted: Vec<_> = later.iter().map(|item| item.id.as_str()).collect();
        store.retain(|id| wanted.contains(&id));
        let (mut old, mut new) = (found(&store, &query), found(&filled(&later), &query));
        old.sort();
        new.sort();
        prop_assert_eq!(old, new);
    }

    #[test]
    fn going_on_typing_finds_the_same_as_typing_at_once(
        items in items(), later in items(), base in query(), text in "[a-z0-9=-]{1,3} ?[a-z0-9]{0,2}", seen in 0..200_usize
    ) {
        let mut store = filled(&items);
        let mut search = Search::new(&store, &base, CLOCK);
        search.step(&store, seen);
        for end in 1..=text.len() {
            if end == 2 {
                fill(&mut store, &later);
            }
            let query = Query::all(vec![base.clone(), parse(&text[..end], &schema()).0]);
            search = search.refine(&store, &query, CLOCK).finish(&store);
            prop_assert_eq!(ids(&store, &search), found(&store, &query), "{}", query);
        }
    }
}

#[test]
fn a_cloud_is_asked_for_what_it_can_filter() {
    let text = "state=running state=stopped tag:env=prod* tag:owner key=x launched>7d name=\"\" -name=db (name=a or tag:x=y)";
    let filters = cloud_filters(&parse(text, &schema()).0, &schema());
    let filters: Vec<_> = filters.iter().map(|filter| (filter.name.as_str(), filter.values.join(" "))).collect();
    assert_eq!(filters, [("instance-state-name", "running stopped".to_owned()), ("tag-key", "owner".to_owned())]);
    let filters = cloud_filters(&parse("tag:a=\"b*\" and tag:c=d and group=x and group=y and tag:e=\"\"", &schema()).0, &schema());
    let filters: Vec<_> = filters.iter().map(|filter| (filter.name.as_str(), filter.values.join(" "))).collect();
    assert_eq!(filters, [("tag:c", "d".to_owned()), ("group-name", "x".to_owned())]);
    assert_eq!(cloud_filters(&parse("state=running or x", &schema()).0, &schema()), []);
}

#[test]
fn many_rows_are_found_in_blocks_as_well() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let items: Vec<_> = (0..10_000)
        .map(|index| Item { id: format!("i-{index:05}"), ..items::item().new_tree(&mut runner).expect("an item").current() })
        .collect();
    let mut store = filled(&items);
    // Some rows move to the end of the words.
    let moved: Vec<_> = items.iter().step_by(97).map(|item| Item { note: format!("{} moved", item.note), ..item.clone() }).collect();
    fill(&mut store, &moved);
    let all: Vec<Item> = items.iter().chain(&moved).cloned().collect();
    let newest: std::collections::BTreeMap<_, _> = all.iter().map(|item| (item.id.clone(), item)).collect();
    for text in ["web", "moved", "i-0", "i-09", "state=running moved", "-web group:a or 9", "cores>2 i-01 -moved"] {
        let query = parse(text, &schema()).0;
        let fits = |item: &Item| naive::fits(item, &query, &schema(), CLOCK);
        let expected: Vec<_> = newest.values().filter(|item| fits(item)).map(|item| item.id.clone()).collect();
        assert_eq!(found(&store, &query), expected, "{text}");
        assert!(!expected.is_empty(), "{text} finds nothing and proves nothing");
    }
}
