//! The order of rows and the counts of values, against the plain way to work them out.

#[path = "support/items.rs"]
mod items;
#[path = "support/schema.rs"]
mod schema;

use std::cmp::Ordering;

use items::{Item, fill, newest};
use proptest::prelude::*;
use schema::schema;
use search::{
    Bits, Clock, Field, Query, Record, Search, SortKey, Sorter, Store, Token,
    counts::{Count, Wanted, counts, tag_keys, without_field},
    literal::{Network, network},
    natural,
    query::parse,
    view,
};

fn filled(items: &[Item]) -> Store {
    let mut store = Store::new(schema());
    fill(&mut store, items);
    store
}

fn ids(store: &Store, rows: &[u32]) -> Vec<String> {
    rows.iter().map(|row| store.id(*row as usize).to_owned()).collect()
}

/// What is missing is last in both directions.
fn directed<T>(one: Option<T>, other: Option<T>, is_descending: bool, compare: impl Fn(T, T) -> Ordering) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if is_descending => compare(other, one),
        (Some(one), Some(other)) => compare(one, other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    }
}

fn compare(one: &Item, other: &Item, key: &SortKey) -> Ordering {
    let numbers = |item: &Item| match key.property.as_str() {
        "cores" => Some(item.cores),
        "size" => Some(item.size),
        "launched" => Some(item.launched),
        _ => None,
    };
    if let Some((one, other)) = numbers(one).zip(numbers(other)) {
        return directed(one, other, key.is_descending, |one, other| one.total_cmp(&other));
    }
    let text = |item: &Item| match key.property.as_str() {
        "name" => item.name.clone(),
        "ip" => item.ip.clone(),
        "state" => schema().property("state").expect("the schema of the tests").label_of(&item.state).to_owned(),
        property => panic!("{property}"),
    };
    if let Some(tag) = key.property.strip_prefix("tag:") {
        let value = |item: &Item| item.tags.iter().find(|(key, _)| key == tag).map(|(_, value)| value.clone());
        return directed(value(one), value(other), key.is_descending, |one, other| natural(&one, &other));
    }
    let present = |item: &Item| Some(text(item)).filter(|text| !text.is_empty());
    // Of two choices with the same label the value decides.
    let by_value = if key.property == "state" { one.state.cmp(&other.state) } else { Ordering::Equal };
    let by_value = if key.is_descending { by_value.reverse() } else { by_value };
    let by_text = directed(present(one), present(other), key.is_descending, |one, other| {
        if key.property != "ip" {
            return natural(&one, &other);
        }
        let by_value = |text: &str| network(text).map(Network::key);
        directed(by_value(&one), by_value(&other), false, |one, other| one.cmp(&other)).then_with(|| natural(&one, &other))
    });
    by_text.then(by_value)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn rows_stand_as_the_plain_way_puts_them(
        items in prop::collection::vec(items::item(), 0..40),
        later in prop::collection::vec(items::item(), 0..20),
        keys in prop::collection::vec((prop::sample::select(vec!["name", "ip", "state", "cores", "size", "launched", "tag:env", "tag:a:b"]), any::<bool>()), 0..3),
    ) {
        let keys: Vec<_> = keys.into_iter().map(|(key, is_descending)| SortKey { property: key.to_owned(), is_descending }).collect();
        let mut store = filled(&items);
        let mut sorter = Sorter::default();
        sorter.order(&store, &keys);
        fill(&mut store, &later);
        let all: Vec<_> = items.iter().chain(&later).cloned().collect();
        let mut expected = newest(&all);
        expected.sort_by(|one, other| {
            let by_keys = keys.iter().map(|key| compare(one, other, key)).find(|order| order.is_ne());
            by_keys.unwrap_or_else(|| natural(&one.id, &other.id))
        });
        let expected: Vec<_> = expected.into_iter().map(|item| item.id.clone()).collect();
        prop_assert_eq!(ids(&store, &sorter.order(&store, &keys)), expected);
    }

    #[test]
    fn values_are_counted_as_the_plain_way_counts(items in prop::collection::vec(items::item(), 0..40), text in "[a-e0-2]?") {
        let store = filled(&items);
        let query = parse(&text, &schema()).0;
        let rows = Search::new(&store, &query, Clock::default()).finish(&store).hits().clone();
        let found: Vec<_> = newest(&items).into_iter().filter(|item| rows.get(store.row(&item.id).unwrap())).collect();
        let n = |fits: &dyn Fn(&Item) -> bool| found.iter().filter(|item| fits(item)).count();
        for Count { value, n_rows, .. } in counts(&store, &Field::Property("state".to_owned()), &rows, Wanted::default()) {
            prop_assert_eq!(n_rows, n(&|item| item.state == value));
        }
        let groups = counts(&store, &Field::Property("group".to_owned()), &rows, Wanted::default());
        for Count { value, n_rows, .. } in &groups {
            prop_assert_eq!(*n_rows, n(&|item| item.groups.contains(value) || (item.groups.is_empty() && value.is_empty())));
        }
        prop_assert!(groups.windows(2).all(|pair| pair[0].n_rows >= pair[1].n_rows));
        for Count { value, n_rows, .. } in counts(&store, &Field::Tag("env".to_owned()), &rows, Wanted::default()) {
            prop_assert_eq!(n_rows, n(&|item| item.tags.contains(&("env".to_owned(), value.clone()))));
        }
        for Count { value, n_rows, .. } in tag_keys(&store, &rows) {
            prop_assert_eq!(n_rows, n(&|item| item.tags.iter().any(|(key, _)| *key == value)));
        }
    }
}

#[test]
fn choices_are_counted_even_where_no_row_has_them() {
    let counts = counts(&filled(&[]), &Field::Property("state".to_owned()), &Bits::default(), Wanted::default());
    let values: Vec<_> = counts.iter().map(|count| (count.value.as_str(), count.label.as_str(), count.n_rows)).collect();
    assert_eq!(values[0], ("available", "Available", 0));
    assert_eq!(values.len(), 4);
}

#[test]
fn of_very_many_values_the_most_frequent_are_counted() {
    let mut store = Store::new(schema());
    let mut record = Record::new();
    for (id, name) in ["web-1", "Web-2", "db", "web-2", "db", "Web-2"].iter().enumerate() {
        record.begin(&id.to_string());
        record.value(0, name);
        store.upsert(&record);
    }
    let counted = |text, most| {
        let counts = counts(&store, &Field::Property("name".to_owned()), store.rows(), Wanted { text, most });
        counts.into_iter().map(|count| (count.value, count.n_rows)).collect::<Vec<_>>()
    };
    let expected = |values: &[(&str, usize)]| values.iter().map(|(value, n)| ((*value).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(counted("", 2), expected(&[("db", 2), ("Web-2", 2)]));
    assert_eq!(counted("WEB", 2), expected(&[("Web-2", 2), ("web-1", 1)]));
}

#[test]
fn a_facet_is_counted_without_its_own_tokens() {
    let query = parse("state=running state!=stopped name:x (state=odd or x)", &schema()).0;
    let state = Field::Property("state".to_owned());
    assert_eq!(without_field(&query, &state), parse("name:x (state=odd or x)", &schema()).0);
    let either = parse("state=running or x", &schema()).0;
    assert_eq!(without_field(&either, &state), either);
    assert_eq!(without_field(&Query::from(Token::text("x")), &Field::Text), Query::default());
}

#[test]
fn orders_are_read_and_written() {
    let keys = SortKey::parse("-launched,name,-tag:a%2Cb%25,launched");
    assert_eq!(keys.iter().map(|key| key.property.as_str()).collect::<Vec<_>>(), ["launched", "name", "tag:a,b%"]);
    assert_eq!(SortKey::print(&keys), "-launched,name,-tag:a%2Cb%25");
    assert_eq!(SortKey::parse(""), []);
}

#[test]
fn a_view_is_the_order_without_what_was_not_found() {
    assert_eq!(view(&[3, 1, 2, 0], &[0, 1, 3].into_iter().collect()), [3, 1, 0]);
}
