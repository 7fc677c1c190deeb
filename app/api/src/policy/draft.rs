//! A new managed policy.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    identity::{check_path, description_problem, given_path, name_problem},
    kind::Kind,
    permissions::document::{BLANK, MANAGED_LIMIT, problem},
    resource::Mutation,
    tag::{Tag, check_tags},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyDraft {
    pub name: String,
    pub path: String,
    pub description: String,
    pub document: String,
    pub tags: Vec<Tag>,
}

impl Default for PolicyDraft {
    fn default() -> Self {
        let [name, path, description] = [const { String::new() }; 3];
        Self { name, path, description, document: BLANK.to_owned(), tags: vec![] }
    }
}

impl Mutation for PolicyDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Policy]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["iam:CreatePolicy"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let call = Command::iam("create-policy").arg("--policy-name", &self.name).maybe("--path", given_path(&self.path));
        let call = call.arg("--description", &self.description).arg("--policy-document", "file://policy.json");
        vec![call.args("--tags", self.tags.iter().map(Tag::shorthand))]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        let mut say = |key: &str, problem: Option<String>| errors.extend(problem.map(|problem| (key.to_owned(), problem)));
        say("name", name_problem(&self.name, 128));
        say("document", problem(&self.document, MANAGED_LIMIT));
        say("description", description_problem(&self.description));
        check_path(&self.path, &mut errors);
        errors
    }
}
