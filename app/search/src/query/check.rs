//! What is wrong with a token, whichever face it came from.

use super::{Field, Operator, Reason, Token};
use crate::{
    literal,
    schema::{Kind, Schema},
};

/// Why a token can match no row: the property is not there, cannot be compared so, or not with this value.
pub fn problem(token: &Token, schema: &Schema) -> Option<Reason> {
    let operators = schema.operators(token.field());
    if operators.is_empty() {
        return Some(Reason::UnknownProperty);
    }
    if !operators.contains(&token.operator()) {
        return Some(Reason::Operator);
    }
    let Field::Property(key) = token.field() else { return None };
    let kind = schema.property(key)?.kind;
    let value = token.value();
    match kind {
        // The empty value asks for rows that have none.
        _ if value.is_empty() && token.operator() == Operator::Is => None,
        Kind::Number | Kind::Size { .. } | Kind::Date if value.is_empty() => Some(Reason::MissingValue),
        Kind::Number => literal::number(value).is_none().then_some(Reason::Number),
        Kind::Size { unit } => literal::size(value, unit).is_none().then_some(Reason::Size),
        Kind::Date => literal::moment(value).is_none().then_some(Reason::Date),
        Kind::Address if token.operator() == Operator::Is => literal::network(value).is_none().then_some(Reason::Address),
        Kind::Address | Kind::Text | Kind::Choice => None,
    }
}
