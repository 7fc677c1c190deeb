//! What stands in the fields of a form while it is filled in, and the values it makes.

use api::{error::FieldErrors, tag::Tag};
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::{
    locale::t,
    spec::form::{Form, Input, Values},
    wizard::TagRow,
};

/// All fields of one form.
#[derive(Clone, Copy)]
pub struct State {
    form: &'static Form,
    /// What the change holds beside its fields stays as it is.
    begin: StoredValue<Values>,
    inputs: StoredValue<Vec<InputState>>,
}

/// What stands in one field.
#[derive(Clone, Copy)]
pub enum InputState {
    Text(RwSignal<String>),
    Check(RwSignal<bool>),
    Several(RwSignal<Vec<String>>),
    Tags(RwSignal<Vec<TagRow>>),
}

impl State {
    pub fn new(form: &'static Form, begin: &Values) -> Self {
        let input = |field: &crate::spec::form::Field| match field.input {
            Input::Check => InputState::Check(RwSignal::new(begin.flag(field.key))),
            Input::Picks(_) => InputState::Several(RwSignal::new(begin.list(field.key).into_iter().map(str::to_owned).collect())),
            Input::Tags => InputState::Tags(RwSignal::new(rows(begin.0.get(field.key)))),
            Input::Lines => InputState::Text(RwSignal::new(begin.list(field.key).join("\n"))),
            Input::Number(_) => InputState::Text(RwSignal::new(begin.number(field.key).map(|n| n.to_string()).unwrap_or_default())),
            _ => InputState::Text(RwSignal::new(begin.text(field.key).to_owned())),
        };
        Self { form, begin: StoredValue::new(begin.clone()), inputs: StoredValue::new(form.fields.iter().map(input).collect()) }
    }

    pub fn inputs(self) -> Vec<InputState> {
        self.inputs.get_value()
    }

    /// Puts a text or a number into a field, for the user to keep or to change.
    pub fn suggest(self, key: &str, text: String) {
        let at = self.form.fields.iter().position(|field| field.key == key);
        if let Some(InputState::Text(value)) = at.and_then(|at| self.inputs.with_value(|inputs| inputs.get(at).copied())) {
            value.set(text);
        }
    }

    /// The change's values as they stand. What cannot be read is left as it was, and told by [`State::unreadable`].
    pub fn values(self) -> Values {
        let mut values = self.begin.get_value();
        for (field, input) in self.form.fields.iter().zip(self.inputs()) {
            if let Some(value) = input.value(&field.input) {
                values.0.insert(field.key.to_owned(), value);
            }
        }
        values
    }

    pub fn unreadable(self) -> FieldErrors {
        let fields = self.form.fields.iter().zip(self.inputs());
        let bad = fields.filter(|(field, input)| input.value(&field.input).is_none());
        bad.map(|(field, _)| (field.key.to_owned(), t("Enter a whole number."))).collect()
    }

    /// Where an error of the change is shown: rows of tags go by their id.
    pub fn on_screen(self, key: &str) -> String {
        let mut parts = key.splitn(3, '.');
        if let (Some(field), Some(index), Some(part)) = (parts.next(), parts.next(), parts.next())
            && let Some(at) = self.form.fields.iter().position(|other| other.key == field)
            && let Some(InputState::Tags(rows)) = self.inputs.with_value(|inputs| inputs.get(at).copied())
            && let Some(id) = index.parse::<usize>().ok().and_then(|index| rows.with(|rows| rows.get(index).map(|row| row.id)))
        {
            return format!("{field}.{id}.{part}");
        }
        key.to_owned()
    }
}

impl InputState {
    /// The JSON it makes; `None` where the text is no value of that sort.
    fn value(self, input: &Input) -> Option<Value> {
        Some(match self {
            Self::Check(checked) => json!(checked.get()),
            Self::Several(values) => json!(values.get()),
            Self::Tags(rows) => {
                let tags = rows.with(|rows| rows.iter().map(TagRow::tag).collect::<Vec<_>>());
                serde_json::to_value(tags).ok()?
            }
            Self::Text(text) => text.with(|text| match input {
                Input::Number(_) if text.trim().is_empty() => Some(Value::Null),
                // All numbers of the API are 32 bits wide.
                Input::Number(_) => text.trim().parse::<u32>().ok().map(|n| json!(n)),
                Input::Lines => Some(json!(text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>())),
                Input::Area | Input::File | Input::Policy(_) => Some(json!(text)),
                _ => Some(json!(text.trim())),
            })?,
        })
    }
}

fn rows(tags: Option<&Value>) -> Vec<TagRow> {
    let tags: Vec<Tag> = tags.and_then(|tags| serde_json::from_value(tags.clone()).ok()).unwrap_or_default();
    (0..).zip(tags).map(|(id, tag)| TagRow::new(id, &tag)).collect()
}
