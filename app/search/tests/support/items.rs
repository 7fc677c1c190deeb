//! Random rows for the schema of the queries, and what goes into the store of them.

use proptest::prelude::*;
use search::{Record, Schema, Store};

/// A row, with the fields of `schema::schema`.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub id: String,
    pub name: String,
    pub state: String,
    pub key: String,
    pub pair: String,
    pub groups: Vec<String>,
    pub cores: Option<f64>,
    pub size: Option<f64>,
    pub launched: Option<f64>,
    pub ip: String,
    pub tags: Vec<(String, String)>,
    pub note: String,
}

/// The moment at which all tests take place: 2026-01-15T12:00:00Z.
pub const NOW: i64 = 1_768_478_400;

pub fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["", "web", "Web-9", "web-10", "db", "T3.micro", "t3.large", "a=b", "ÜBER", "über", "prod", "x*y"]).prop_map(str::to_owned),
        1 => "[aAbB=*\\\\. é]{0,5}",
    ]
}

pub fn address() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "10.0.0.1", "10.1.0.0/16", "10.1.2.3", "192.168.0.9", "192.168.0.10", "fe80::1", "pending"])
        .prop_map(str::to_owned)
}

pub fn item() -> impl Strategy<Value = Item> {
    let state = prop::sample::select(vec!["running", "stopped", "available", "unavailable", "Running", "", "odd"]);
    let tags = prop::collection::btree_map(prop::sample::select(vec!["env", "Name", "a:b", "Env"]), word(), 0..3);
    let texts = ("i-[0-9]{1,3}", word(), state, word(), word(), prop::collection::vec(word(), 0..3));
    let cores = prop::option::of((0_i32..6).prop_map(f64::from));
    let size = prop::option::of(prop::sample::select(vec![0.0, 1024.0, 9.0 * GIB, 10.0 * GIB, 1e10]));
    let launched = prop::option::of(prop_oneof![Just(NOW - 7 * DAY), Just(NOW - 8 * DAY), NOW - 20 * DAY..NOW].prop_map(seconds));
    (texts, cores, size, launched, address(), tags, word()).prop_map(
        |((id, name, state, key, pair, groups), cores, size, launched, ip, tags, note)| Item {
            id,
            name,
            state: state.to_owned(),
            key,
            pair,
            groups,
            cores,
            size,
            launched,
            ip,
            tags: tags.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            note,
        },
    )
}

const GIB: f64 = 1_073_741_824.0;
const DAY: i64 = 86_400;

#[expect(clippy::cast_precision_loss, reason = "dates are small")]
fn seconds(at: i64) -> f64 {
    at as f64
}

impl Item {
    pub fn write(&self, schema: &Schema, record: &mut Record) {
        let at = |key: &str| schema.position(key).expect("the schema of the tests");
        record.begin(&self.id);
        for (key, value) in [("name", &self.name), ("state", &self.state), ("key", &self.key), ("pair", &self.pair), ("ip", &self.ip)] {
            record.value(at(key), value);
        }
        self.groups.iter().for_each(|group| record.value(at("group"), group));
        for (key, number) in [("cores", self.cores), ("size", self.size), ("launched", self.launched)] {
            if let Some(number) = number {
                record.number(at(key), number);
            }
        }
        self.tags.iter().for_each(|(key, value)| record.tag(key, value));
        record.word(&self.id);
        record.word(&self.note);
    }
}

/// Puts rows into a store; later ones replace those of the same id.
pub fn fill(store: &mut Store, items: &[Item]) {
    let (schema, mut record) = (store.schema().clone(), Record::new());
    for item in items {
        item.write(&schema, &mut record);
        store.upsert(&record);
    }
}

/// The last of the items of each id, in the order of the first.
pub fn newest(items: &[Item]) -> Vec<&Item> {
    let mut newest: Vec<&Item> = Vec::new();
    for item in items {
        match newest.iter_mut().find(|other| other.id == item.id) {
            Some(other) => *other = item,
            None => newest.push(item),
        }
    }
    newest
}
