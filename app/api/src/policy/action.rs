//! What can be done to managed policies. Those of AWS can be attached and detached, and nothing else.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    identity::{assumed_role, user_name},
    kind::Kind,
    permissions::{
        PermissionChange, Principal,
        document::{MANAGED_LIMIT, problem},
    },
    resource::Mutation,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum PolicyAction {
    Attach(Holders),
    Detach(Holders),
    /// Makes a new version, which becomes the default.
    Edit {
        document: String,
        /// Which version goes first, where there are as many as there can be; empty for none.
        #[serde(default)]
        replaces: String,
    },
    SetDefault {
        version: String,
    },
    DeleteVersion {
        version: String,
    },
    Delete,
}

/// Whom a policy is attached to, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holders {
    pub users: Vec<String>,
    pub groups: Vec<String>,
    pub roles: Vec<String>,
}

impl Holders {
    pub fn is_empty(&self) -> bool {
        self.each().next().is_none()
    }

    /// Whether whoever is signed in by this ARN is among them; as a member of a group only its users tell.
    pub fn has(&self, own: &str) -> bool {
        let is_in = |names: &[String], name: Option<&str>| name.is_some_and(|name| names.iter().any(|known| known == name));
        is_in(&self.users, user_name(own)) || is_in(&self.roles, assumed_role(own))
    }

    /// Every one of them, with the sort it is of.
    pub fn each(&self) -> impl Iterator<Item = (Principal, &String)> {
        let users = self.users.iter().map(|name| (Principal::User, name));
        let groups = self.groups.iter().map(|name| (Principal::Group, name));
        users.chain(groups).chain(self.roles.iter().map(|name| (Principal::Role, name)))
    }

    fn commands(&self, change: &PermissionChange) -> Vec<Command> {
        if self.is_empty() {
            // While nobody is chosen, the calls are shown without a name.
            let sorts = [Principal::User, Principal::Group, Principal::Role];
            return sorts.into_iter().flat_map(|sort| change.commands(sort, &[String::new()])).collect();
        }
        self.each().flat_map(|(sort, name)| change.commands(sort, std::slice::from_ref(name))).collect()
    }
}

impl PolicyAction {
    /// What becomes of each holder; nothing where it is not about them.
    pub fn of_holders(&self, arn: &str) -> Option<(&Holders, PermissionChange)> {
        let policy_arn = arn.to_owned();
        match self {
            Self::Attach(holders) => Some((holders, PermissionChange::Attach { policy_arn, scope: String::new() })),
            Self::Detach(holders) => Some((holders, PermissionChange::Detach { policy_arn })),
            _ => None,
        }
    }
}

impl Mutation for PolicyAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Attach(_) | Self::Detach(_) => &[Kind::Policy, Kind::User, Kind::Group, Kind::Role],
            _ => &[Kind::Policy],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Attach(_) => &["iam:AttachUserPolicy", "iam:AttachGroupPolicy", "iam:AttachRolePolicy"],
            Self::Detach(_) => &["iam:DetachUserPolicy", "iam:DetachGroupPolicy", "iam:DetachRolePolicy"],
            Self::Edit { replaces, .. } if !replaces.is_empty() => &["iam:DeletePolicyVersion", "iam:CreatePolicyVersion"],
            Self::Edit { .. } => &["iam:CreatePolicyVersion"],
            Self::SetDefault { .. } => &["iam:SetDefaultPolicyVersion"],
            Self::DeleteVersion { .. } => &["iam:DeletePolicyVersion"],
            Self::Delete => &["iam:DeletePolicy"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let about = |operation: &str, arn: &String| Command::iam(operation).arg("--policy-arn", arn);
        let of = |arn: &String| match self {
            Self::Attach(_) | Self::Detach(_) => {
                self.of_holders(arn).map(|(holders, change)| holders.commands(&change)).unwrap_or_default()
            }
            Self::Edit { replaces, .. } => {
                let delete = (!replaces.is_empty()).then(|| about("delete-policy-version", arn).arg("--version-id", replaces));
                let create = about("create-policy-version", arn).arg("--policy-document", "file://policy.json");
                delete.into_iter().chain([create.flag("--set-as-default", true)]).collect()
            }
            Self::SetDefault { version } => vec![about("set-default-policy-version", arn).arg("--version-id", version)],
            Self::DeleteVersion { version } => vec![about("delete-policy-version", arn).arg("--version-id", version)],
            Self::Delete => vec![about("delete-policy", arn)],
        };
        ids.iter().flat_map(of).collect()
    }

    fn check(&self) -> FieldErrors {
        let say = |key: &str, problem: Option<String>| problem.map(|problem| (key.to_owned(), problem)).into_iter().collect();
        match self {
            Self::Attach(holders) | Self::Detach(holders) => {
                say("users", holders.is_empty().then(|| "Choose somebody: a user, a group or a role.".to_owned()))
            }
            Self::Edit { document, .. } => say("document", problem(document, MANAGED_LIMIT)),
            Self::SetDefault { version } | Self::DeleteVersion { version } => {
                say("version", version.is_empty().then(|| "Choose a version.".to_owned()))
            }
            Self::Delete => FieldErrors::new(),
        }
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::Attach(holders) => Some(Self::Detach(holders.clone())),
            Self::Detach(holders) => Some(Self::Attach(holders.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_signed_in_is_found_among_users_and_roles() {
        let holders = Holders { users: vec!["ann".into()], groups: vec!["bob".into()], roles: vec!["web".into()] };
        assert!(holders.has("arn:aws:iam::123456789012:user/a/ann") && holders.has("arn:aws:sts::123456789012:assumed-role/web/me"));
        assert!(!holders.has("arn:aws:iam::123456789012:user/bob") && !holders.has("arn:aws:iam::123456789012:root"));
    }

    #[test]
    fn each_holder_is_a_call_of_its_own_and_can_be_taken_back() {
        let holders = Holders { users: vec!["ann".into()], roles: vec!["web".into()], ..Holders::default() };
        let detach = PolicyAction::Detach(holders);
        let lines: Vec<_> = detach.commands(&["arn:p".to_owned()]).iter().map(|command| command.line("")).collect();
        let expected = [
            "aws iam detach-user-policy --user-name ann --policy-arn arn:p",
            "aws iam detach-role-policy --role-name web --policy-arn arn:p",
        ];
        assert_eq!(lines, expected);
        assert_eq!(detach.inverse().and_then(|attach| attach.inverse()), Some(detach));
        assert!(PolicyAction::Attach(Holders::default()).check().contains_key("users"));
    }

    #[test]
    fn a_version_that_makes_room_goes_first() {
        let edit = PolicyAction::Edit { document: String::new(), replaces: "v1".into() };
        let lines: Vec<_> = edit.commands(&["arn:p".to_owned()]).iter().map(|command| command.line("")).collect();
        let expected = [
            "aws iam delete-policy-version --policy-arn arn:p --version-id v1",
            "aws iam create-policy-version --policy-arn arn:p --policy-document file://policy.json --set-as-default",
        ];
        assert_eq!(lines, expected);
    }
}
