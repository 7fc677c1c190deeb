//! What a reply is made of, whatever it will be written as.

use std::{borrow::Cow, sync::Arc};

/// A tree of named values. Names are those of the wire, such as `instanceId`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Left out when written.
    Absent,
    Text(Cow<'static, str>),
    Map(Vec<(&'static str, Value)>),
    List(Vec<Value>),
}

/// `map! { "name" => value, … }`: a [`Value::Map`] of whatever turns into values.
macro_rules! map {
    ($($name:literal => $value:expr),* $(,)?) => {
        $crate::protocol::value::Value::Map(vec![$(($name, $crate::protocol::value::Value::from($value))),*])
    };
}
pub(crate) use map;

impl Value {
    /// The texts that a path such as `groupSet.groupId` leads to; lists on the way are gone through entry by entry.
    pub fn visit<'a>(&'a self, path: &str, each: &mut dyn FnMut(&'a str)) {
        match self {
            Self::Absent => {}
            Self::Text(text) => {
                if path.is_empty() {
                    each(text);
                }
            }
            Self::List(values) => values.iter().for_each(|value| value.visit(path, each)),
            Self::Map(fields) => {
                let (name, rest) = path.split_once('.').unwrap_or((path, ""));
                fields.iter().filter(|(field, _)| *field == name).for_each(|(_, value)| value.visit(rest, each));
            }
        }
    }

    /// The first text at a path.
    #[cfg(test)]
    pub fn at(&self, path: &str) -> Option<&str> {
        let mut first = None;
        self.visit(path, &mut |text| {
            first.get_or_insert(text);
        });
        first
    }

    /// A list of whatever turns into values.
    pub fn list<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }

    /// Puts the fields of a map after those of this one.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        if let Self::Map(fields) = &mut self {
            fields.push((name, value.into()));
        }
        self
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Cow::Owned(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&Arc<str>> for Value {
    fn from(text: &Arc<str>) -> Self {
        (**text).into()
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Text(Cow::Borrowed(if flag { "true" } else { "false" }))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

impl From<Vec<Value>> for Value {
    fn from(values: Vec<Value>) -> Self {
        Self::List(values)
    }
}

macro_rules! displayed {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::Text(Cow::Owned(value.to_string()))
            }
        }
    )*};
}
displayed!(i32, u32, u64, i64, usize, u16, f64, std::net::Ipv4Addr);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_through_lists() {
        let value = map! { "id" => "i-1", "groupSet" => Value::list([map! { "groupId" => "sg-1" }, map! { "groupId" => "sg-2" }]) };
        let mut found = vec![];
        value.visit("groupSet.groupId", &mut |text| found.push(text));
        assert_eq!(found, ["sg-1", "sg-2"]);
        assert_eq!(value.at("groupSet"), None);
        assert_eq!(value.at("nothing.there"), None);
    }
}
