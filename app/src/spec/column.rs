//! Columns: the facts of a resource that stand in its table, its tiles and its page of details.

use super::cell::Cell;

/// A named fact of a resource.
pub struct Column<T: 'static> {
    pub head: Head,
    pub cell: fn(&T) -> Cell,
}

/// What there is to know of a column without knowing the resource.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Stable: in URLs (`sort=-launched`), storage and tests.
    pub key: &'static str,
    /// English; translated when drawn.
    pub label: &'static str,
    pub width: Width,
    pub sorted: bool,
    /// Stays where the window is narrow, and leads in a tile.
    pub narrow: bool,
    /// Shown in the table until the user says otherwise.
    pub shown: bool,
}

/// How much room a column takes: a class, because a strict content policy leaves no room for styles in the markup.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// A word.
    Narrow,
    /// A number: its digits stand below those of the other rows.
    Number,
    /// An address, a date, a type.
    Medium,
    /// An identifier.
    Id,
    /// A name: takes what is left.
    Wide,
}

impl<T> Column<T> {
    pub const fn new(key: &'static str, label: &'static str, cell: fn(&T) -> Cell) -> Self {
        Self { head: Head { key, label, width: Width::Medium, sorted: true, narrow: false, shown: true }, cell }
    }

    pub const fn width(mut self, width: Width) -> Self {
        self.head.width = width;
        self
    }

    /// Its order would tell nobody anything.
    pub const fn unsorted(mut self) -> Self {
        self.head.sorted = false;
        self
    }

    /// It belongs to the few that stay on a narrow screen.
    pub const fn narrow(mut self) -> Self {
        self.head.narrow = true;
        self
    }

    /// It is there for those who ask for it.
    pub const fn hidden(mut self) -> Self {
        self.head.shown = false;
        self
    }
}

impl Head {
    /// Whether it stands at the end of its column, as numbers do.
    pub const fn at_end(&self) -> bool {
        matches!(self.width, Width::Number)
    }
}

impl Width {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Narrow => "column-narrow",
            Self::Number => "column-number",
            Self::Medium => "column-medium",
            Self::Id => "column-id",
            Self::Wide => "column-wide",
        }
    }
}
