//! Random queries over the schema of the tests.

use proptest::prelude::*;
use search::{Clause, Field, Group, Join, Operator, Query, Token, query::pattern};

use super::schema::schema;

pub fn field() -> impl Strategy<Value = Field> {
    let keys: Vec<_> = schema().properties.into_iter().map(|property| property.key).collect();
    prop_oneof![
        Just(Field::Text),
        prop::sample::select(keys).prop_map(Field::Property),
        prop_oneof!["env|Name|a:b", "[a=:!^ \"*é(\\\\]{1,5}", ".{1,5}"].prop_map(Field::Tag),
    ]
}

/// Any token that the schema allows, with a value that may make no sense.
pub fn token_of(field: impl Strategy<Value = Field>, value: impl Strategy<Value = String>) -> impl Strategy<Value = Token> {
    let stars = prop::sample::select(vec!["*", "a*", "*b*"]);
    (field, any::<prop::sample::Index>(), value, stars, any::<bool>(), prop::bool::weighted(0.1)).prop_map(
        |(field, operator, value, stars, is_negated, is_off)| {
            let operators = schema().operators(&field);
            let operator = operators[operator.index(operators.len())];
            let value = if operator == Operator::Like && pattern::literal(&value).is_some() { stars.to_owned() + &value } else { value };
            let token = Token::new(field, operator, value);
            let token = if is_negated { token.negated() } else { token };
            if is_off { token.switched() } else { token }
        },
    )
}

pub fn join() -> impl Strategy<Value = Join> {
    prop::sample::select(vec![Join::Facets, Join::And, Join::Or])
}

pub fn query_of(token: BoxedStrategy<Token>) -> impl Strategy<Value = Query> {
    let group = (join(), prop::collection::vec(token.clone(), 1..4))
        .prop_map(|(join, tokens)| Clause::Group(Group::new(join, tokens).expect("it has a token")));
    let clause = prop_oneof![4 => token.prop_map(Clause::Token), 1 => group];
    (join(), prop::collection::vec(clause, 0..5)).prop_map(|(join, clauses)| Query::new(join, clauses))
}
