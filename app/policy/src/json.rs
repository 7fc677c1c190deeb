//! JSON as a policy is written in: every value knows its place, members keep their order and may be there twice, numbers keep their spelling.
//!
//! Not serde's: that forgets places, doubles and order, and says only the first of the errors.

mod parse;
mod print;
mod string;

use crate::span::Span;

pub use self::{
    parse::{Parsed, parse},
    print::{compact, pretty},
    string::quoted,
};

/// A value and where it stands. Two are equal when they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it says.
    pub node: Node,
    /// Where it stands in the text that it was read from.
    pub span: Span,
}

/// What a value says.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`
    Null,
    /// `true` and `false`
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A string, its escapes undone.
    String(String),
    /// Values in brackets.
    Array(Vec<Value>),
    /// Named values in braces.
    Object(Vec<Member>),
}

/// A named value of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name, its escapes undone.
    pub name: String,
    /// Where the name stands, with its quotation marks.
    pub name_span: Span,
    /// The value.
    pub value: Value,
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        Self { node, span: Span::default() }
    }
}

impl Value {
    /// A string.
    pub fn string(text: impl Into<String>) -> Self {
        Node::String(text.into()).into()
    }

    /// The string that it is.
    pub fn as_str(&self) -> Option<&str> {
        match &self.node {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    /// The values of the array that it is.
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.node {
            Node::Array(values) => Some(values),
            _ => None,
        }
    }

    /// The members of the object that it is.
    pub fn as_object(&self) -> Option<&[Member]> {
        match &self.node {
            Node::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The first member of this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.iter().find(|member| member.name == name).map(|member| &member.value)
    }

    /// Its values: those of an array, or itself. The language of policies lets brackets around one value be left out.
    pub fn several(&self) -> &[Self] {
        self.as_array().unwrap_or(std::slice::from_ref(self))
    }

    /// A string, or a number, `true` or `false` as a string, as conditions take them.
    pub fn scalar(&self) -> Option<String> {
        match &self.node {
            Node::String(text) | Node::Number(text) => Some(text.clone()),
            Node::Bool(yes) => Some(yes.to_string()),
            _ => None,
        }
    }
}

impl Member {
    /// A new member.
    pub fn new(name: impl Into<String>, value: Value) -> Self {
        Self { name: name.into(), name_span: Span::default(), value }
    }
}
