//! New users, one or many at once.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    identity::{check_path, given_path, name_problem},
    kind::Kind,
    resource::Mutation,
    tag::{Tag, check_tags},
};

/// Users who differ by their names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserDraft {
    pub names: Vec<String>,
    pub path: String,
    pub groups: Vec<String>,
    /// Each gets a password that is made up, and has to choose another with the first use.
    pub password: bool,
    pub access_key: bool,
    pub tags: Vec<Tag>,
}

impl UserDraft {
    /// Each costs up to a dozen calls.
    pub const MOST: usize = 50;
}

impl Mutation for UserDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::User, Kind::Group]
    }

    fn operations(&self) -> &'static [&'static str] {
        match (self.password, self.access_key) {
            (true, true) => &["iam:CreateUser", "iam:AddUserToGroup", "iam:CreateLoginProfile", "iam:CreateAccessKey"],
            (true, false) => &["iam:CreateUser", "iam:AddUserToGroup", "iam:CreateLoginProfile"],
            (false, true) => &["iam:CreateUser", "iam:AddUserToGroup", "iam:CreateAccessKey"],
            (false, false) => &["iam:CreateUser", "iam:AddUserToGroup"],
        }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let of = |name: &String| {
            let about = |operation: &str| Command::iam(operation).arg("--user-name", name);
            let create = about("create-user").maybe("--path", given_path(&self.path)).args("--tags", self.tags.iter().map(Tag::shorthand));
            let groups = self.groups.iter().map(|group| about("add-user-to-group").arg("--group-name", group));
            let password =
                self.password.then(|| about("create-login-profile").arg("--password", "PASSWORD").flag("--password-reset-required", true));
            let key = self.access_key.then(|| about("create-access-key"));
            std::iter::once(create).chain(groups).chain(password).chain(key).collect::<Vec<_>>()
        };
        self.names.iter().flat_map(of).collect()
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        errors.extend(self.names_problem().map(|problem| ("names".to_owned(), problem)));
        check_path(&self.path, &mut errors);
        errors
    }
}

impl UserDraft {
    fn names_problem(&self) -> Option<String> {
        if self.names.is_empty() {
            return Some("Enter a name.".into());
        }
        if self.names.len() > Self::MOST {
            return Some(format!("At most {} users are created at once.", Self::MOST));
        }
        self.names.iter().enumerate().find_map(|(index, name)| {
            // Names that differ by case alone are the same to IAM.
            let is_double = self.names[..index].iter().any(|before| before.eq_ignore_ascii_case(name));
            let problem = if is_double { Some("It is there twice.".into()) } else { name_problem(name, 64) };
            problem.map(|problem| format!("{name}: {problem}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_one_of_many_names_is_said_with_the_name() {
        let check = |names: &[&str]| {
            let names = names.iter().map(|&name| name.to_owned()).collect();
            UserDraft { names, ..UserDraft::default() }.check().remove("names")
        };
        assert_eq!(check(&["ann", "bob"]), None);
        assert_eq!(check(&["ann", "Ann"]).as_deref(), Some("Ann: It is there twice."));
        assert!(check(&["ann", "b b"]).unwrap().starts_with("b b: A name has"));
        assert!(check(&[]).is_some() && check(&["x"; 51]).unwrap().contains("50"));
    }

    #[test]
    fn no_password_stands_in_a_command() {
        let draft = UserDraft { names: vec!["ann".into()], password: true, access_key: true, ..UserDraft::default() };
        let lines: Vec<_> = draft.commands(&[]).iter().map(|command| command.line("us-east-1")).collect();
        let expected = [
            "aws iam create-user --user-name ann",
            "aws iam create-login-profile --user-name ann --password PASSWORD --password-reset-required",
            "aws iam create-access-key --user-name ann",
        ];
        assert_eq!(lines, expected);
    }
}
