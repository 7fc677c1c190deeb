//! The rows, by columns: filled while they are searched, replaced one by one at a refresh.

mod dictionary;
mod interner;
mod record;
mod values;
mod words;

pub(crate) use self::{
    dictionary::Dictionary,
    record::{TAG_END, tag_value},
    values::{Values, codes},
    words::Words,
};
pub use record::Record;

use crate::{
    bits::Bits,
    query::Field,
    schema::{Kind, Schema},
};

/// Rows by number. A row keeps its number as long as the store lives, and no other row ever has it, even after it has gone.
#[derive(Debug)]
pub struct Store {
    schema: Schema,
    /// The number of a row is that of its id.
    ids: Dictionary,
    columns: Vec<Column>,
    tags: Values,
    words: Words,
    present: Bits,
    n_changes: u64,
}

#[derive(Debug)]
pub(crate) enum Column {
    Texts(Box<Values>),
    /// NaN where a row has none.
    Numbers(Vec<f64>),
}

/// How far a store has come: what was found in it before stays true of the rows until then, unless rows were changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub n_rows: usize,
    pub n_changes: u64,
}

impl Store {
    pub fn new(schema: Schema) -> Self {
        let column = |kind: Kind, is_multiple| {
            if kind.is_numeric() { Column::Numbers(Vec::new()) } else { Column::Texts(Box::new(Values::new(is_multiple))) }
        };
        let columns = schema.properties.iter().map(|property| column(property.kind, property.is_multiple)).collect();
        Self {
            schema,
            ids: Dictionary::default(),
            columns,
            tags: Values::new(true),
            words: Words::default(),
            present: Bits::default(),
            n_changes: 0,
        }
    }

    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Adds a row, or replaces the one with its id; its number.
    pub fn upsert(&mut self, record: &Record) -> usize {
        let n_rows = self.ids.len();
        let row = self.ids.intern(record.id()) as usize;
        if row < n_rows {
            self.n_changes += 1;
        }
        for (property, column) in self.columns.iter_mut().enumerate() {
            match column {
                Column::Texts(values) => values.put(row, record.values(property)),
                Column::Numbers(numbers) if row == numbers.len() => numbers.push(record.number_of(property)),
                Column::Numbers(numbers) => numbers[row] = record.number_of(property),
            }
        }
        self.tags.put(row, record.tags());
        self.words.put(row, record.words());
        self.present.set(row, true);
        row
    }

    /// Lets go of the rows whose id is not wanted any more.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(&str) -> bool) {
        let unwanted: Vec<_> = self.present.iter().filter(|row| !is_wanted(self.id(*row))).collect();
        unwanted.into_iter().for_each(|row| self.remove(row));
    }

    /// Lets go of a row.
    pub fn remove(&mut self, row: usize) {
        if self.present.get(row) {
            self.present.set(row, false);
            self.n_changes += 1;
        }
    }

    /// The rows that are there.
    pub fn rows(&self) -> &Bits {
        &self.present
    }

    pub fn id(&self, row: usize) -> &str {
        self.ids.value(u32::try_from(row).expect("rows are numbered by u32"))
    }

    /// The number of a row that is there.
    pub fn row(&self, id: &str) -> Option<usize> {
        self.ids.get(id).map(|row| row as usize).filter(|row| self.present.get(*row))
    }

    pub(crate) fn ids(&self) -> &Dictionary {
        &self.ids
    }

    pub(crate) fn column(&self, property: usize) -> &Column {
        &self.columns[property]
    }

    pub(crate) fn tags(&self) -> &Values {
        &self.tags
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The texts of a field, where it has texts.
    pub(crate) fn texts(&self, field: &Field) -> Option<&Values> {
        match field {
            Field::Text => None,
            Field::Tag(_) => Some(&self.tags),
            Field::Property(key) => match &self.columns[self.schema.position(key)?] {
                Column::Texts(values) => Some(values),
                Column::Numbers(_) => None,
            },
        }
    }

    pub(crate) fn stamp(&self) -> Stamp {
        Stamp { n_rows: self.ids.len(), n_changes: self.n_changes }
    }
}
