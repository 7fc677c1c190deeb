//! How many rows have which value: the live counts beside what can be chosen.

use std::collections::BTreeMap;

use crate::{
    bits::Bits,
    natural::natural,
    query::{Clause, Field, Join, Query},
    store::{Store, TAG_END, Values, codes},
};

/// A value, and how many rows have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The empty one stands for having none.
    pub value: String,
    /// As shown; of the empty value empty too, unless it is a choice with a label.
    pub label: String,
    pub n_rows: usize,
}

/// The values of a field among these rows, the most frequent first; choices also where no row has them. Numbers and dates are not counted.
pub fn counts(store: &Store, field: &Field, rows: &Bits) -> Vec<Count> {
    let Some(values) = store.texts(field) else { return Vec::new() };
    let by_value = by_value(values, rows);
    let all = codes(by_value.len()).map(|code| (values.dictionary.value(code), by_value[code as usize]));
    let mut counts = match field {
        Field::Tag(key) => {
            let of_key = all.filter_map(|(tag, n)| Some((tag.strip_prefix(key.as_str())?.strip_prefix(TAG_END)?, n)));
            of_key.filter(|(_, n)| *n > 0).map(|(value, n)| count(value, value, n)).collect()
        }
        Field::Text => Vec::new(),
        Field::Property(key) => {
            let property = store.schema().property(key);
            let is_choice = |value: &str| property.is_some_and(|property| property.choices.iter().any(|choice| choice.value == value));
            let label = |value: &'_ str| property.map_or_else(String::new, |property| property.label_of(value).to_owned());
            let mut counts: Vec<_> =
                all.filter(|(value, n)| *n > 0 && !is_choice(value)).map(|(value, n)| count(value, &label(value), n)).collect();
            let choices = property.map_or(&[][..], |property| &property.choices);
            counts.extend(choices.iter().map(|choice| {
                let n_rows = values.dictionary.get(&choice.value).map_or(0, |code| by_value[code as usize]);
                count(&choice.value, &choice.label, n_rows)
            }));
            counts
        }
    };
    sort(&mut counts);
    counts
}

/// The keys of the tags of these rows, the most frequent first.
pub fn tag_keys(store: &Store, rows: &Bits) -> Vec<Count> {
    let by_tag = by_value(store.tags(), rows);
    let mut by_key = BTreeMap::new();
    for code in codes(by_tag.len()) {
        let key = store.tags().dictionary.value(code).split_once(TAG_END).map(|(key, _)| key);
        if let Some(key) = key.filter(|_| by_tag[code as usize] > 0) {
            *by_key.entry(key).or_default() += by_tag[code as usize];
        }
    }
    let mut counts: Vec<_> = by_key.into_iter().map(|(key, n)| count(key, key, n)).collect();
    sort(&mut counts);
    counts
}

/// The query that the values of a field are counted under: its own tokens are left out, or choosing one would take away all the others.
/// Where alternatives are asked for, nothing is.
#[must_use]
pub fn without_field(query: &Query, field: &Field) -> Query {
    if query.join() == Join::Or {
        return query.clone();
    }
    let others = query.clauses().iter().filter(|clause| !matches!(clause, Clause::Token(token) if token.field() == field));
    Query::new(query.join(), others.cloned().collect())
}

fn by_value(values: &Values, rows: &Bits) -> Vec<u32> {
    let mut by_row_code = vec![0; values.row_codes().len()];
    let of_rows = values.rows();
    rows.iter().filter(|row| *row < of_rows.len()).for_each(|row| by_row_code[of_rows[row] as usize] += 1);
    values.by_value(by_row_code)
}

fn count(value: &str, label: &str, n_rows: u32) -> Count {
    Count { value: value.to_owned(), label: label.to_owned(), n_rows: n_rows as usize }
}

fn sort(counts: &mut [Count]) {
    counts.sort_by(|one, other| other.n_rows.cmp(&one.n_rows).then_with(|| natural(&one.label, &other.label)));
}
