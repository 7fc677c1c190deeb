//! A policy as the visual builder edits it, and the evaluator reads it: statements with their parts, whatever way they are written.
//!
//! Nothing is lost on the way through: each part remembers what it was read from, and only what was changed is written anew. What the parts cannot
//! hold (unknown elements, wrong types, names that are there twice) stays where it was.

mod condition;
mod element;
mod principal;
mod statement;

use crate::{
    json::{self, Member, Node, Value},
    span::Span,
};

pub use self::{
    condition::Condition,
    element::List,
    principal::{Principals, Who},
    statement::{Effect, Statement},
};

const ORDER: [&str; 3] = ["Version", "Id", "Statement"];

/// Where the statements of a text stand, counted as the evaluator counts them. None of a text that is no JSON.
pub fn places(text: &str) -> Vec<Span> {
    let parsed = json::parse(text);
    let value = parsed.value.filter(|_| parsed.findings.is_empty());
    let statements = value.as_ref().and_then(|value| value.get("Statement"));
    statements.map(|statements| statements.several().iter().map(|one| one.span).collect()).unwrap_or_default()
}

/// A policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// The version of the language.
    pub version: Option<String>,
    /// The name that policies of resources may have.
    pub id: Option<String>,
    /// What it says.
    pub statements: Vec<Statement>,
    origin: Option<Value>,
}

impl Policy {
    /// An empty one, in the current version of the language.
    pub fn new() -> Self {
        Self { version: Some("2012-10-17".to_owned()), ..Self::default() }
    }

    /// Reads a text that is JSON, without a mistake.
    pub fn parse(text: &str) -> Option<Self> {
        let parsed = json::parse(text);
        if parsed.findings.is_empty() { parsed.value.as_ref().map(Self::read) } else { None }
    }

    /// Takes a document apart. Any document: what is none of a policy's is kept.
    pub fn read(value: &Value) -> Self {
        let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let statements = value.get("Statement").map(|statements| statements.several().iter().map(Statement::read).collect());
        Self { version: text("Version"), id: text("Id"), statements: statements.unwrap_or_default(), origin: Some(value.clone()) }
    }

    /// Puts it together again.
    pub fn write(&self) -> Value {
        let before = self.origin.as_ref().map(|origin| (origin, Self::read(origin)));
        let Some((origin, before)) = before else { return self.write_over(&Value::from(Node::Object(Vec::new())), &Self::default()) };
        if before == *self {
            return origin.clone();
        }
        self.write_over(origin, &before)
    }

    /// Puts it together as a text, each level moved by as many spaces.
    pub fn to_text(&self, indent: usize) -> String {
        json::pretty(&self.write(), indent)
    }

    /// Whether variables such as `${aws:username}` are such.
    pub fn has_variables(&self) -> bool {
        self.version.as_deref() == Some("2012-10-17")
    }

    /// What only the document shows: names of elements that the parts do not hold, and in which statement they are.
    pub fn hidden(&self) -> Vec<(Option<usize>, &str)> {
        let members = self.origin.as_ref().and_then(Value::as_object).unwrap_or_default();
        let own = element::hidden(members, &[&["Version"], &["Id"], &["Statement"]], |name| match name {
            "Version" => self.version.is_some(),
            "Id" => self.id.is_some(),
            _ => true,
        });
        let of_statements =
            self.statements.iter().enumerate().flat_map(|(index, one)| one.hidden().into_iter().map(move |name| (Some(index), name)));
        own.into_iter().map(|name| (None, name)).chain(of_statements).collect()
    }

    fn write_over(&self, origin: &Value, before: &Self) -> Value {
        let mut members = origin.as_object().map(<[Member]>::to_vec).unwrap_or_default();
        let text = |text: &Option<String>, name: &str| text.as_ref().map(|text| Member::new(name, Value::string(text)));
        if self.version != before.version {
            element::put(&mut members, &["Version"], text(&self.version, "Version"), &ORDER);
        }
        if self.id != before.id {
            element::put(&mut members, &["Id"], text(&self.id, "Id"), &ORDER);
        }
        if self.statements != before.statements || !members.iter().any(|member| member.name == "Statement") {
            let written: Vec<Value> = self.statements.iter().map(Statement::write).collect();
            let was_bare = origin.get("Statement").is_some_and(|statements| statements.as_array().is_none());
            let statements = match <[Value; 1]>::try_from(written) {
                Ok([one]) if was_bare => one,
                Ok(one) => Node::Array(one.into()).into(),
                Err(several) => Node::Array(several).into(),
            };
            element::put(&mut members, &["Statement"], Some(Member::new("Statement", statements)), &ORDER);
        }
        Node::Object(members).into()
    }
}
