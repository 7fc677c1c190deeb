//! A new group.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    identity::{check_path, given_path, name_problem},
    kind::Kind,
    resource::Mutation,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupDraft {
    pub name: String,
    pub path: String,
    pub users: Vec<String>,
}

impl Mutation for GroupDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Group, Kind::User]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.users.is_empty() { &["iam:CreateGroup"] } else { &["iam:CreateGroup", "iam:AddUserToGroup"] }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let about = |operation: &str| Command::iam(operation).arg("--group-name", &self.name);
        let create = about("create-group").maybe("--path", given_path(&self.path));
        std::iter::once(create).chain(self.users.iter().map(|user| about("add-user-to-group").arg("--user-name", user))).collect()
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        errors.extend(name_problem(&self.name, 128).map(|problem| ("name".to_owned(), problem)));
        check_path(&self.path, &mut errors);
        errors
    }
}
