//! What is asked of numbers, sizes and dates: always a range.

use crate::{
    literal::{Clock, moment, number, size},
    query::{Operator, Token},
    schema::Kind,
};

/// The numbers that fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bounds {
    /// That there is none.
    Missing,
    /// From the one to the other, both included.
    Between(f64, f64),
}

impl Bounds {
    /// Nothing where the value makes no sense.
    pub fn new(token: &Token, kind: Kind, clock: Clock) -> Option<Self> {
        let value = token.value();
        if value.is_empty() {
            return Some(Self::Missing);
        }
        let (from, to, is_age) = match kind {
            Kind::Number => number(value).map(|number| (number, number, false)),
            Kind::Size { unit } => size(value, unit).map(|size| (size, size, false)),
            Kind::Date => moment(value).map(|moment| {
                let (from, to) = moment.bounds(clock);
                (seconds(from), seconds(to), moment.is_age())
            }),
            Kind::Text | Kind::Choice | Kind::Address => None,
        }?;
        // Of an age the end counts, which is so long ago to the second, and more of it is earlier.
        let (from, operator) = if is_age { turned(from, to, token.operator()) } else { (from, token.operator()) };
        Some(match operator {
            Operator::Less => Self::Between(f64::NEG_INFINITY, from.next_down()),
            Operator::LessEqual => Self::Between(f64::NEG_INFINITY, to),
            Operator::Greater => Self::Between(to.next_up(), f64::INFINITY),
            Operator::GreaterEqual => Self::Between(from, f64::INFINITY),
            _ => Self::Between(from, to),
        })
    }

    pub fn fit(self, number: f64) -> bool {
        match self {
            Self::Missing => number.is_nan(),
            Self::Between(from, to) => from <= number && number <= to,
        }
    }
}

fn turned(from: f64, to: f64, operator: Operator) -> (f64, Operator) {
    match operator {
        Operator::Less => (to, Operator::Greater),
        Operator::LessEqual => (to, Operator::GreaterEqual),
        Operator::Greater => (to, Operator::Less),
        Operator::GreaterEqual => (to, Operator::LessEqual),
        operator => (from, operator),
    }
}

#[expect(clippy::cast_precision_loss, reason = "2^53 seconds are 285 million years")]
fn seconds(at: i64) -> f64 {
    at as f64
}
