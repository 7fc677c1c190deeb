//! Conditions, made ready, and whether they hold.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use super::{
    context::{Facts, Known},
    pattern::{How, Pattern},
    truth::Truth,
};
use crate::{
    model::Condition,
    operator::{Operator, Order, Set, Test},
    written::{Network, boolean, moment, number},
};

/// A condition, made ready.
#[derive(Clone, Debug)]
pub struct ReadyCondition {
    /// Nothing for an operator that does not exist: such a condition never holds.
    operator: Option<Operator>,
    name: String,
    lower: String,
    values: Vec<Matcher>,
}

/// A value of a condition, made ready.
#[derive(Clone, Debug)]
enum Matcher {
    Text(Pattern),
    Number(Order, f64),
    Moment(Order, f64),
    Bool(bool),
    Bytes(String),
    Network(Network),
    /// A value that is none of the operator's.
    Nothing,
}

impl ReadyCondition {
    /// Makes a condition ready.
    pub fn new(condition: &Condition, variables: bool) -> Self {
        let operator = Operator::parse(&condition.operator);
        let matcher = |value: &String| operator.map_or(Matcher::Nothing, |operator| Matcher::new(operator.test, value, variables));
        Self {
            operator,
            name: condition.key.clone(),
            lower: condition.key.to_ascii_lowercase(),
            values: condition.values.iter().map(matcher).collect(),
        }
    }

    /// Whether it holds. Keys that are not known are put down.
    pub fn holds(&self, facts: Facts<'_>, unknown: &mut Vec<String>) -> Truth {
        let Some(operator) = self.operator else { return Truth::No };
        let known = facts.get(&self.lower);
        if known == Known::Unknown {
            unknown.push(self.name.clone());
            return Truth::Unknown;
        }
        if operator.test == Test::Null {
            let is_absent = known == Known::Absent;
            return self.values.iter().any(|value| matches!(value, Matcher::Bool(wanted) if *wanted == is_absent)).into();
        }
        let Known::Values(values) = known else {
            let set = operator.set;
            return (operator.if_exists || set == Some(Set::ForAllValues) || (operator.negated && set.is_none())).into();
        };
        let mut one = |value: &String| Truth::any(self.values.iter().map(|matcher| matcher.matches(value, facts, unknown)));
        match operator.set {
            None => Truth::any(values.iter().map(one)).turned(operator.negated),
            Some(Set::ForAnyValue) => Truth::any(values.iter().map(|value| one(value).turned(operator.negated))),
            Some(Set::ForAllValues) => Truth::all(values.iter().map(|value| one(value).turned(operator.negated))),
        }
    }
}

impl Matcher {
    fn new(test: Test, value: &str, variables: bool) -> Self {
        let text = |how| Some(Self::Text(Pattern::new(value, how, variables)));
        let ready = match test {
            Test::String => text(How::Exact),
            Test::StringIgnoreCase => text(How::IgnoreCase),
            Test::StringLike => text(How::Like),
            Test::Arn => text(How::Arn),
            Test::Numeric(order) => number(value).map(|number| Self::Number(order, number)),
            Test::Date(order) => moment(value).map(|moment| Self::Moment(order, moment)),
            Test::Bool if value.contains("${") => text(How::IgnoreCase),
            Test::Bool | Test::Null => boolean(value).map(Self::Bool),
            Test::Binary => Some(Self::Bytes(value.to_owned())),
            Test::Ip => Network::parse(value).map(Self::Network),
        };
        ready.unwrap_or(Self::Nothing)
    }

    fn matches(&self, value: &str, facts: Facts<'_>, unknown: &mut Vec<String>) -> Truth {
        let fits = match self {
            Self::Text(pattern) => return pattern.matches(value, facts, unknown),
            Self::Number(order, with) => number(value).is_some_and(|value| compare(*order, value, *with)),
            Self::Moment(order, with) => moment(value).is_some_and(|value| compare(*order, value, *with)),
            Self::Bool(with) => boolean(value) == Some(*with),
            Self::Bytes(with) => value == with,
            Self::Network(with) => Network::parse(value).is_some_and(|value| with.contains(value)),
            Self::Nothing => false,
        };
        fits.into()
    }
}

#[expect(clippy::float_cmp, reason = "values are equal when they are written equally, not when they were computed")]
fn compare(order: Order, value: f64, with: f64) -> bool {
    match order {
        Order::Equal => value == with,
        Order::Less => value < with,
        Order::LessOrEqual => value <= with,
        Order::Greater => value > with,
        Order::GreaterOrEqual => value >= with,
    }
}
