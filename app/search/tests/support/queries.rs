//! What the tests share: a schema with every kind of property, and random queries over it.

use proptest::prelude::*;
use search::{Clause, Field, Group, Join, Kind, Operator, Property, Query, Schema, Token, query::pattern};

pub fn schema() -> Schema {
    Schema {
        properties: vec![
            Property::new("name", "Name", Kind::Text).searched(),
            Property::new("state", "State", Kind::Choice)
                .choice("running", "Running")
                .choice("stopped", "Stopped")
                .choice("available", "Available")
                .choice("unavailable", "Not available")
                .alias("status"),
            Property::new("key", "Key", Kind::Text),
            Property::new("pair", "Key pair", Kind::Text).alias("key_name"),
            Property::new("group", "Security group", Kind::Text).multiple().searched(),
            Property::new("cores", "Cores", Kind::Number),
            Property::new("size", "Size", Kind::Size { unit: 1 << 30 }),
            Property::new("launched", "Launched", Kind::Date),
            Property::new("ip", "Address", Kind::Address),
        ],
        has_tags: true,
        text_aliases: vec!["tags".to_owned()],
    }
}

/// Values in which everything that means something to the language occurs.
pub fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["", "web", "running", "Stopped", "t3.micro", "7d", "10", "10.0.0.0/8", "2026-01", "and", "OR", "-", "~x", "ü ß"]).prop_map(str::to_owned),
        2 => "[a-zA-B .*\\\\\"()=:!^<>~-]{0,6}",
        1 => ".{0,8}",
    ]
}

pub fn field() -> impl Strategy<Value = Field> {
    let keys: Vec<_> = schema().properties.into_iter().map(|property| property.key).collect();
    prop_oneof![
        Just(Field::Text),
        prop::sample::select(keys).prop_map(Field::Property),
        prop_oneof!["env|Name|a:b", "[a=:!^ \"*é(\\\\]{1,5}", ".{1,5}"].prop_map(Field::Tag),
    ]
}

/// Any token that the schema allows, with a value that may make no sense.
pub fn token() -> impl Strategy<Value = Token> {
    token_of(field(), value())
}

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

pub fn query() -> impl Strategy<Value = Query> {
    query_of(token().boxed())
}

pub fn query_of(token: BoxedStrategy<Token>) -> impl Strategy<Value = Query> {
    let group = (join(), prop::collection::vec(token.clone(), 1..4))
        .prop_map(|(join, tokens)| Clause::Group(Group::new(join, tokens).expect("it has a token")));
    let clause = prop_oneof![4 => token.prop_map(Clause::Token), 1 => group];
    (join(), prop::collection::vec(clause, 0..5)).prop_map(|(join, clauses)| Query::new(join, clauses))
}
