//! What is wrong with a query, in words.

use std::ops::Range;

/// Something that could not be understood, and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub span: Range<usize>,
    pub reason: Reason,
}

/// Why something could not be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    UnknownProperty,
    /// The property cannot be compared like this.
    Operator,
    MissingValue,
    Number,
    Size,
    Date,
    Address,
    UnclosedQuote,
    UnclosedGroup,
    UnopenedGroup,
    EmptyGroup,
    /// Groups within groups, or so many joins that they would need them.
    TooDeep,
    NegatedGroup,
    /// `and` or `or` with nothing to join.
    LoneJoin,
}

impl Reason {
    /// For people, in English; the interface translates it.
    pub fn message(self) -> &'static str {
        match self {
            Self::UnknownProperty => "There is no such property: this is searched for as text.",
            Self::Operator => "This property cannot be compared like this.",
            Self::MissingValue => "A value is missing.",
            Self::Number => "This is not a number.",
            Self::Size => "This is not a size, such as 10 or 10GiB.",
            Self::Date => "This is neither a date, such as 2026-01-31, nor an age, such as 7d.",
            Self::Address => "This is neither an address nor a network, such as 10.0.0.0/8.",
            Self::UnclosedQuote => "The closing quotation mark is missing.",
            Self::UnclosedGroup => "The closing parenthesis is missing.",
            Self::UnopenedGroup => "There is no opening parenthesis: this is searched for as text.",
            Self::EmptyGroup => "There is nothing in the parentheses: this is searched for as text.",
            Self::TooDeep => "Groups cannot have groups in them: this is searched for as text.",
            Self::NegatedGroup => "Groups cannot be negated: this is searched for as text.",
            Self::LoneJoin => "There is nothing to join: this is searched for as text.",
        }
    }
}
