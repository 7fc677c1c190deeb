//! A token: one thing that is asked, a pill on the screen.

use super::{Operator, pattern};

/// What a token looks at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Everything that free text is looked for in.
    Text,
    /// A property, by its key.
    Property(String),
    /// A tag, by its key.
    Tag(String),
}

/// A field, how it is compared, and with what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    field: Field,
    operator: Operator,
    value: String,
    is_negated: bool,
    is_off: bool,
}

impl Token {
    /// A pattern without a star is no pattern; a tag that only has to be there has no value.
    pub fn new(field: Field, operator: Operator, value: impl Into<String>) -> Self {
        let value = value.into();
        let (operator, value) = match operator {
            Operator::Like => match pattern::literal(&value) {
                Some(literal) => (Operator::Has, literal),
                None => (Operator::Like, pattern::canonical(&value)),
            },
            Operator::Exists => (Operator::Exists, String::new()),
            operator => (operator, value),
        };
        Self { field, operator, value, is_negated: false, is_off: false }
    }

    /// Free text: a word, or a phrase.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Field::Text, Operator::Has, text)
    }

    /// A property with the very value, as a facet's option asks for it; the empty one asks for rows without a value.
    pub fn is(property: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(Field::Property(property.into()), Operator::Is, value)
    }

    /// The opposite.
    #[must_use]
    pub fn negated(mut self) -> Self {
        self.is_negated = !self.is_negated;
        self
    }

    /// The same, switched on or off.
    #[must_use]
    pub fn switched(mut self) -> Self {
        self.is_off = !self.is_off;
        self
    }

    pub fn field(&self) -> &Field {
        &self.field
    }

    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// As written; of [`Operator::Like`] a pattern.
    pub fn value(&self) -> &str {
        &self.value
    }

    pub fn is_negated(&self) -> bool {
        self.is_negated
    }

    /// Whether it is kept without being asked.
    pub fn is_off(&self) -> bool {
        self.is_off
    }

    /// Whether it is one of the alternatives of its field where facets are joined. Each word of free text has to fit.
    pub fn is_alternative(&self) -> bool {
        self.field != Field::Text && !self.is_negated && self.operator.is_alternative()
    }
}
