//! What can be done to roles.

use serde::{Deserialize, Serialize};

use super::draft::session_problem;
use crate::{
    command::Command,
    error::FieldErrors,
    identity::description_problem,
    kind::Kind,
    permissions::{
        PermissionChange, Principal,
        document::{TRUST_LIMIT, problem},
    },
    resource::Mutation,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum RoleAction {
    Permissions(PermissionChange),
    SetTrust {
        document: String,
    },
    Describe {
        description: String,
        max_session: Option<u32>,
    },
    /// Takes the role out of an instance profile, which holds nothing else, and deletes that.
    DeleteProfile {
        profile: String,
    },
    Delete,
}

impl From<PermissionChange> for RoleAction {
    fn from(change: PermissionChange) -> Self {
        Self::Permissions(change)
    }
}

impl Mutation for RoleAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Permissions(change) => change.touches(Principal::Role),
            _ => &[Kind::Role],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Permissions(change) => change.operations(Principal::Role),
            Self::SetTrust { .. } => &["iam:UpdateAssumeRolePolicy"],
            Self::Describe { .. } => &["iam:UpdateRole"],
            Self::DeleteProfile { .. } => &["iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
            Self::Delete => &["iam:DeleteRole"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let about = |operation: &str, name: &String| Command::iam(operation).arg("--role-name", name);
        let of = |name: &String| match self {
            Self::Permissions(change) => change.commands(Principal::Role, std::slice::from_ref(name)),
            Self::SetTrust { .. } => vec![about("update-assume-role-policy", name).arg("--policy-document", "file://trust.json")],
            Self::Describe { description, max_session } => {
                vec![about("update-role", name).arg("--description", description).maybe("--max-session-duration", *max_session)]
            }
            Self::DeleteProfile { profile } => vec![
                about("remove-role-from-instance-profile", name).arg("--instance-profile-name", profile),
                Command::iam("delete-instance-profile").arg("--instance-profile-name", profile),
            ],
            Self::Delete => vec![about("delete-role", name)],
        };
        ids.iter().flat_map(of).collect()
    }

    fn check(&self) -> FieldErrors {
        let say = |key: &str, problem: Option<String>| problem.map(|problem| (key.to_owned(), problem)).into_iter().collect();
        match self {
            Self::Permissions(change) => change.check(Principal::Role),
            Self::SetTrust { document } => say("document", problem(document, TRUST_LIMIT)),
            Self::Describe { description, max_session } => {
                let problems = [("description", description_problem(description)), ("max_session", session_problem(*max_session))];
                problems.into_iter().flat_map(|(key, problem)| say(key, problem)).collect()
            }
            Self::DeleteProfile { .. } | Self::Delete => FieldErrors::new(),
        }
    }

    fn inverse(&self) -> Option<Self> {
        if let Self::Permissions(change) = self { change.inverse().map(Self::Permissions) } else { None }
    }
}
