//! What an identity may do: the policies of a user, a group or a role, and changes to them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>

use serde::{Deserialize, Serialize};

use crate::{command::Command, error::FieldErrors, identity::name_problem, kind::Kind, plan::Step, resource::Resource};

pub mod document;

/// The policies of one identity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permissions {
    pub attached: Vec<Attached>,
    pub inline: Vec<Inline>,
    /// ARN of the policy beyond which no other goes; empty where there is none.
    pub boundary: String,
}

/// A managed policy, where it is attached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attached {
    pub name: String,
    pub arn: String,
}

/// A policy that is part of its identity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    pub name: String,
    /// JSON.
    pub document: String,
}

impl Permissions {
    pub fn len(&self) -> usize {
        self.attached.len() + self.inline.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Which sort of identity has the policies: the API has calls of its own for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    User,
    Group,
    Role,
}

impl Principal {
    /// As operations of the CLI have it.
    const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
        }
    }

    /// How much all policies that are part of one identity may say together, in characters without white space.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    pub const fn inline_limit(self) -> usize {
        match self {
            Self::User => 2_048,
            Self::Group => 5_120,
            Self::Role => 10_240,
        }
    }

    /// A call of the CLI about one of them.
    pub fn command(self, operation: &str, name: &str) -> Command {
        let word = self.word();
        Command::iam(&operation.replace("{}", word)).arg(&format!("--{word}-name"), name)
    }
}

/// A kind of identity.
pub trait Permitted: Resource {
    const PRINCIPAL: Principal;

    /// `None` where the cloud did not say.
    fn permissions(&self) -> Option<&Permissions>;

    /// Whether somebody who is signed in by this ARN has these permissions.
    fn is_own(&self, arn: &str) -> bool;
}

/// A change to what an identity may do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum PermissionChange {
    Attach {
        policy_arn: String,
        /// Whose policies the form offers. The cloud is not told.
        #[serde(default)]
        scope: String,
    },
    Detach {
        policy_arn: String,
    },
    /// Replaces the one of this name, where there is one.
    Put {
        name: String,
        document: String,
    },
    Remove {
        name: String,
    },
    /// Beyond this policy no other goes any more; empty to take the boundary away. Groups have none.
    Bound {
        policy_arn: String,
        /// As with `Attach`.
        #[serde(default)]
        scope: String,
    },
}

impl PermissionChange {
    /// A policy says to how many it is attached.
    pub fn touches(&self, of: Principal) -> &'static [Kind] {
        match (self, of) {
            (Self::Attach { .. } | Self::Detach { .. } | Self::Bound { .. }, Principal::User) => &[Kind::User, Kind::Policy],
            (Self::Attach { .. } | Self::Detach { .. }, Principal::Group) => &[Kind::Group, Kind::Policy],
            (Self::Attach { .. } | Self::Detach { .. } | Self::Bound { .. }, Principal::Role) => &[Kind::Role, Kind::Policy],
            (_, Principal::User) => &[Kind::User],
            (_, Principal::Group) => &[Kind::Group],
            (_, Principal::Role) => &[Kind::Role],
        }
    }

    pub fn operations(&self, of: Principal) -> &'static [&'static str] {
        use Principal::{Group, Role, User};
        match (self, of) {
            (Self::Attach { .. }, User) => &["iam:AttachUserPolicy"],
            (Self::Attach { .. }, Group) => &["iam:AttachGroupPolicy"],
            (Self::Attach { .. }, Role) => &["iam:AttachRolePolicy"],
            (Self::Detach { .. }, User) => &["iam:DetachUserPolicy"],
            (Self::Detach { .. }, Group) => &["iam:DetachGroupPolicy"],
            (Self::Detach { .. }, Role) => &["iam:DetachRolePolicy"],
            (Self::Put { .. }, User) => &["iam:PutUserPolicy"],
            (Self::Put { .. }, Group) => &["iam:PutGroupPolicy"],
            (Self::Put { .. }, Role) => &["iam:PutRolePolicy"],
            (Self::Remove { .. }, User) => &["iam:DeleteUserPolicy"],
            (Self::Remove { .. }, Group) => &["iam:DeleteGroupPolicy"],
            (Self::Remove { .. }, Role) => &["iam:DeleteRolePolicy"],
            (Self::Bound { policy_arn, .. }, User) if policy_arn.is_empty() => &["iam:DeleteUserPermissionsBoundary"],
            (Self::Bound { .. }, User) => &["iam:PutUserPermissionsBoundary"],
            (Self::Bound { policy_arn, .. }, Role) if policy_arn.is_empty() => &["iam:DeleteRolePermissionsBoundary"],
            (Self::Bound { .. }, Role) => &["iam:PutRolePermissionsBoundary"],
            (Self::Bound { .. }, Group) => &[],
        }
    }

    pub fn commands(&self, of: Principal, names: &[String]) -> Vec<Command> {
        let command = |name: &String| match self {
            Self::Attach { policy_arn, .. } => of.command("attach-{}-policy", name).arg("--policy-arn", policy_arn),
            Self::Detach { policy_arn } => of.command("detach-{}-policy", name).arg("--policy-arn", policy_arn),
            Self::Put { name: policy, .. } => {
                of.command("put-{}-policy", name).arg("--policy-name", policy).arg("--policy-document", "file://policy.json")
            }
            Self::Remove { name: policy } => of.command("delete-{}-policy", name).arg("--policy-name", policy),
            Self::Bound { policy_arn, .. } if policy_arn.is_empty() => of.command("delete-{}-permissions-boundary", name),
            Self::Bound { policy_arn, .. } => of.command("put-{}-permissions-boundary", name).arg("--permissions-boundary", policy_arn),
        };
        names.iter().map(command).collect()
    }

    pub fn check(&self, of: Principal) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let mut say = |key: &str, message: Option<String>| errors.extend(message.map(|message| (key.to_owned(), message)));
        match self {
            Self::Attach { policy_arn, .. } | Self::Detach { policy_arn } => {
                say("policy_arn", policy_arn.is_empty().then(|| "Choose a policy.".into()));
            }
            Self::Put { name, document } => {
                say("name", name_problem(name, 128));
                say("document", document::problem(document, of.inline_limit()));
            }
            Self::Remove { name } => say("name", name.is_empty().then(|| "Choose a policy.".into())),
            Self::Bound { .. } => say("policy_arn", (of == Principal::Group).then(|| "A group has no permissions boundary.".into())),
        }
        errors
    }

    pub fn inverse(&self) -> Option<Self> {
        match self {
            Self::Attach { policy_arn, .. } => Some(Self::Detach { policy_arn: policy_arn.clone() }),
            Self::Detach { policy_arn } => Some(Self::Attach { policy_arn: policy_arn.clone(), scope: String::new() }),
            Self::Put { .. } | Self::Remove { .. } | Self::Bound { .. } => None,
        }
    }
}

/// Takes all policies away from an identity that is about to go.
pub fn teardown<T: Permitted>(identity: &T) -> Vec<Step>
where
    T::Action: From<PermissionChange>,
{
    let Some(permissions) = identity.permissions() else { return vec![] };
    let act = |text, name: &String, change: PermissionChange| Step::act::<T>(text, name, &T::Action::from(change), identity.id());
    let detach = |policy: &Attached| act("Detach policy {name}", &policy.name, PermissionChange::Detach { policy_arn: policy.arn.clone() });
    let remove = |policy: &Inline| act("Delete inline policy {name}", &policy.name, PermissionChange::Remove { name: policy.name.clone() });
    permissions.attached.iter().map(detach).chain(permissions.inline.iter().map(remove)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_of_identity_has_its_own_calls() {
        let attach = PermissionChange::Attach { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".into(), scope: "aws".into() };
        for (of, expected) in [(Principal::User, "attach-user-policy --user-name"), (Principal::Role, "attach-role-policy --role-name")] {
            let command = attach.commands(of, &["ann".to_owned()]).remove(0);
            assert_eq!(command.line("us-east-1"), format!("aws iam {expected} ann --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess"));
            assert_eq!(attach.operations(of), [command.permission()]);
        }
        assert_eq!(
            attach.inverse().and_then(|detach| detach.inverse()).map(|again| again.check(Principal::User)),
            Some(FieldErrors::new())
        );
    }
}
