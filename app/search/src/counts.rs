//! How many rows have which value: the live counts beside what can be chosen.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    bits::Bits,
    fold::fold,
    natural::natural,
    needle::Needle,
    query::{Clause, Field, Join, Query},
    store::{Store, TAG_END, Values, codes, tag_value},
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

/// Which values are counted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// They contain this, in any case, or their label does.
    pub text: &'a str,
    /// So many at most; of equally frequent ones those that came first.
    pub most: usize,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Self { text: "", most: usize::MAX }
    }
}

/// The values of a field among these rows, the most frequent first; choices also where no row has them. Numbers and dates are not counted.
pub fn counts(store: &Store, field: &Field, rows: &Bits, wanted: Wanted<'_>) -> Vec<Count> {
    let Some(values) = store.texts(field) else { return Vec::new() };
    let text = fold(wanted.text);
    let by_value = by_value(values, rows);
    let fits = |text_of: &str| fold(text_of).contains(&text);
    let mut counts = match field {
        Field::Text => Vec::new(),
        Field::Tag(key) => {
            let value = |code| tag_value(values.dictionary.value(code), key);
            let of_key = codes(by_value.len()).filter(|code| by_value[*code as usize] > 0 && value(*code).is_some_and(fits));
            let of_key = most(of_key.collect(), &by_value, wanted.most).into_iter();
            of_key.filter_map(|code| value(code).map(|value| count(value, value, by_value[code as usize]))).collect()
        }
        Field::Property(key) => {
            let choices = store.schema().property(key).map_or(&[][..], |property| &property.choices);
            let mut found = values.dictionary.containing(&Needle::new(&text));
            // Choices follow, by their labels.
            choices.iter().filter_map(|choice| values.dictionary.get(&choice.value)).for_each(|code| found[code as usize] = false);
            let others = codes(by_value.len()).filter(|code| by_value[*code as usize] > 0 && found[*code as usize]).collect();
            let others = most(others, &by_value, wanted.most).into_iter();
            let mut counts: Vec<_> = others
                .map(|code| (values.dictionary.value(code), by_value[code as usize]))
                .map(|(value, n_rows)| count(value, value, n_rows))
                .collect();
            counts.extend(choices.iter().filter(|choice| fits(&choice.label) || fits(&choice.value)).map(|choice| {
                let n_rows = values.dictionary.get(&choice.value).map_or(0, |code| by_value[code as usize]);
                count(&choice.value, &choice.label, n_rows)
            }));
            counts
        }
    };
    sort(&mut counts);
    counts.truncate(wanted.most);
    counts
}

/// The most frequent of these values. Telling them apart by name would cost too much where there are very many.
fn most(mut codes: Vec<u32>, by_value: &[u32], n: usize) -> Vec<u32> {
    if codes.len() > n {
        codes.select_nth_unstable_by_key(n, |code| (Reverse(by_value[*code as usize]), *code));
        codes.truncate(n);
    }
    codes
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
