//! Random documents: any JSON, and such that look like policies.

use policy::json::{Member, Node, Value};
use proptest::prelude::*;

/// Any JSON, names that are there twice and odd characters included.
pub fn any_value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![any::<i64>().prop_map(|n| n.to_string()), Just("-0.5e+10".to_owned()), Just("1.50".to_owned())];
    let leaf = prop_oneof![
        Just(Node::Null),
        any::<bool>().prop_map(Node::Bool),
        number.prop_map(Node::Number),
        any::<String>().prop_map(Node::String),
    ];
    let value = leaf.prop_map(Value::from).boxed();
    value.prop_recursive(4, 40, 6, |inner| {
        let members = prop::collection::vec((any::<String>(), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(|values| Value::from(Node::Array(values))),
            members.prop_map(|members| object(members.into_iter())),
        ]
    })
}

/// What looks like a policy: its elements in any order, some of them wrong, unknown or twice.
pub fn policy() -> impl Strategy<Value = Value> {
    let version = prop_oneof![Just("2012-10-17"), Just("2008-10-17"), Just("2026-01-01")].prop_map(Value::string);
    let statements =
        prop_oneof![prop::collection::vec(statement(), 0..5).prop_map(|statements| Value::from(Node::Array(statements))), statement(),];
    let elements = (prop::option::of(version), prop::option::of(any_value()), statements, prop::option::of(any_value()));
    elements.prop_flat_map(|(version, id, statements, more)| {
        let members = [("Version", version), ("Id", id), ("Statement", Some(statements)), ("More", more)];
        shuffled(members)
    })
}

fn statement() -> impl Strategy<Value = Value> {
    let effect = prop_oneof![Just("Allow"), Just("Deny"), Just("allow")].prop_map(Value::string);
    let action = prop_oneof![Just("Action"), Just("NotAction")];
    let resource = prop_oneof![Just("Resource"), Just("NotResource")];
    let odd = prop_oneof![
        6 => Just(None),
        1 => (prop_oneof![Just("Condition"), Just("Effect"), Just("Action"), Just("Sid"), Just("Note")], any_value()).prop_map(Some),
    ];
    let elements = (
        prop::option::of("[A-Za-z0-9]{0,8}"),
        effect,
        action,
        strings(),
        resource,
        strings(),
        prop::option::of(condition()),
        principal(),
        odd,
    );
    elements.prop_flat_map(|(sid, effect, action, actions, resource, resources, condition, principal, odd)| {
        let mut members = vec![
            ("Sid", sid.map(Value::string)),
            ("Effect", Some(effect)),
            (action, Some(actions)),
            (resource, Some(resources)),
            ("Condition", condition),
            ("Principal", principal),
        ];
        members.extend(odd.map(|(name, value)| (name, Some(value))));
        shuffled(members)
    })
}

fn principal() -> impl Strategy<Value = Option<Value>> {
    let kind = prop_oneof![Just("AWS"), Just("Service"), Just("Federated")];
    prop_oneof![
        Just(None),
        Just(Some(Value::string("*"))),
        prop::collection::vec((kind, strings()), 0..3).prop_map(|kinds| Some(object(kinds.into_iter()))),
    ]
}

fn condition() -> impl Strategy<Value = Value> {
    let operator = prop_oneof![
        Just("StringEquals"),
        Just("ForAllValues:StringLike"),
        Just("Bool"),
        Just("Null"),
        Just("NumericLessThanIfExists"),
        Just("Odd")
    ];
    let key = prop_oneof![Just("aws:username"), Just("ec2:InstanceType"), Just("aws:RequestTag/team")];
    let value = prop_oneof![strings(), Just(Node::Bool(true).into()), Just(Node::Number("5.0".to_owned()).into()), any_value()];
    let pairs = prop::collection::vec((key, value), 0..3).prop_map(|pairs| object(pairs.into_iter()));
    prop::collection::vec((operator, pairs), 0..3).prop_map(|operators| object(operators.into_iter()))
}

fn strings() -> impl Strategy<Value = Value> {
    let string = prop_oneof!["[a-z0-9]{1,4}:[A-Za-z*?]{0,8}", Just("*".to_owned()), any::<String>()].prop_map(Value::string).boxed();
    prop_oneof![string.clone(), prop::collection::vec(string, 0..4).prop_map(|values| Node::Array(values).into())]
}

fn object<N: Into<String>>(members: impl Iterator<Item = (N, Value)>) -> Value {
    Node::Object(members.map(|(name, value)| Member::new(name, value)).collect()).into()
}

fn shuffled(members: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> impl Strategy<Value = Value> {
    let members: Vec<_> = members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Just(members).prop_shuffle().prop_map(|members| object(members.into_iter()))
}
