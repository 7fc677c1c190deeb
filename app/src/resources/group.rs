//! Groups of IAM users.

use api::{
    group::{Group, GroupAction, GroupDraft},
    identity::user_name,
    kind::Kind,
    user::User,
};

use super::{permissions, renaming::rename};
use crate::{
    area::Area,
    lazy::{self, parts},
    spec::{
        Empty, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        form::{Field, Form, Input, Pick},
        tab::{Section, Tab},
    },
};

type Column = column::Column<Group>;
type Facet = facet::Facet<Group>;
type Action = action::Action<Group>;

pub static SPEC: Spec<Group> = Spec {
    area: Area::Identity,
    title: "Groups",
    icon: "users",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |g| cell::link(Kind::Group, &g.name)).width(Width::Wide).narrow(),
        Column::new("users", "Users", |g| g.users.as_ref().map_or(Cell::Empty, |users| Cell::Count(users.len() as u64)))
            .width(Width::Number)
            .narrow(),
        Column::new("policies", "Policies", permissions::count).width(Width::Number),
        Column::new("path", "Path", |g| cell::code(&g.path)),
        Column::new("created", "Created", |g| cell::time(g.created_at)),
        Column::new("id", "Group ID", |g| cell::code(&g.group_id)).width(Width::Id).hidden(),
        Column::new("arn", "ARN", |g| cell::code(&g.arn)).width(Width::Wide).hidden(),
    ],
    facets: &[
        Facet::one("path", "Path", |g| &g.path),
        Facet::many("user", "User", |g| g.users.iter().flatten().map(String::as_str).collect()),
    ],
    scopes: &[],
    actions: &[
        Action::form("add-users", "Add users", "plus", ("The users are in {name}", ""), &ADD, |_| GroupAction::AddUsers { users: vec![] }),
        Action::form("remove-users", "Remove users", "minus", ("The users are no more in {name}", ""), &REMOVE, |_| {
            GroupAction::RemoveUsers { users: vec![] }
        })
        .when(|g| Allow::when(g.users.as_ref().is_none_or(|users| !users.is_empty()), "Nobody is in it."))
        .guarded(|_, values, own| {
            let is_own = user_name(own).is_some_and(|own| values.list("users").contains(&own));
            is_own.then_some("You are one of them: what this group lets you do, you can do no more.")
        })
        .fresh(),
        rename(|g| GroupAction::Rename { name: g.name.clone(), path: g.path.clone() }),
        permissions::attach(),
        permissions::detach(),
        permissions::put(),
        permissions::remove(),
        Action::open("delete-all", "Delete", "trash-2", |g| lazy::dialog(parts::remove_identity, (Kind::Group, g.name.clone(), g.name))),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts { title: "Group", columns: &["path", "created", "id", "arn"], more: &[] },
                Section::Table { title: "Users", heads: &["User"], rows: users, empty: "Nobody is in it." },
            ],
        ),
        permissions::tab(),
    ],
    has_tags: false,
    status: None,
    notice: None,
    primary: Some(&Primary::Create { label: "Create group", form: &CREATE, draft: GroupDraft::default }),
    empty: &Empty { title: "No groups yet", body: "A group gives its users the same permissions." },
};

static CREATE: Form = Form {
    title: "Create group",
    intro: "",
    submit: "Create group",
    fields: &[
        Field::new("name", "Name", Input::Text),
        Field::new("path", "Path", Input::Code).optional().help("To tell parts of an organisation apart: /engineering/."),
        Field::new("users", "Users", Input::Picks(Pick::of(Kind::User))).optional(),
    ],
};

static ADD: Form = Form {
    title: "Add users to {name}",
    intro: "",
    submit: "Add users",
    fields: &[Field::new(
        "users",
        "Users",
        Input::Picks(Pick::of(Kind::User).fits(|user, _, group| !group.is_some_and(|group| is_in(group.get(), user.get())))),
    )],
};

static REMOVE: Form = Form {
    title: "Remove users from {name}",
    intro: "They lose what the group lets them do.",
    submit: "Remove users",
    fields: &[Field::new(
        "users",
        "Users",
        Input::Picks(Pick::of(Kind::User).fits(|user, _, group| group.is_some_and(|group| is_in(group.get(), user.get())))),
    )],
};

fn is_in(group: &Group, user: &User) -> bool {
    group.users.iter().flatten().any(|name| *name == user.name)
}

fn users(group: &Group) -> Vec<Vec<Cell>> {
    group.users.iter().flatten().map(|name| vec![Cell::Link(Link::new(Kind::User, name, name))]).collect()
}
