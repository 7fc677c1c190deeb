//! What can be asked of rows: their properties.

use crate::query::{Field, Operator};

/// What the values of a property are, which decides how they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// One of a few words, most of them with a label of ours.
    Choice,
    Number,
    /// Bytes. A number without a unit counts this many of them: `1 << 30` where people think in GiB.
    Size {
        unit: u64,
    },
    /// A moment, in seconds since 1970-01-01T00:00:00Z.
    Date,
    /// An IP address or a network.
    Address,
}

/// A value that is offered even where no row has it, with a word of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    /// As shown, translated.
    pub label: String,
}

/// A property that rows can be searched by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Stable: in texts and addresses.
    pub key: String,
    /// As shown, translated. It can be typed in place of the key.
    pub label: String,
    pub kind: Kind,
    /// Other names, as in older bookmarks.
    pub aliases: Vec<String>,
    pub choices: Vec<Choice>,
    /// Whether a row can have several values.
    pub is_multiple: bool,
    /// Whether free text looks at its values, each once. What is different from row to row is found quicker as a word of the record.
    pub is_searched: bool,
    /// Whether the cloud can evaluate equality of this property by a filter of this name.
    pub cloud_filter: Option<String>,
}

/// All that can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    pub properties: Vec<Property>,
    /// Whether rows have tags, each key of which is a property too: `tag:env=prod`.
    pub has_tags: bool,
    /// Parameters of older addresses that mean free text.
    pub text_aliases: Vec<String>,
}

impl Kind {
    /// Whether its values are numbers inside.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Size { .. } | Self::Date)
    }

    /// The operators that make sense, the usual one first.
    pub fn operators(self) -> &'static [Operator] {
        use Operator::{Greater, GreaterEqual, Has, Is, Less, LessEqual, Like, Starts};
        match self {
            Self::Text => &[Has, Is, Starts, Like],
            Self::Choice | Self::Address => &[Is, Has, Starts, Like],
            Self::Number | Self::Size { .. } | Self::Date => &[Is, Has, GreaterEqual, LessEqual, Less, Greater],
        }
    }
}

impl Property {
    pub fn new(key: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            kind,
            aliases: Vec::new(),
            choices: Vec::new(),
            is_multiple: false,
            is_searched: false,
            cloud_filter: None,
        }
    }

    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    #[must_use]
    pub fn choice(mut self, value: impl Into<String>, label: impl Into<String>) -> Self {
        self.choices.push(Choice { value: value.into(), label: label.into() });
        self
    }

    #[must_use]
    pub fn multiple(mut self) -> Self {
        self.is_multiple = true;
        self
    }

    #[must_use]
    pub fn searched(mut self) -> Self {
        self.is_searched = true;
        self
    }

    #[must_use]
    pub fn cloud_filter(mut self, name: impl Into<String>) -> Self {
        self.cloud_filter = Some(name.into());
        self
    }

    /// The word for one of its values; the value itself where there is none.
    pub fn label_of<'a>(&'a self, value: &'a str) -> &'a str {
        self.choices.iter().find(|choice| choice.value == value).map_or(value, |choice| &choice.label)
    }

    /// The names that it can be typed by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.key.as_str(), self.label.as_str()].into_iter().chain(self.aliases.iter().map(String::as_str))
    }
}

impl Schema {
    pub fn position(&self, key: &str) -> Option<usize> {
        self.properties.iter().position(|property| property.key == key)
    }

    pub fn property(&self, key: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.key == key)
    }

    /// The operators that can be used on a field, the usual one first; none where there is no such field.
    pub fn operators(&self, field: &Field) -> &'static [Operator] {
        use Operator::{Exists, Has, Is, Like, Starts};
        match field {
            Field::Text => &[Has],
            Field::Property(key) => self.property(key).map_or(&[], |property| property.kind.operators()),
            Field::Tag(_) if self.has_tags => &[Is, Has, Starts, Like, Exists],
            Field::Tag(_) => &[],
        }
    }
}
