//! Conditions that cannot all hold, so that the statement never takes effect. All operators and all keys have to hold; of the values of a key, one.
//!
//! Only operators that need the key and take a single value of it are compared: others can hold where the key is not there.

use super::Look;
use crate::{
    finding::{Finding, Rule},
    glob::Glob,
    json::{Member, Value},
    operator::{Operator, Order, Set, Test},
    span::Span,
    written::{Network, boolean, moment, number},
};

/// A key with what it is compared with.
struct Constraint<'a> {
    key: &'a str,
    operator: Operator,
    values: Vec<String>,
    span: Span,
}

pub fn check(look: &mut Look<'_>, operators: &[Member]) {
    let mut constraints: Vec<Constraint<'_>> = Vec::new();
    for member in operators {
        let Some((operator, pairs)) = Operator::parse(&member.name).zip(member.value.as_object()) else { continue };
        for (index, pair) in pairs.iter().enumerate() {
            if pairs[..index].iter().any(|before| before.name.eq_ignore_ascii_case(&pair.name)) {
                let text = "The key {key} is here twice: put the values of both into one list.";
                look.say(Finding::error(Rule::Duplicate, pair.name_span, text).with("key", &pair.name));
                continue;
            }
            let values = pair.value.several().iter().filter_map(Value::scalar).collect();
            constraints.push(Constraint { key: &pair.name, operator, values, span: pair.name_span });
        }
    }
    for (index, constraint) in constraints.iter().enumerate() {
        let before = constraints[..index].iter().filter(|other| other.key.eq_ignore_ascii_case(constraint.key));
        for other in before {
            if excludes(constraint, other) || excludes(other, constraint) {
                let text =
                    "Both conditions on {key} can never hold, so the statement does nothing: remove one, or make two statements of it.";
                look.say(Finding::warning(Rule::NeverMatches, constraint.span, text).with("key", constraint.key));
                break;
            }
        }
    }
}

fn excludes(one: &Constraint<'_>, other: &Constraint<'_>) -> bool {
    if one.operator.test == Test::Null {
        let is_absent = one.values.iter().all(|value| boolean(value) == Some(true)) && !one.values.is_empty();
        return is_absent && needs_key(other);
    }
    let is_single = |constraint: &Constraint<'_>| constraint.operator.set.is_none() && !constraint.operator.if_exists;
    // Values of variables are not known before the request.
    let is_fixed = |constraint: &Constraint<'_>| !constraint.values.iter().any(|value| value.contains("${"));
    if !is_single(one) || !is_single(other) || !is_fixed(one) || !is_fixed(other) || one.operator.negated {
        return false;
    }
    if let (Some(a), Some(b)) = (range(one), range(other)) {
        return !a.meets(&b);
    }
    match (other.operator.negated, one.operator.test, other.operator.test) {
        (false, Test::Bool, Test::Bool) => !one.values.iter().any(|value| other.values.iter().any(|with| boolean(with) == boolean(value))),
        (true, Test::Ip, Test::Ip) => one.values.iter().all(|value| other.values.iter().any(|from| within(value, from))),
        (false, ..) => texts(one).zip(texts(other)).is_some_and(|(a, b)| !a.iter().any(|a| b.iter().any(|b| a.overlaps(b)))),
        (true, ..) => texts(other).is_some_and(|excluded| {
            let is_exact = texts(one).is_some_and(|globs| globs.iter().all(Glob::is_literal));
            is_exact && one.values.iter().all(|value| excluded.iter().any(|glob| glob.matches(value)))
        }),
    }
}

/// Whether it fails where the request does not have the key.
fn needs_key(constraint: &Constraint<'_>) -> bool {
    let Operator { set, test, negated, if_exists } = constraint.operator;
    match set {
        Some(Set::ForAnyValue) => !if_exists,
        Some(Set::ForAllValues) => false,
        None if test == Test::Null => constraint.values.iter().all(|value| boolean(value) == Some(false)),
        None => !negated && !if_exists,
    }
}

/// What texts are compared with, where they are.
fn texts(constraint: &Constraint<'_>) -> Option<Vec<Glob>> {
    let glob = |value: &String| match constraint.operator.test {
        Test::String => Some(Glob::literal(value)),
        Test::StringLike => Some(Glob::new(value)),
        Test::Arn => Some(Glob::new(value).into_arn()),
        _ => None,
    };
    constraint.values.iter().map(glob).collect::<Option<Vec<Glob>>>().filter(|globs| !globs.is_empty())
}

fn within(value: &str, network: &str) -> bool {
    Network::parse(network).zip(Network::parse(value)).is_some_and(|(network, value)| network.contains(value))
}

/// From where to where a number or moment may be.
struct Range {
    from: f64,
    to: f64,
    /// Whether the ends are within.
    closed: bool,
    /// The values themselves, where it has to be one of them.
    exact: Option<Vec<f64>>,
}

impl Range {
    fn meets(&self, other: &Self) -> bool {
        match (&self.exact, &other.exact) {
            (Some(values), _) => values.iter().any(|value| other.holds(*value)),
            (None, Some(values)) => values.iter().any(|value| self.holds(*value)),
            (None, None) => {
                let (from, to) = (self.from.max(other.from), self.to.min(other.to));
                if self.closed && other.closed { from <= to } else { from < to }
            }
        }
    }

    fn holds(&self, value: f64) -> bool {
        match &self.exact {
            Some(values) => values.contains(&value),
            None if self.closed => (self.from..=self.to).contains(&value),
            None => self.from < value && value < self.to,
        }
    }
}

fn range(constraint: &Constraint<'_>) -> Option<Range> {
    let (order, read): (Order, fn(&str) -> Option<f64>) = match constraint.operator.test {
        Test::Numeric(order) => (order, number),
        Test::Date(order) => (order, moment),
        _ => return None,
    };
    if constraint.operator.negated || constraint.values.is_empty() {
        return None;
    }
    let values: Vec<f64> = constraint.values.iter().map(|value| read(value)).collect::<Option<_>>()?;
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let (from, to, closed) = match order {
        Order::Equal => return Some(Range { from: least, to: most, closed: true, exact: Some(values) }),
        Order::Less => (f64::NEG_INFINITY, most, false),
        Order::LessOrEqual => (f64::NEG_INFINITY, most, true),
        Order::Greater => (least, f64::INFINITY, false),
        Order::GreaterOrEqual => (least, f64::INFINITY, true),
    };
    Some(Range { from, to, closed, exact: None })
}
