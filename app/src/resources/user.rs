//! IAM users: who signs in.

use api::{
    kind::Kind,
    permissions::Permitted,
    user::{AccessKey, MfaCodes, User, UserAction, UserDraft},
};

use super::{permissions, renaming::rename};
use crate::{
    area::Area,
    lazy::{self, parts},
    paths,
    spec::{
        Empty, Item, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

mod form;

type Column = column::Column<User>;
type Facet = facet::Facet<User>;
type Action = action::Action<User>;

pub static SPEC: Spec<User> = Spec {
    area: Area::Identity,
    title: "Users",
    icon: "user",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |u| cell::link(Kind::User, &u.name)).width(Width::Wide).narrow(),
        Column::new("groups", "Groups", groups).width(Width::Wide).narrow(),
        Column::new("policies", "Policies", permissions::count).width(Width::Number),
        Column::new("used", "Password used", |u| cell::time(u.password_last_used)),
        Column::new("path", "Path", |u| cell::code(&u.path)),
        Column::new("created", "Created", |u| cell::time(u.created_at)),
        Column::new("id", "User ID", |u| cell::code(&u.user_id)).width(Width::Id).hidden(),
        Column::new("arn", "ARN", |u| cell::code(&u.arn)).width(Width::Wide).hidden(),
        Column::new("tags", "Tags", |u| cell::tags(&u.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::many("group", "Group", |u| u.groups.iter().flatten().map(String::as_str).collect()),
        Facet::one("path", "Path", |u| &u.path),
    ],
    scopes: &[],
    actions: &[
        Action::form(
            "add-groups",
            "Add to groups",
            "users",
            ("{name} is in the groups", "{n} users are in the groups"),
            &form::ADD,
            |_| UserAction::AddToGroups { groups: vec![] },
        )
        .bulk(),
        Action::form("remove-groups", "Remove from groups", "minus", ("{name} is no more in the groups", ""), &form::REMOVE, |_| {
            UserAction::RemoveFromGroups { groups: vec![] }
        })
        .when(|u| Allow::when(u.groups.as_ref().is_none_or(|groups| !groups.is_empty()), "It is in no group."))
        .guarded(|u, _, own| own_user(u, own))
        .fresh(),
        rename(|u| UserAction::Rename { name: u.name.clone(), path: u.path.clone() }),
        permissions::attach(),
        permissions::detach(),
        permissions::put(),
        permissions::remove(),
        permissions::bound(),
        Action::form(
            "set-password",
            "Make a new password",
            "lock",
            ("{name} has a new password", "{n} users have new passwords"),
            &form::PASSWORD,
            |_| UserAction::SetPassword,
        )
        .bulk(),
        Action::form(
            "create-key",
            "Create access key",
            "key",
            ("{name} has a new access key", "{n} users have new access keys"),
            &form::KEY,
            |_| UserAction::CreateAccessKey,
        )
        .bulk(),
        Action::open("rotate-key", "Rotate access key", "rotate-cw", |u| lazy::dialog(parts::rotate_key, u.name))
            .when(|u| Allow::when(has_key(u, |key| key.active), "It has no active key.")),
        Action::form("deactivate-key", "Deactivate access key", "pause", ("The key of {name} is inactive", ""), &form::DEACTIVATE, |_| {
            UserAction::Deactivate { key_id: String::new() }
        })
        .when(|u| Allow::when(has_key(u, |key| key.active), "It has no active key."))
        .guarded(|u, _, own| own_user(u, own))
        .fresh(),
        Action::form("activate-key", "Activate access key", "play", ("The key of {name} is active", ""), &form::ACTIVATE, |_| {
            UserAction::Activate { key_id: String::new() }
        })
        .when(|u| Allow::when(has_key(u, |key| !key.active), "It has no inactive key."))
        .fresh(),
        Action::form("delete-key", "Delete access key", "x", ("The key of {name} is deleted", ""), &form::DELETE_KEY, |_| {
            UserAction::DeleteAccessKey { key_id: String::new() }
        })
        .when(|u| Allow::when(has_key(u, |_| true), "It has no access key."))
        .guarded(|u, _, own| own_user(u, own))
        .fresh(),
        Action::form(
            "delete-password",
            "Delete password",
            "lock-open",
            ("{name} has no password", "{n} users have no password"),
            &form::NO_PASSWORD,
            |_| UserAction::DeletePassword,
        )
        .when(|u| Allow::when(u.password != Some(false), "It has no password."))
        .guarded(|u, _, own| own_user(u, own))
        .fresh(),
        Action::open("assign-mfa", "Assign MFA device", "fingerprint", |u| lazy::dialog(parts::assign_mfa, u.name)),
        Action::form(
            "resync-mfa",
            "Resynchronise MFA device",
            "refresh-cw",
            ("The device of {name} is in step", ""),
            &form::RESYNC,
            |_| UserAction::ResyncMfa { serial: String::new(), codes: MfaCodes::default() },
        )
        .when(has_device)
        .fresh(),
        Action::form(
            "deactivate-mfa",
            "Deactivate MFA device",
            "circle-x",
            ("The device of {name} is deactivated", ""),
            &form::MFA,
            |_| UserAction::DeactivateMfa { serial: String::new() },
        )
        .when(has_device)
        .fresh(),
        Action::go("access", "What may it do?", "circle-help", |u| paths::may_do(&u.arn)),
        Action::open("disable", "Disable", "ban", |u| lazy::dialog(parts::disable_user, u.name)),
        Action::open("enable", "Enable", "check", |u| lazy::dialog(parts::enable_user, u.name))
            .when(|u| Allow::when(has_key(u, |key| !key.active), "It has no inactive key.")),
        Action::open("delete-all", "Delete", "trash-2", |u| lazy::dialog(parts::remove_identity, (Kind::User, u.name.clone(), u.name))),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts {
                    title: "User",
                    columns: &["path", "created", "id", "arn"],
                    more: &[Fact::new("Permissions boundary", permissions::boundary)],
                },
                Section::Table { title: "Groups", heads: &["Group"], rows: group_rows, empty: "It is in no group." },
            ],
        ),
        permissions::tab(),
        Tab::new(
            "security",
            "Security credentials",
            &[
                Section::Facts { title: "Password", columns: &["used"], more: &[Fact::new("Has a password", |u| cell::maybe(u.password))] },
                Section::Table {
                    title: "Access keys",
                    heads: &["Access key ID", "State", "Created", "Last used", "Used for"],
                    rows: key_rows,
                    empty: "It has no access key.",
                },
                Section::Table { title: "MFA devices", heads: &["Device", "Since"], rows: device_rows, empty: "It has no MFA device." },
                Section::Table {
                    title: "SSH keys and certificates",
                    heads: &["Sort", "ID", "State", "Created"],
                    rows: credential_rows,
                    empty: "It has none.",
                },
            ],
        ),
    ],
    has_tags: true,
    status: None,
    notice: None,
    primary: Some(&Primary::Create { label: "Create users", form: &form::CREATE, draft: UserDraft::default }),
    empty: &Empty { title: "No users", body: "A user is somebody, or something, with a name and credentials of its own." },
};

fn own_user(user: &User, own: &str) -> Option<&'static str> {
    user.is_own(own).then_some("You are signed in as this user: afterwards you may not be able to come back.")
}

fn groups(user: &User) -> Cell {
    let links: Vec<_> = user.groups.iter().flatten().map(|name| Link::new(Kind::Group, name, name)).collect();
    if links.is_empty() { Cell::Empty } else { Cell::Links(links) }
}

fn group_rows(user: &User) -> Vec<Vec<Cell>> {
    user.groups.iter().flatten().map(|name| vec![cell::link(Kind::Group, name)]).collect()
}

/// Also where nobody knows: the list does not say.
fn has_device(user: &User) -> Allow {
    Allow::when(user.mfa_devices.as_ref().is_none_or(|devices| !devices.is_empty()), "It has no MFA device.")
}

/// As with devices.
fn has_key(user: &User, fits: fn(&AccessKey) -> bool) -> bool {
    user.access_keys.as_ref().is_none_or(|keys| keys.iter().any(fits))
}

fn keys(item: &Item, fits: fn(&AccessKey) -> bool) -> Vec<(String, String)> {
    let keys = item.get::<User>().access_keys.iter().flatten().filter(|key| fits(key));
    keys.map(|key| (key.id.clone(), key.id.clone())).collect()
}

fn activity(active: bool) -> Cell {
    if active { cell::status(Tone::Good, "Active") } else { cell::status(Tone::Idle, "Inactive") }
}

fn key_rows(user: &User) -> Vec<Vec<Cell>> {
    let row = |key: &AccessKey| {
        vec![
            cell::code(&key.id),
            activity(key.active),
            cell::time(key.created_at),
            cell::time(key.last_used_at),
            cell::text(&key.last_used_for),
        ]
    };
    user.access_keys.iter().flatten().map(row).collect()
}

fn device_rows(user: &User) -> Vec<Vec<Cell>> {
    user.mfa_devices.iter().flatten().map(|device| vec![cell::code(&device.serial), cell::time(device.enabled_at)]).collect()
}

fn credential_rows(user: &User) -> Vec<Vec<Cell>> {
    let credentials = user.credentials.iter().flatten();
    credentials
        .map(|one| vec![Cell::Word(one.sort.label()), cell::code(&one.id), activity(one.active), cell::time(one.created_at)])
        .collect()
}
