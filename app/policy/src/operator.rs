//! The operators of conditions. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

/// An operator with what is put before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// How several values of a request count.
    pub set: Option<Set>,
    /// What is compared.
    pub test: Test,
    /// Whether it holds where the values do not fit.
    pub negated: bool,
    /// Whether it holds where the request does not have the key.
    pub if_exists: bool,
}

/// How several values of a request count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Set {
    /// Each has to fit.
    ForAllValues,
    /// One has to.
    ForAnyValue,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Text, exactly.
    String,
    /// Text, whatever its case.
    StringIgnoreCase,
    /// Text with wildcards.
    StringLike,
    /// Numbers.
    Numeric(Order),
    /// Moments.
    Date(Order),
    /// Yes or no.
    Bool,
    /// Bytes in base64.
    Binary,
    /// Addresses in networks.
    Ip,
    /// ARNs with wildcards; `ArnEquals` and `ArnLike` are the same.
    Arn,
    /// Whether the request has the key.
    Null,
}

/// How numbers and moments are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// The same.
    Equal,
    /// Less, earlier.
    Less,
    /// Less or the same.
    LessOrEqual,
    /// More, later.
    Greater,
    /// More or the same.
    GreaterOrEqual,
}

/// Names as they are written, what they compare, and whether they are negated.
const NAMES: [(&str, Test, bool); 27] = [
    ("StringEquals", Test::String, false),
    ("StringNotEquals", Test::String, true),
    ("StringEqualsIgnoreCase", Test::StringIgnoreCase, false),
    ("StringNotEqualsIgnoreCase", Test::StringIgnoreCase, true),
    ("StringLike", Test::StringLike, false),
    ("StringNotLike", Test::StringLike, true),
    ("NumericEquals", Test::Numeric(Order::Equal), false),
    ("NumericNotEquals", Test::Numeric(Order::Equal), true),
    ("NumericLessThan", Test::Numeric(Order::Less), false),
    ("NumericLessThanEquals", Test::Numeric(Order::LessOrEqual), false),
    ("NumericGreaterThan", Test::Numeric(Order::Greater), false),
    ("NumericGreaterThanEquals", Test::Numeric(Order::GreaterOrEqual), false),
    ("DateEquals", Test::Date(Order::Equal), false),
    ("DateNotEquals", Test::Date(Order::Equal), true),
    ("DateLessThan", Test::Date(Order::Less), false),
    ("DateLessThanEquals", Test::Date(Order::LessOrEqual), false),
    ("DateGreaterThan", Test::Date(Order::Greater), false),
    ("DateGreaterThanEquals", Test::Date(Order::GreaterOrEqual), false),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::Binary, false),
    ("IpAddress", Test::Ip, false),
    ("NotIpAddress", Test::Ip, true),
    ("ArnLike", Test::Arn, false),
    ("ArnNotLike", Test::Arn, true),
    ("ArnEquals", Test::Arn, false),
    ("ArnNotEquals", Test::Arn, true),
    ("Null", Test::Null, false),
];

impl Operator {
    /// The operator of a name, however it is capitalised.
    pub fn parse(written: &str) -> Option<Self> {
        let (set, rest) = match written.split_once(':') {
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") => (Some(Set::ForAllValues), rest),
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAnyValue") => (Some(Set::ForAnyValue), rest),
            Some(_) => return None,
            None => (None, written),
        };
        let split = rest
            .len()
            .checked_sub("IfExists".len())
            .filter(|at| rest.is_char_boundary(*at) && rest[*at..].eq_ignore_ascii_case("IfExists"));
        let name = &rest[..split.unwrap_or(rest.len())];
        let (_, test, negated) = NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
        let is_bare_null = *test == Test::Null && (split.is_some() || set.is_some());
        (!is_bare_null).then_some(Self { set, test: *test, negated: *negated, if_exists: split.is_some() })
    }

    /// The names there are, without what can be put before and after them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, ..)| *name)
    }

    /// How a written name is capitalised, where it names an operator.
    pub fn spelling(written: &str) -> Option<String> {
        let operator = Self::parse(written)?;
        let rest = written.split_once(':').map_or(written, |(_, rest)| rest);
        let bare = if operator.if_exists { &rest[..rest.len() - "IfExists".len()] } else { rest };
        let name = NAMES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(bare))?.0;
        let set = match operator.set {
            Some(Set::ForAllValues) => "ForAllValues:",
            Some(Set::ForAnyValue) => "ForAnyValue:",
            None => "",
        };
        Some(format!("{set}{name}{}", if operator.if_exists { "IfExists" } else { "" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let operator = Operator::parse("ForAllValues:StringNotLikeIfExists");
        assert_eq!(operator, Some(Operator { set: Some(Set::ForAllValues), test: Test::StringLike, negated: true, if_exists: true }));
        assert_eq!(Operator::spelling("foranyvalue:stringequalsifexists").as_deref(), Some("ForAnyValue:StringEqualsIfExists"));
        assert!(
            ["", "Stringequal", "ForSome:StringEquals", "NullIfExists", "ForAnyValue:Null", "IfExists"]
                .iter()
                .all(|name| Operator::parse(name).is_none())
        );
        assert!(Operator::names().all(|name| Operator::spelling(name).as_deref() == Some(name)));
    }
}
