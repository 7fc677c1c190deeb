//! What users, groups and roles share: their policies, and how these are changed.

use api::{
    identity::{allows_everything, is_administrator_access},
    kind::Kind,
    permissions::{Inline, PermissionChange, Permitted, Principal, document::BLANK},
    policy::{Policy, is_aws},
};
use policy::{Place, json};

use crate::{
    policy_editor::INDENT,
    spec::{
        Item,
        action::{Action, Allow},
        cell::{self, Cell},
        form::{Field, Form, Input, Pick, Values},
        tab::{Section, Tab},
    },
};

const OWN: &str = "You are signed in with this policy: what it lets you do, you can do no more.";
const ADMINISTRATORS: &str = "Who administers the account by this policy alone can do so no more.";

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
    policies.iter().map(|policy| vec![cell::named_link(Kind::Policy, &policy.arn, &policy.name), cell::code(&policy.arn)]).collect()
}

/// The text of a policy laid out as the editor does it, its keys in the order that they have; as it is where it is no JSON.
pub fn pretty(text: &str) -> String {
    let parsed = json::parse(text);
    match parsed.value.filter(|_| parsed.findings.is_empty()) {
        Some(value) => json::pretty(&value, INDENT).trim_end().to_owned(),
        None => text.to_owned(),
    }
}

fn inline<T: Permitted>(of: &T) -> Vec<(String, String)> {
    let policies = of.permissions().map(|permissions| permissions.inline.as_slice()).unwrap_or_default();
    policies.iter().map(|policy| (policy.name.clone(), pretty(&policy.document))).collect()
}

/// The policy beyond which no other goes.
pub fn boundary<T: Permitted>(of: &T) -> Cell {
    let arn = of.permissions().map_or("", |permissions| &permissions.boundary);
    cell::named_link(Kind::Policy, arn, arn.rsplit('/').next().unwrap_or_default())
}

/// How many policies there are.
pub fn count<T: Permitted>(of: &T) -> Cell {
    of.permissions().map_or(Cell::Empty, |permissions| Cell::Count(permissions.len() as u64))
}

pub const fn attach<T: Permitted>() -> Action<T>
where
    T::Action: From<PermissionChange>,
{
    Action::form(
        "attach-policy",
        "Attach policy",
        "link",
        ("The policy is attached to {name}", ""),
        const {
            &Form {
                title: "Attach a policy to {name}",
                intro: "",
                submit: "Attach",
                fields: const {
                    &[
                        Field::new("scope", "Sort of policy", Input::Choice(SORTS)),
                        Field::new(
                            "policy_arn",
                            "Policy",
                            Input::Pick(Pick::of(Kind::Policy).args(&[("scope", "scope")]).fits(is_other::<T>)),
                        ),
                    ]
                },
            }
        },
        |_| PermissionChange::Attach { policy_arn: String::new(), scope: "aws".to_owned() }.into(),
    )
}

/// Users and roles have one; groups do not.
pub const fn bound<T: Permitted>() -> Action<T>
where
    T::Action: From<PermissionChange>,
{
    Action::form("bound", "Set permissions boundary", "shield-check", ("The boundary of {name} is set", ""), const { &BOUND }, |of: &T| {
        bounded(of).into()
    })
    .guarded(|of: &T, values, own| {
        let is_set = of.is_own(own) && !values.text("policy_arn").is_empty();
        is_set.then_some("You are signed in with these permissions: what goes beyond the boundary, you can do no more.")
    })
    .undone_by(|of: &T| Some(bounded(of).into()))
    .fresh()
}

static BOUND: Form = Form {
    title: "Permissions boundary of {name}",
    intro: "Whatever other policies allow, nothing goes beyond what this one allows, too. By itself it allows nothing.",
    submit: "Set boundary",
    fields: &[
        Field::new("scope", "Sort of policy", Input::Choice(SORTS)),
        Field::new("policy_arn", "Policy", Input::Pick(Pick::of(Kind::Policy).args(&[("scope", "scope")]).none("No boundary"))).optional(),
    ],
};

/// As it is now.
fn bounded<T: Permitted>(of: &T) -> PermissionChange {
    let policy_arn = of.permissions().map(|permissions| permissions.boundary.clone()).unwrap_or_default();
    let is_own = !policy_arn.is_empty() && !is_aws(&policy_arn);
    PermissionChange::Bound { policy_arn, scope: if is_own { "own" } else { "aws" }.to_owned() }
}

const SORTS: &[(&str, &str)] = &[("aws", "AWS managed"), ("own", "Customer managed")];

fn is_other<T: Permitted>(policy: &Item, _: &Values, of: Option<&Item>) -> bool {
    let arn = policy.get::<Policy>().arn.as_str();
    let attached = of.and_then(|of| of.get::<T>().permissions()).map(|permissions| permissions.attached.as_slice()).unwrap_or_default();
    attached.iter().all(|policy| policy.arn != arn)
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
    .when(has_inline::<T>)
    .guarded(|of: &T, values, own| {
        let inline = of.permissions().map(|permissions| permissions.inline.as_slice()).unwrap_or_default();
        let is_chosen = |policy: &&Inline| policy.name == values.text("name");
        loses(of.is_own(own), inline.iter().find(is_chosen).is_some_and(|policy| allows_everything(&policy.document)))
    })
    .fresh()
}

/// Why one should think twice before a policy is taken away: it is one's own, or that of an administrator.
pub fn loses(is_own: bool, administers: bool) -> Option<&'static str> {
    if is_own { Some(OWN) } else { administers.then_some(ADMINISTRATORS) }
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
        ("The policy is detached from {name}", ""),
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
    .when(has_attached::<T>)
    .guarded(|of: &T, values, own| loses(of.is_own(own), is_administrator_access(values.text("policy_arn"))))
    .fresh()
}

pub fn has_inline<T: Permitted>(of: &T) -> Allow {
    Allow::when(of.permissions().is_none_or(|permissions| !permissions.inline.is_empty()), "It has no policy of its own.")
}

pub fn has_attached<T: Permitted>(of: &T) -> Allow {
    Allow::when(of.permissions().is_none_or(|permissions| !permissions.attached.is_empty()), "No policy is attached.")
}

fn attached_names<T: Permitted>(item: &Item) -> Vec<(String, String)> {
    let policies = item.get::<T>().permissions().map(|permissions| permissions.attached.as_slice()).unwrap_or_default();
    policies.iter().map(|policy| (policy.arn.clone(), policy.name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_laid_out_in_its_own_order() {
        let laid_out = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}";
        assert_eq!(pretty(r#"{"Version":"2012-10-17","Statement":[]}"#), laid_out);
        assert_eq!(pretty("{ no JSON"), "{ no JSON");
    }
}
