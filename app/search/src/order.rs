//! The order of rows: by several columns, as people count, what is missing always last.

mod ranks;

use self::ranks::Ranks;
use crate::{
    bits::Bits,
    literal::network,
    natural::push_key,
    query::TAG,
    schema::{Kind, Property},
    store::{Column, Store, TAG_END, Values, codes, tag_value},
};

/// A column that rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The key of a property, or `tag:` and the key of a tag.
    pub property: String,
    pub is_descending: bool,
}

/// Sorts the rows of one store, and remembers how their values are ordered: another column, the other direction or more rows cost less.
#[derive(Debug, Default)]
pub struct Sorter {
    ids: Ranks,
    columns: Vec<Ranks>,
    /// Of the tags, by their values: those of one key are compared with each other alone.
    tags: Ranks,
}

impl SortKey {
    /// Reads `-launched,name,tag:env`: the columns by weight, a minus for descending. One that comes again is left out.
    pub fn parse(text: &str) -> Vec<Self> {
        let mut keys: Vec<Self> = Vec::new();
        for key in text.split(',').filter(|key| !key.is_empty()) {
            let (key, is_descending) = key.strip_prefix('-').map_or((key, false), |key| (key, true));
            // Keys of tags may hold what stands between columns.
            let property = key.replace("%2C", ",").replace("%25", "%");
            if keys.iter().all(|known| known.property != property) {
                keys.push(Self { property, is_descending });
            }
        }
        keys
    }

    /// As [`SortKey::parse`] reads it.
    pub fn print(keys: &[Self]) -> String {
        let print = |key: &Self| {
            let property = key.property.replace('%', "%25").replace(',', "%2C");
            format!("{}{property}", if key.is_descending { "-" } else { "" })
        };
        keys.iter().map(print).collect::<Vec<_>>().join(",")
    }
}

impl Sorter {
    /// The rows that are there, in order; by columns that are not there they are not sorted. Equal ones are in the order of their ids, so that
    /// a refresh moves nothing.
    pub fn order(&mut self, store: &Store, keys: &[SortKey]) -> Vec<u32> {
        self.ids.update(store.ids(), push_key);
        let present = |row: &u32| store.rows().get(*row as usize);
        // A row has the number of its id.
        let mut rows: Vec<u32> = self.ids.sorted().filter(present).collect();
        for key in keys.iter().rev() {
            if let Some(tag) = key.property.strip_prefix(TAG) {
                let by_row_code = self.by_tag(store, tag);
                let of_row = |row: u32| by_row_code[store.tags().rows()[row as usize] as usize];
                sort(&mut rows, key.is_descending, of_row);
            } else if let Some(property) = store.schema().position(&key.property) {
                self.sort_by(store, property, key.is_descending, &mut rows);
            }
        }
        rows
    }

    fn sort_by(&mut self, store: &Store, property: usize, is_descending: bool, rows: &mut [u32]) {
        match store.column(property) {
            Column::Numbers(numbers) => sort(rows, is_descending, |row| of_number(numbers[row as usize])),
            Column::Texts(values) => {
                if self.columns.len() <= property {
                    self.columns.resize_with(property + 1, Ranks::default);
                }
                let ranks = &mut self.columns[property];
                let described = &store.schema().properties[property];
                ranks.update(&values.dictionary, |value, key| push_value_key(described, value, key));
                let by_row_code = by_row_code(values, ranks, described);
                sort(rows, is_descending, |row| by_row_code[values.rows()[row as usize] as usize]);
            }
        }
    }

    /// The ranks of the numbers of rows by the value of one tag.
    fn by_tag(&mut self, store: &Store, tag: &str) -> Vec<Option<u64>> {
        let values = store.tags();
        let ranks = &mut self.tags;
        ranks.update(&values.dictionary, |tag, key| push_key(tag.split_once(TAG_END).map_or("", |(_, value)| value), key));
        let rank = |code| tag_value(values.dictionary.value(code), tag).map(|_| u64::from(ranks.rank(code)));
        let rank: Vec<_> = codes(values.dictionary.len()).map(rank).collect();
        values.row_codes().map(|code| values.of_row_code(&code).iter().find_map(|code| rank[*code as usize])).collect()
    }
}

/// Sorts rows by what a column has for them.
fn sort(rows: &mut [u32], is_descending: bool, of_row: impl Fn(u32) -> Option<u64>) {
    let directed = |key: Option<u64>| match key {
        None => u64::MAX,
        Some(key) if is_descending => u64::MAX - 1 - key,
        Some(key) => key,
    };
    let mut keyed: Vec<(u64, u32)> = rows.iter().map(|row| (directed(of_row(*row)), *row)).collect();
    // Stable: what this column leaves undecided stays as the columns of less weight have put it.
    keyed.sort_by_key(|(key, _)| *key);
    rows.iter_mut().zip(keyed).for_each(|(row, (_, sorted))| *row = sorted);
}

/// The rows of an order that were found.
pub fn view(order: &[u32], hits: &Bits) -> Vec<u32> {
    order.iter().copied().filter(|row| hits.get(*row as usize)).collect()
}

/// The ranks of the numbers of rows; of several values the first counts. To have none is a value where there is a word for it.
fn by_row_code(values: &Values, ranks: &Ranks, property: &Property) -> Vec<Option<u64>> {
    let is_missing = property.choices.iter().all(|choice| !choice.value.is_empty());
    let empty = values.dictionary.get("").filter(|_| is_missing);
    let rank = |code: &u32| (Some(*code) != empty).then(|| u64::from(ranks.rank(*code)));
    values.row_codes().map(|code| values.of_row_code(&code).iter().filter_map(rank).min()).collect()
}

/// A number as an integer of the same order.
fn of_number(number: f64) -> Option<u64> {
    const SIGN: u64 = 1 << 63;
    let bits = (number + 0.0).to_bits(); // -0 is 0
    (!number.is_nan()).then_some(if bits & SIGN == 0 { bits | SIGN } else { !bits })
}

/// Choices go by what is shown, addresses by their value, and before what is none.
fn push_value_key(property: &Property, value: &str, key: &mut Vec<u8>) {
    match property.kind {
        Kind::Choice => push_key(property.label_of(value), key),
        Kind::Address => {
            if let Some(network) = network(value) {
                let (is_v6, bits, prefix) = network.key();
                key.push(u8::from(is_v6));
                key.extend_from_slice(&bits.to_be_bytes());
                key.extend_from_slice(&prefix.to_be_bytes());
            } else {
                key.push(2);
                push_key(value, key);
            }
        }
        Kind::Text | Kind::Number | Kind::Size { .. } | Kind::Date => push_key(value, key),
    }
}
