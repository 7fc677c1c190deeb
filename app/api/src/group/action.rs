//! What can be done to groups.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    identity::check_renamed,
    kind::Kind,
    permissions::{PermissionChange, Principal},
    resource::Mutation,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum GroupAction {
    AddUsers {
        users: Vec<String>,
    },
    RemoveUsers {
        users: Vec<String>,
    },
    Permissions(PermissionChange),
    /// Its users and its policies stay; its ARN is another.
    Rename {
        name: String,
        path: String,
    },
    Delete,
}

impl From<PermissionChange> for GroupAction {
    fn from(change: PermissionChange) -> Self {
        Self::Permissions(change)
    }
}

impl Mutation for GroupAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::AddUsers { .. } | Self::RemoveUsers { .. } | Self::Rename { .. } | Self::Delete => &[Kind::Group, Kind::User],
            Self::Permissions(change) => change.touches(Principal::Group),
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::AddUsers { .. } => &["iam:AddUserToGroup"],
            Self::RemoveUsers { .. } => &["iam:RemoveUserFromGroup"],
            Self::Permissions(change) => change.operations(Principal::Group),
            Self::Rename { .. } => &["iam:UpdateGroup"],
            Self::Delete => &["iam:DeleteGroup"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let each = |operation: &'static str, users: &[String]| {
            // While nobody is chosen, the call is shown without a name.
            let users = if users.is_empty() { &[String::new()] } else { users };
            let pairs = ids.iter().flat_map(|group| users.iter().map(move |user| (group, user)));
            pairs.map(|(group, user)| Command::iam(operation).arg("--group-name", group).arg("--user-name", user)).collect()
        };
        match self {
            Self::AddUsers { users } => each("add-user-to-group", users),
            Self::RemoveUsers { users } => each("remove-user-from-group", users),
            Self::Permissions(change) => change.commands(Principal::Group, ids),
            Self::Rename { name: new, path } => {
                let of = |name| Command::iam("update-group").arg("--group-name", name).arg("--new-group-name", new).arg("--new-path", path);
                ids.iter().map(of).collect()
            }
            Self::Delete => ids.iter().map(|name| Command::iam("delete-group").arg("--group-name", name)).collect(),
        }
    }

    fn check(&self) -> FieldErrors {
        match self {
            Self::AddUsers { users } | Self::RemoveUsers { users } if users.is_empty() => {
                FieldErrors::from([("users".into(), "Choose somebody.".into())])
            }
            Self::Permissions(change) => change.check(Principal::Group),
            Self::Rename { name, path } => check_renamed(name, 128, path),
            _ => FieldErrors::new(),
        }
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::RemoveUsers { users } => Some(Self::AddUsers { users: users.clone() }),
            Self::Permissions(change) => change.inverse().map(Self::Permissions),
            Self::AddUsers { .. } | Self::Rename { .. } | Self::Delete => None,
        }
    }
}
