//! A row on its way into the store.

use std::ops::Range;

/// What a row consists of. One is enough for any number of rows: it keeps its room.
#[derive(Debug, Default)]
pub struct Record {
    text: String,
    id: Range<usize>,
    values: Vec<(usize, Range<usize>)>,
    numbers: Vec<(usize, f64)>,
    /// Key, a NUL and the value, as the store keeps them.
    tags: Vec<Range<usize>>,
    words: Vec<Range<usize>>,
}

/// Between the key and the value of a tag. It occurs in no key.
pub(crate) const TAG_END: char = '\0';

/// The value of a tag as the store keeps it, where it is of this key.
pub(crate) fn tag_value<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    tag.strip_prefix(key)?.strip_prefix(TAG_END)
}

impl Record {
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a row: what was before is forgotten.
    pub fn begin(&mut self, id: &str) {
        self.text.clear();
        self.values.clear();
        self.numbers.clear();
        self.tags.clear();
        self.words.clear();
        self.id = self.keep(id);
    }

    /// A value of a property, by its position in the schema; again for properties that can have several.
    pub fn value(&mut self, property: usize, value: &str) {
        let span = self.keep(value);
        self.values.push((property, span));
    }

    /// The value of a property that is a number, a size in bytes or a date in seconds.
    pub fn number(&mut self, property: usize, number: f64) {
        self.numbers.push((property, number));
    }

    /// A tag. Free text finds it as `key=value`.
    pub fn tag(&mut self, key: &str, value: &str) {
        let start = self.text.len();
        self.text.extend(key.chars().filter(|c| *c != TAG_END));
        self.text.push(TAG_END);
        self.text.push_str(value);
        self.tags.push(start..self.text.len());
    }

    /// Something that free text finds the row by, beside the searched properties and the tags.
    pub fn word(&mut self, word: &str) {
        let span = self.keep(word);
        self.words.push(span);
    }

    pub(super) fn id(&self) -> &str {
        &self.text[self.id.clone()]
    }

    pub(super) fn values(&self, property: usize) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(of, _)| *of == property).map(|(_, span)| &self.text[span.clone()])
    }

    pub(super) fn number_of(&self, property: usize) -> f64 {
        self.numbers.iter().find(|(of, _)| *of == property).map_or(f64::NAN, |(_, number)| *number)
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(|span| &self.text[span.clone()])
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|span| &self.text[span.clone()])
    }

    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }
}
