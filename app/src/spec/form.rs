//! Forms: dialogs that fill in a change, as data. One component draws them all, see [`crate::form`].
//!
//! A field names a key of the change's own JSON form, so that the change is what the form edits, checks and sends: there is no second set of
//! names, and no code that copies from one to the other. What no form can say (a table of rules) is a component of its own.

use std::sync::LazyLock;

use api::kind::Kind;
use policy::Place;
use serde_json::{Map, Value};

use super::Item;

/// A dialog with fields.
pub struct Form {
    /// English, with the `{name}` of what it acts on where there is one: "Attach {name}".
    pub title: &'static str,
    /// What one should know first; empty where the fields say it all.
    pub intro: &'static str,
    /// What the button says.
    pub submit: &'static str,
    pub fields: &'static [Field],
}

/// One field of a form.
pub struct Field {
    /// The key in the change's JSON form, and of its errors.
    pub key: &'static str,
    /// English; translated when drawn.
    pub label: &'static str,
    pub help: &'static str,
    pub input: Input,
    pub required: bool,
    /// Whether it is there at all, as things stand in the other fields.
    pub when: Option<fn(&Values) -> bool>,
}

/// How a field is filled in, and what JSON it makes.
pub enum Input {
    /// A string.
    Text,
    /// A string that is read character by character.
    Code,
    /// A string of several lines.
    Area,
    /// As [`Input::Area`], pasted or read from a file.
    File,
    /// A string: the text of a policy, to be put there.
    Policy(Place),
    /// A list of strings, one a line.
    Lines,
    /// A whole number with its unit; `null` while empty.
    Number(&'static str),
    /// A boolean.
    Check,
    /// A string, out of values and labels.
    Choice(&'static [(&'static str, &'static str)]),
    /// A string: a region of the cloud.
    Region,
    /// A string, out of what the resource has that is acted on: values and labels.
    Own(fn(&Item) -> Vec<(String, String)>),
    /// A string: a resource of the cloud.
    Pick(Pick),
    /// A list of strings: resources of the cloud.
    Picks(Pick),
    /// A list of tags.
    Tags,
}

/// Resources to choose from.
pub struct Pick {
    pub kind: Kind,
    /// Arguments of the list, each with the field that it is taken from.
    pub args: &'static [(&'static str, &'static str)],
    /// Which of them can be chosen: the candidate, the form as it stands, and the resource that is acted on.
    pub fits: Fits,
    /// What a resource stands for in the change; its identifier, if nothing else is said.
    pub value: Option<fn(&Item) -> String>,
    /// What choosing none is called, where one may.
    pub none: &'static str,
    /// Another field, and what stands in it from the moment on that a resource is chosen.
    pub suggests: Option<Suggests>,
}

pub type Suggests = (&'static str, fn(&Item) -> String);

pub type Fits = fn(&Item, &Values, Option<&Item>) -> bool;

/// What stands in a form, by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(pub Map<String, Value>);

impl Field {
    pub const fn new(key: &'static str, label: &'static str, input: Input) -> Self {
        Self { key, label, help: "", input, required: true, when: None }
    }

    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// It may stay empty.
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// It is there only then. Its value is sent all the same: the change decides what of it counts.
    pub const fn when(mut self, when: fn(&Values) -> bool) -> Self {
        self.when = Some(when);
        self
    }
}

impl Pick {
    pub const fn of(kind: Kind) -> Self {
        Self { kind, args: &[], fits: |_, _, _| true, value: None, none: "", suggests: None }
    }

    pub const fn args(mut self, args: &'static [(&'static str, &'static str)]) -> Self {
        self.args = args;
        self
    }

    pub const fn fits(mut self, fits: Fits) -> Self {
        self.fits = fits;
        self
    }

    pub const fn value(mut self, value: fn(&Item) -> String) -> Self {
        self.value = Some(value);
        self
    }

    pub const fn suggests(mut self, key: &'static str, text: fn(&Item) -> String) -> Self {
        self.suggests = Some((key, text));
        self
    }

    pub const fn none(mut self, label: &'static str) -> Self {
        self.none = label;
        self
    }
}

impl Input {
    /// Whether this is the JSON that the field makes.
    #[cfg(test)]
    pub fn makes(&self, value: &Value) -> bool {
        match self {
            Self::Text | Self::Code | Self::Area | Self::File | Self::Policy(_) => value.is_string(),
            Self::Choice(_) | Self::Region | Self::Own(_) | Self::Pick(_) => value.is_string(),
            Self::Lines | Self::Picks(_) | Self::Tags => value.is_array(),
            Self::Number(_) => value.is_number() || value.is_null(),
            Self::Check => value.is_boolean(),
        }
    }
}

impl Values {
    /// What a change holds. A change that is no JSON object has no fields.
    pub fn of(change: &impl serde::Serialize) -> Self {
        match serde_json::to_value(change) {
            Ok(Value::Object(map)) => Self(map),
            _ => Self::default(),
        }
    }

    fn value(&self, key: &str) -> &Value {
        static NULL: LazyLock<Value> = LazyLock::new(|| Value::Null);
        self.0.get(key).unwrap_or(&NULL)
    }

    /// A string field; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.value(key).as_str().unwrap_or_default()
    }

    pub fn flag(&self, key: &str) -> bool {
        self.value(key).as_bool().unwrap_or_default()
    }

    pub fn number(&self, key: &str) -> Option<u64> {
        self.value(key).as_u64()
    }

    /// A list of strings; empty where there is none.
    pub fn list(&self, key: &str) -> Vec<&str> {
        let values = self.value(key).as_array().map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(Value::as_str).collect()
    }
}
