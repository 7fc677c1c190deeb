//! Managed policies.

use api::{
    kind::Kind,
    policy::{Holders, Policy, PolicyAction, PolicyDraft, Version},
};

use super::{
    flag,
    permissions::{self, pretty},
};
use crate::{
    area::Area,
    lazy::{self, parts},
    spec::{
        Empty, Primary, Scope, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        form::Values,
        tab::{Fact, Section, Tab},
    },
};

mod form;

type Column = column::Column<Policy>;
type Facet = facet::Facet<Policy>;
type Action = action::Action<Policy>;

pub static SPEC: Spec<Policy> = Spec {
    area: Area::Identity,
    title: "Policies",
    icon: "file-key",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |p| cell::named_link(Kind::Policy, &p.arn, &p.name)).width(Width::Wide).narrow(),
        Column::new("attachments", "Attached to", |p| Cell::Count(p.attachments.into())).width(Width::Number).narrow(),
        Column::new("default", "Default version", |p| cell::text(&p.default_version)).width(Width::Narrow),
        Column::new("path", "Path", |p| cell::code(&p.path)),
        Column::new("updated", "Changed", |p| cell::time(p.updated_at)),
        Column::new("created", "Created", |p| cell::time(p.created_at)),
        Column::new("id", "Policy ID", |p| cell::code(&p.policy_id)).width(Width::Id).hidden(),
        Column::new("arn", "ARN", |p| cell::code(&p.arn)).width(Width::Wide).hidden(),
    ],
    facets: &[
        Facet::one("attached", "Attached", |p| flag(p.attachments > 0)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("path", "Path", |p| &p.path),
    ],
    scopes: &[
        Scope { arg: "scope", value: "own", label: "Customer managed" },
        Scope { arg: "scope", value: "aws", label: "AWS managed" },
        Scope { arg: "scope", value: "all", label: "All" },
    ],
    actions: &[
        Action::form("attach", "Attach", "link", ("{name} is attached", ""), &form::ATTACH, |_| PolicyAction::Attach(Holders::default()))
            .fresh(),
        Action::form("detach", "Detach", "unlink", ("{name} is detached", ""), &form::DETACH, |_| PolicyAction::Detach(Holders::default()))
            .when(|p| Allow::when(p.attachments > 0, "It is attached to nobody."))
            .guarded(loses)
            .fresh(),
        Action::form("edit", "Edit", "pencil", ("{name} has a new version", ""), &form::EDIT, |p| PolicyAction::Edit {
            document: pretty(p.document()),
            replaces: oldest(p),
        })
        .when(own)
        .fresh(),
        Action::form("default", "Set default version", "check", ("{name} has another default version", ""), &form::DEFAULT, |_| {
            PolicyAction::SetDefault { version: String::new() }
        })
        .when(has_versions)
        .undone_by(|p| Some(PolicyAction::SetDefault { version: p.default_version.clone() }))
        .fresh(),
        Action::form("delete-version", "Delete version", "x", ("The version of {name} is deleted", ""), &form::DELETE_VERSION, |_| {
            PolicyAction::DeleteVersion { version: String::new() }
        })
        .when(has_versions)
        .fresh(),
        Action::open("delete-all", "Delete", "trash-2", |p| lazy::dialog(parts::remove_identity, (Kind::Policy, p.arn, p.name))).when(
            |p| match own(p) {
                // To take a boundary away would allow more, which nobody asked for.
                Allow::Yes => Allow::when(p.boundaries == 0, "It is the permissions boundary of somebody: take it away there first."),
                no => no,
            },
        ),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts {
                    title: "Policy",
                    columns: &["default", "path", "created", "updated", "id", "arn"],
                    more: &[
                        Fact::new("Description", |p| cell::text(&p.description)),
                        Fact::new("Permissions boundary of", |p| Cell::Count(p.boundaries.into())),
                    ],
                },
                Section::Documents { title: "Document", documents: default, empty: "The cloud does not show what it says." },
            ],
        ),
        Tab::new(
            "attached",
            "Attached to",
            &[Section::Table { title: "Attached to", heads: &["Name", "Sort"], rows: attached_to, empty: "It is attached to nobody." }],
        ),
        Tab::new(
            "versions",
            "Versions",
            &[
                Section::Table {
                    title: "Versions",
                    heads: &["Version", "Default", "Created"],
                    rows: versions,
                    empty: "The cloud does not say.",
                },
                Section::View(|p| lazy::draw(parts::policy_versions, p.clone())),
                Section::Documents { title: "What the others say", documents: others, empty: "It has one version only." },
            ],
        ),
    ],
    has_tags: true,
    status: None,
    notice: Some(|p| p.is_aws().then_some("This policy is AWS’s: it can be attached, and nobody else can change it.")),
    primary: Some(&Primary::Create { label: "Create policy", form: &form::CREATE, draft: PolicyDraft::default }),
    empty: &Empty {
        title: "No policies of your own",
        body: "A policy says who may do what. AWS’s are shown when you choose them as owner.",
    },
};

/// Whether it is taken from whoever is signed in, or from an administrator.
fn loses(policy: &Policy, values: &Values, own: &str) -> Option<&'static str> {
    let names = |key| values.list(key).into_iter().map(str::to_owned).collect();
    let from = Holders { users: names("users"), groups: names("groups"), roles: names("roles") };
    permissions::loses(from.has(own), policy.administers())
}

fn own(policy: &Policy) -> Allow {
    Allow::when(!policy.is_aws(), "This policy is AWS’s.")
}

fn has_versions(policy: &Policy) -> Allow {
    match own(policy) {
        // The list does not say.
        Allow::Yes => Allow::when(policy.versions.len() != 1, "It has one version only."),
        no => no,
    }
}

/// The version that makes room for another, where there is none.
fn oldest(policy: &Policy) -> String {
    if policy.versions.len() < Policy::MOST_VERSIONS {
        return String::new();
    }
    let others = policy.versions.iter().filter(|version| !version.is_default);
    others.min_by_key(|version| version.number()).map(|version| version.id.clone()).unwrap_or_default()
}

fn texts(policy: &Policy, fits: fn(&&Version) -> bool) -> Vec<(String, String)> {
    let shown = policy.versions.iter().filter(|version| !version.document.is_empty()).filter(fits);
    shown.map(|version| (format!("{} {}", policy.name, version.id), pretty(&version.document))).collect()
}

fn default(policy: &Policy) -> Vec<(String, String)> {
    texts(policy, |version| version.is_default)
}

fn others(policy: &Policy) -> Vec<(String, String)> {
    texts(policy, |version| !version.is_default)
}

fn attached_to(policy: &Policy) -> Vec<Vec<Cell>> {
    let rows = |kind: Kind, sort: &'static str, names: &[String]| {
        names.iter().map(|name| vec![cell::link(kind, name), Cell::Word(sort)]).collect::<Vec<_>>()
    };
    let (users, groups) = (rows(Kind::User, "User", &policy.users), rows(Kind::Group, "Group", &policy.groups));
    [users, groups, rows(Kind::Role, "Role", &policy.roles)].concat()
}

fn versions(policy: &Policy) -> Vec<Vec<Cell>> {
    let row = |version: &Version| vec![cell::text(&version.id), cell::yes_no(version.is_default), cell::time(version.created_at)];
    policy.versions.iter().map(row).collect()
}
