//! The forms of managed policies.

use api::{group::Group, kind::Kind, policy::Policy, role::Role, user::User};
use policy::Place;

use crate::spec::{
    Item,
    form::{Field, Form, Input, Pick, Values},
};

pub static CREATE: Form = Form {
    title: "Create policy",
    intro: "",
    submit: "Create policy",
    fields: &[
        Field::new("name", "Name", Input::Text),
        Field::new("description", "Description", Input::Text).optional().help("It cannot be changed afterwards."),
        Field::new("document", "Policy", Input::Policy(Place::Managed)),
        Field::new("path", "Path", Input::Code).optional().help("To tell parts of an organisation apart: /engineering/."),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

pub static EDIT: Form = Form {
    title: "Edit {name}",
    intro: "What is saved is a new version, which holds at once for everybody who has the policy.",
    submit: "Save as new version",
    fields: &[
        Field::new("document", "Policy", Input::Policy(Place::Managed)),
        Field::new("replaces", "Version that makes room", Input::Own(others))
            .help("A policy has five versions at most. This one is deleted first.")
            .when(|values| !values.text("replaces").is_empty()),
    ],
};

pub static DEFAULT: Form = Form {
    title: "Default version of {name}",
    intro: "The default version is the one that holds.",
    submit: "Set default version",
    fields: &[Field::new("version", "Version", Input::Own(others))],
};

pub static DELETE_VERSION: Form = Form {
    title: "Delete a version of {name}",
    intro: "Its text is not kept anywhere.",
    submit: "Delete version",
    fields: &[Field::new("version", "Version", Input::Own(others))],
};

/// All but the default one.
fn others(item: &Item) -> Vec<(String, String)> {
    let others = item.get::<Policy>().versions.iter().filter(|version| !version.is_default);
    others.map(|version| (version.id.clone(), version.id.clone())).collect()
}

pub static ATTACH: Form = Form {
    title: "Attach {name}",
    intro: "It gives what it allows to everybody who is chosen here.",
    submit: "Attach",
    fields: &[
        Field::new("users", "Users", Input::Picks(Pick::of(Kind::User).fits(|user, _, policy| !has_user(policy, user)))).optional(),
        Field::new("groups", "Groups", Input::Picks(Pick::of(Kind::Group).fits(|group, _, policy| !has_group(policy, group)))).optional(),
        Field::new("roles", "Roles", Input::Picks(Pick::of(Kind::Role).fits(is_free))).optional(),
    ],
};

pub static DETACH: Form = Form {
    title: "Detach {name}",
    intro: "What it allows is taken from everybody who is chosen here.",
    submit: "Detach",
    fields: &[
        Field::new("users", "Users", Input::Picks(Pick::of(Kind::User).fits(|user, _, policy| has_user(policy, user)))).optional(),
        Field::new("groups", "Groups", Input::Picks(Pick::of(Kind::Group).fits(|group, _, policy| has_group(policy, group)))).optional(),
        Field::new("roles", "Roles", Input::Picks(Pick::of(Kind::Role).fits(|role, _, policy| has_role(policy, role)))).optional(),
    ],
};

fn has_user(policy: Option<&Item>, user: &Item) -> bool {
    policy.is_some_and(|policy| policy.get::<Policy>().users.contains(&user.get::<User>().name))
}

fn has_group(policy: Option<&Item>, group: &Item) -> bool {
    policy.is_some_and(|policy| policy.get::<Policy>().groups.contains(&group.get::<Group>().name))
}

fn has_role(policy: Option<&Item>, role: &Item) -> bool {
    policy.is_some_and(|policy| policy.get::<Policy>().roles.contains(&role.get::<Role>().name))
}

/// A role that a service keeps is nobody else's to change.
fn is_free(role: &Item, _: &Values, policy: Option<&Item>) -> bool {
    !role.get::<Role>().is_service_linked() && !has_role(policy, role)
}
