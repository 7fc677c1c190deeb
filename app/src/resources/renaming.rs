//! What IAM knows by its name alone is given another.

use api::resource::Resource;

use crate::spec::{
    action::Action,
    form::{Field, Form, Input},
};

/// By a change that begins with what it is called, and where it stands, now.
pub const fn rename<T: Resource>(begin: fn(&T) -> T::Action) -> Action<T> {
    Action::form("rename", "Rename", "pencil", ("{name} has another name or path", ""), &RENAME, begin).renames()
}

static RENAME: Form = Form {
    title: "Rename {name}",
    intro: "What it has stays its own. Its ARN becomes another: policies that name it have to be changed.",
    submit: "Rename",
    fields: &[Field::new("name", "Name", Input::Text), Field::new("path", "Path", Input::Code)],
};
