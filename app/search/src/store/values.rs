//! A column of texts: a number per row.

use super::{dictionary::Dictionary, interner::Interner};

/// The values of a property for all rows. Rows have one number each, that of their value; where they can have several values, that of the
/// set of them, because sets repeat as values do.
#[derive(Debug, Default)]
pub(crate) struct Values {
    pub dictionary: Dictionary,
    sets: Option<Interner<u32>>,
    rows: Vec<u32>,
    /// For making a set.
    scratch: Vec<u32>,
}

impl Values {
    pub fn new(is_multiple: bool) -> Self {
        Self { sets: is_multiple.then(Interner::default), ..Self::default() }
    }

    /// A row without a value has the empty one.
    pub fn put<'a>(&mut self, row: usize, mut values: impl Iterator<Item = &'a str>) {
        let code = if let Some(sets) = &mut self.sets {
            self.scratch.clear();
            self.scratch.extend(values.map(|value| self.dictionary.intern(value)));
            if self.scratch.is_empty() {
                self.scratch.push(self.dictionary.intern(""));
            }
            self.scratch.sort_unstable();
            self.scratch.dedup();
            sets.intern(&self.scratch)
        } else {
            self.dictionary.intern(values.next().unwrap_or_default())
        };
        if row == self.rows.len() {
            self.rows.push(code);
        } else {
            self.rows[row] = code;
        }
    }

    /// The numbers by row: what [`Values::by_row_code`] is indexed by.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// From what holds for values to what holds for the numbers of rows: any of several values is enough.
    pub fn by_row_code(&self, by_value: Vec<bool>) -> Vec<bool> {
        match &self.sets {
            None => by_value,
            Some(sets) => codes(sets.len()).map(|set| sets.value(set).iter().any(|code| by_value[*code as usize])).collect(),
        }
    }

    /// From how many rows have a number to how many have a value.
    pub fn by_value(&self, by_row_code: Vec<u32>) -> Vec<u32> {
        let Some(sets) = &self.sets else { return by_row_code };
        let mut by_value = vec![0; self.dictionary.len()];
        for (set, n_rows) in codes(sets.len()).zip(by_row_code) {
            sets.value(set).iter().for_each(|code| by_value[*code as usize] += n_rows);
        }
        by_value
    }

    /// All the numbers that rows have.
    pub fn row_codes(&self) -> std::ops::Range<u32> {
        codes(self.sets.as_ref().map_or(self.dictionary.len(), Interner::len))
    }

    /// The values behind a number.
    pub fn of_row_code<'a>(&'a self, code: &'a u32) -> &'a [u32] {
        self.sets.as_ref().map_or(std::slice::from_ref(code), |sets| sets.value(*code))
    }
}

/// The first so many codes.
pub(crate) fn codes(n: usize) -> std::ops::Range<u32> {
    0..u32::try_from(n).expect("codes are u32")
}
