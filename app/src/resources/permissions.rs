//! What users, groups and roles share: their policies, and how these are changed.

use api::permissions::{
    PermissionChange, Permitted, Principal,
    document::{BLANK, pretty},
};
use policy::Place;

use crate::spec::{
    Item,
    action::{Action, Allow},
    cell::{self, Cell},
    form::{Field, Form, Input},
    tab::{Section, Tab},
};

/// The tab of the policies.
pub const fn tab<T: Permitted>() -> Tab<T> {
    Tab::new(
        "permissions",
        "Permissions",
        const {
            &[
                Section::Table { title: "Attached policies", heads: &["Policy", "ARN"], rows: attached, empty: "No policy is attached." },
                Section::Documents { title: "Inline policies", documents: inline, empty: "It has no policy of its own." },
            ]
        },
    )
}

fn attached<T: Permitted>(of: &T) -> Vec<Vec<Cell>> {
    let policies = of.permissions().map(|permissions| permissions.attached.as_slice()).unwrap_or_default();
    policies.iter().map(|policy| vec![cell::text(&policy.name), cell::code(&policy.arn)]).collect()
}

fn inline<T: Permitted>(of: &T) -> Vec<(String, String)> {
    let policies = of.permissions().map(|permissions| permissions.inline.as_slice()).unwrap_or_default();
    policies.iter().map(|policy| (policy.name.clone(), pretty(&policy.document))).collect()
}

/// How many policies there are.
pub fn count<T: Permitted>(of: &T) -> Cell {
    of.permissions().map_or(Cell::Empty, |permissions| Cell::Count(permissions.len() as u64))
}

pub const fn put<T: Permitted>() -> Action<T>
where
    T::Action: From<PermissionChange>,
{
    Action::form(
        "put-policy",
        "Write inline policy",
        "pencil",
        ("The policy of {name} is saved", "The policy of {n} is saved"),
        const {
            &Form {
                title: "Inline policy of {name}",
                intro: "An inline policy belongs to this one alone. One of the same name is replaced.",
                submit: "Save policy",
                fields: const {
                    &[Field::new("name", "Name", Input::Text), Field::new("document", "Policy", Input::Policy(place(T::PRINCIPAL)))]
                },
            }
        },
        |_| PermissionChange::Put { name: String::new(), document: BLANK.to_owned() }.into(),
    )
}

/// Where the inline policies of an identity are.
const fn place(of: Principal) -> Place {
    match of {
        Principal::User => Place::User,
        Principal::Group => Place::Group,
        Principal::Role => Place::Role,
    }
}

pub const fn remove<T: Permitted>() -> Action<T>
where
    T::Action: From<PermissionChange>,
{
    Action::form(
        "remove-policy",
        "Delete inline policy",
        "file-text",
        ("The policy of {name} is deleted", "The policy of {n} is deleted"),
        const {
            &Form {
                title: "Delete an inline policy of {name}",
                intro: "Its text is not kept anywhere.",
                submit: "Delete policy",
                fields: const { &[Field::new("name", "Policy", Input::Own(inline_names::<T>))] },
            }
        },
        |_| PermissionChange::Remove { name: String::new() }.into(),
    )
    .when(|of: &T| Allow::when(of.permissions().is_some_and(|permissions| !permissions.inline.is_empty()), "It has no policy of its own."))
    .fresh()
}

fn inline_names<T: Permitted>(item: &Item) -> Vec<(String, String)> {
    let policies = item.get::<T>().permissions().map(|permissions| permissions.inline.as_slice()).unwrap_or_default();
    policies.iter().map(|policy| (policy.name.clone(), policy.name.clone())).collect()
}

pub const fn detach<T: Permitted>() -> Action<T>
where
    T::Action: From<PermissionChange>,
{
    Action::form(
        "detach-policy",
        "Detach policy",
        "unlink",
        ("The policy is detached from {name}", "The policy is detached from {n}"),
        const {
            &Form {
                title: "Detach a policy from {name}",
                intro: "",
                submit: "Detach",
                fields: const { &[Field::new("policy_arn", "Policy", Input::Own(attached_names::<T>))] },
            }
        },
        |_| PermissionChange::Detach { policy_arn: String::new() }.into(),
    )
    .when(|of: &T| Allow::when(of.permissions().is_some_and(|permissions| !permissions.attached.is_empty()), "No policy is attached."))
    .fresh()
}

fn attached_names<T: Permitted>(item: &Item) -> Vec<(String, String)> {
    let policies = item.get::<T>().permissions().map(|permissions| permissions.attached.as_slice()).unwrap_or_default();
    policies.iter().map(|policy| (policy.arn.clone(), policy.name.clone())).collect()
}
