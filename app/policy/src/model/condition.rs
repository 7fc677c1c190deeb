//! Conditions, one for each key of each operator.

use super::element::list;
use crate::json::{Member, Node, Value};

/// What has to hold, beside all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// How it is compared, as it is written: `ForAnyValue:StringLike`.
    pub operator: String,
    /// What of the request is compared.
    pub key: String,
    /// With what. One has to fit; with operators that negate, none may.
    pub values: Vec<String>,
}

impl Condition {
    /// A condition.
    pub fn new<T: Into<String>>(operator: &str, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        Self { operator: operator.to_owned(), key: key.to_owned(), values: values.into_iter().map(Into::into).collect() }
    }
}

/// The conditions of a block, but those whose values are none.
pub fn read(block: Option<&Value>) -> Vec<Condition> {
    let operators = block.and_then(Value::as_object).unwrap_or_default();
    let pairs =
        operators.iter().flat_map(|operator| operator.value.as_object().unwrap_or_default().iter().map(move |pair| (operator, pair)));
    pairs.filter_map(|(operator, pair)| one(&operator.name, pair)).collect()
}

/// Whether a block says more than its conditions.
pub fn is_whole(block: &Value) -> bool {
    let is_read = |operator: &Member| {
        let pairs = operator.value.as_object();
        pairs.is_some_and(|pairs| !pairs.is_empty() && pairs.iter().all(|pair| one(&operator.name, pair).is_some()))
    };
    block.as_object().is_some_and(|operators| operators.iter().all(is_read))
}

fn one(operator: &str, pair: &Member) -> Option<Condition> {
    let values = pair.value.several().iter().map(Value::scalar).collect::<Option<_>>()?;
    Some(Condition { operator: operator.to_owned(), key: pair.name.clone(), values })
}

/// Puts conditions into a block: what is the same stays as it is written, and what was not read stays too. Nothing if nothing is left.
pub fn write(conditions: &[Condition], block: Option<&Value>) -> Option<Value> {
    let mut left: Vec<&Condition> = conditions.iter().collect();
    let mut operators: Vec<Member> = Vec::new();
    for operator in block.and_then(Value::as_object).unwrap_or_default() {
        let Some(pairs) = operator.value.as_object() else {
            operators.push(operator.clone());
            continue;
        };
        let kept: Vec<Member> = pairs.iter().filter_map(|pair| kept(&mut left, &operator.name, pair)).collect();
        if !kept.is_empty() || pairs.is_empty() {
            operators.push(Member::new(&operator.name, Node::Object(kept).into()));
        }
    }
    for condition in left {
        let pair = Member::new(&condition.key, list(&condition.values, None));
        let place =
            operators.iter_mut().rev().find(|operator| operator.name == condition.operator).map(|operator| &mut operator.value.node);
        match place {
            Some(Node::Object(pairs)) => pairs.push(pair),
            _ => operators.push(Member::new(&condition.operator, Node::Object(vec![pair]).into())),
        }
    }
    (!operators.is_empty()).then(|| Node::Object(operators).into())
}

/// What a pair becomes: itself, another list of values, or nothing where its condition is gone.
fn kept(left: &mut Vec<&Condition>, operator: &str, pair: &Member) -> Option<Member> {
    let Some(before) = one(operator, pair) else { return Some(pair.clone()) };
    let at = left.iter().position(|condition| condition.operator == operator && condition.key == pair.name)?;
    let condition = left.remove(at);
    if condition.values == before.values {
        return Some(pair.clone());
    }
    Some(Member::new(&pair.name, list(&condition.values, Some(&pair.value))))
}
