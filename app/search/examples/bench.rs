//! `cargo run -p search --release --example bench`: the engine over 100,000 rows beside plain loops over the same rows, medians in
//! milliseconds.

use std::{hint::black_box, time::Instant};

use search::{
    Bits, Clock, Field, Kind, Property, Query, Record, Schema, Search, SortKey, Sorter, Store,
    counts::{Wanted, counts},
    query::parse,
    suggest::suggest,
    view,
};

const N_ROWS: usize = 100_000;
const N_RUNS: usize = 15;

fn main() {
    let schema = schema();
    let rows: Vec<[String; 8]> = (0..N_ROWS).map(row).collect();
    let store = fill(&schema, &rows);
    println!("{N_ROWS} rows of 8 fields, medians of {N_RUNS} runs");
    println!("{:<34}{:>10.2}", "fill the store", median(|| fill(&schema, &rows)));

    let lowered: Vec<[String; 8]> = rows.iter().map(|row| row.clone().map(|field| field.to_lowercase())).collect();
    let joined: Vec<String> = lowered.iter().map(|row| row.join("\n")).collect();
    println!("\n{:<34}{:>10}{:>10}{:>10}{:>10}", "free text", "hits", "engine", "8 fields", "1 string");
    for text in ["ubuntu", "arm64", "zzz", "ami-0", "ami-00ff", "e"] {
        let query = parse(text, &schema).0;
        let search = || Search::new(&store, &query, Clock::default()).finish(&store);
        let by_field = || lowered.iter().filter(|row| row.iter().any(|field| field.contains(text))).count();
        let by_row = || joined.iter().filter(|row| row.contains(text)).count();
        assert_eq!(search().hits().count(), by_field());
        println!("{text:<34}{:>10}{:>10.2}{:>10.2}{:>10.2}", search().hits().count(), median(search), median(by_field), median(by_row));
    }

    println!("\n{:<34}{:>10}{:>10}", "other queries", "hits", "engine");
    for text in
        ["state=available", "state!=available architecture=arm64", "name:ubuntu*server", "created<30d", "\"ubuntu 24\" owner:99 arm64"]
    {
        let query = parse(text, &schema).0;
        let search = || Search::new(&store, &query, Clock { now: 1_768_478_400, utc_offset: 0 }).finish(&store);
        println!("{text:<34}{:>10}{:>10.2}", search().hits().count(), median(search));
    }
    println!("\n{:<34}{:>10}", "typing \"ubuntu-24\", the worst key", format!("{:.2}", worst_key(&store)));

    println!("\nsorting");
    for text in ["", "created", "-name", "architecture,-created"] {
        let keys = SortKey::parse(text);
        let first = median(|| Sorter::default().order(&store, &keys));
        let mut sorter = Sorter::default();
        sorter.order(&store, &keys);
        println!("{:<34}{first:>10.2}{:>10.2} again", if text.is_empty() { "by id" } else { text }, median(|| sorter.order(&store, &keys)));
    }
    let order = Sorter::default().order(&store, &[]);
    let all: Bits = (0..N_ROWS).collect();
    println!("\n{:<34}{:>10.2}", "view of all", median(|| view(&order, &all)));
    let empty = Query::default();
    println!("{:<34}{:>10.2}", "suggestions for \"ub\"", median(|| suggest(&store, &empty, Clock::default(), "ub", 2)));
    println!(
        "{:<34}{:>10.2}",
        "counts of the architecture",
        median(|| counts(&store, &Field::Property("architecture".to_owned()), &all, Wanted::default()))
    );
}

fn worst_key(store: &Store) -> f64 {
    let text = "ubuntu-24";
    let nothing = Search::new(store, &Query::default(), Clock::default()).finish(store);
    let key = |end: usize| {
        let query = parse(&text[..end], store.schema()).0;
        let before = match end {
            1 => &nothing,
            _ => &Search::new(store, &parse(&text[..end - 1], store.schema()).0, Clock::default()).finish(store),
        };
        median(|| before.refine(store, &query, Clock::default()).finish(store))
    };
    (1..=text.len()).map(key).fold(0.0, f64::max)
}

fn schema() -> Schema {
    Schema {
        properties: vec![
            Property::new("name", "Name", Kind::Text),
            Property::new("description", "Description", Kind::Text),
            Property::new("architecture", "Architecture", Kind::Choice).searched(),
            Property::new("state", "State", Kind::Choice).searched(),
            Property::new("owner", "Owner", Kind::Text).searched(),
            Property::new("root", "Root device", Kind::Choice).searched(),
            Property::new("platform", "Platform", Kind::Choice).searched(),
            Property::new("created", "Created", Kind::Date),
        ],
        ..Schema::default()
    }
}

/// A row that looks like a public image; always the same for the same number.
fn row(index: usize) -> [String; 8] {
    let mut state = index as u64 + 1;
    let mut random = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % n
    };
    let id = format!("ami-{:08x}{:09x}", random(1 << 30), random(1 << 30));
    let system =
        ["ubuntu/images/hvm-ssd/ubuntu-noble-24.04-amd64-server", "amzn2-ami-hvm-2.0", "debian-12-amd64", "Windows_Server-2022"][random(4)];
    let day = random(3000);
    [
        id,
        format!("{system}-{}{:02}{:02}", 2017 + day / 365, day % 12 + 1, day % 28 + 1),
        format!(
            "{} image, built by pipeline {} for region tests",
            ["Canonical, Ubuntu 24.04", "Amazon Linux", "Debian"][random(3)],
            random(50_000)
        ),
        ["x86_64", "arm64", "i386"][random(3)].to_owned(),
        ["available", "pending", "failed"][random(3)].to_owned(),
        format!("{:012}", random(500) * 1_999_999),
        ["ebs", "instance-store"][random(2)].to_owned(),
        ["", "windows"][random(2)].to_owned(),
    ]
}

fn fill(schema: &Schema, rows: &[[String; 8]]) -> Store {
    let mut store = Store::new(schema.clone());
    let mut record = Record::new();
    for (index, row) in rows.iter().enumerate() {
        record.begin(&row[0]);
        row[1..].iter().enumerate().for_each(|(property, value)| record.value(property, value));
        row[..3].iter().for_each(|word| record.word(word));
        record.number(7, 1_768_478_400.0 - f64::from(u32::try_from(index * 7919 % 1_000_003).expect("it is small")) * 300.0);
        store.upsert(&record);
    }
    store
}

fn median<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut times: Vec<_> = (0..N_RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[N_RUNS / 2]
}
