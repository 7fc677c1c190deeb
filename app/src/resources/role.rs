//! Roles: who an instance, a service or another account can be.

use api::{
    instance::Instance,
    kind::Kind,
    permissions::Permitted,
    role::{Role, RoleAction, RoleDraft},
};

use super::{
    flag,
    permissions::{self, pretty},
};
use crate::{
    area::Area,
    lazy::{self, parts},
    locale::plural,
    paths,
    spec::{
        Depends, Empty, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
};

mod form;

type Column = column::Column<Role>;
type Facet = facet::Facet<Role>;
type Action = action::Action<Role>;

pub static SPEC: Spec<Role> = Spec {
    area: Area::Identity,
    title: "Roles",
    icon: "id-card",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |r| cell::link(Kind::Role, &r.name)).width(Width::Wide).narrow(),
        Column::new("description", "Description", |r| cell::text(&r.description)).width(Width::Wide),
        Column::new("trusts", "Trusts", |r| cell::text(&r.trusted().join(", "))).width(Width::Wide),
        Column::new("policies", "Policies", permissions::count).width(Width::Number),
        Column::new("used", "Last used", |r| cell::time(r.last_used_at)).narrow(),
        Column::new("session", "Longest session", longest_session),
        Column::new("created", "Created", |r| cell::time(r.created_at)).hidden(),
        Column::new("ec2", "For instances", |r| cell::yes_no(r.for_ec2)).width(Width::Narrow).hidden(),
        Column::new("path", "Path", |r| cell::code(&r.path)).hidden(),
        Column::new("id", "Role ID", |r| cell::code(&r.role_id)).width(Width::Id).hidden(),
        Column::new("arn", "ARN", |r| cell::code(&r.arn)).width(Width::Wide).hidden(),
        Column::new("tags", "Tags", |r| cell::tags(&r.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("ec2", "For instances", |r| flag(r.for_ec2)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("linked", "Kept by a service", |r| flag(r.is_service_linked())).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("path", "Path", |r| &r.path),
    ],
    scopes: &[],
    actions: &[
        permissions::attach().when(free),
        permissions::detach().when(|r| free_and(r, permissions::has_attached)),
        permissions::put().when(free),
        permissions::remove().when(|r| free_and(r, permissions::has_inline)),
        permissions::bound().when(free),
        Action::form("trust", "Edit trust policy", "handshake", ("The trust policy of {name} is saved", ""), &form::TRUST, |r| {
            RoleAction::SetTrust { document: pretty(&r.trust) }
        })
        .when(free)
        .guarded(|r, _, own| own_role(r, own))
        .undone_by(|r| Some(RoleAction::SetTrust { document: r.trust.clone() }))
        .fresh(),
        Action::form("describe", "Edit description and session", "pencil", ("{name} is changed", ""), &form::DESCRIBE, describe)
            .when(free)
            .undone_by(|r| Some(describe(r)))
            .fresh(),
        Action::go("access", "What may it do?", "circle-help", |r| paths::may_do(&r.arn)),
        Action::go("takers", "Who may take it on?", "handshake", |r| paths::who_may("sts:AssumeRole", &r.arn)),
        Action::open("delete-all", "Delete", "trash-2", |r| lazy::dialog(parts::remove_identity, (Kind::Role, r.name.clone(), r.name)))
            .when(free),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts {
                    title: "Role",
                    columns: &["description", "path", "ec2", "session", "used", "created", "id", "arn"],
                    more: &[
                        Fact::new("Last used in", |r| cell::text(&r.last_used_in)),
                        Fact::new("Permissions boundary", permissions::boundary),
                        Fact::new("Instance profile", |r| {
                            cell::text(&r.profiles.iter().flatten().map(|profile| profile.name.as_str()).collect::<Vec<_>>().join(", "))
                        }),
                    ],
                },
                Section::Related {
                    of: Depends::on(
                        Kind::Instance,
                        |_| vec![],
                        |r, item| r.has_profile(&item.get::<Instance>().instance_profile_arn),
                        "Instances that have it, in this region",
                    ),
                    columns: &["name", "id", "state"],
                    empty: "No instance of this region has it.",
                    make: "",
                },
            ],
        ),
        permissions::tab(),
        Tab::new("trust", "Trust", &[Section::Documents { title: "Trust policy", documents: trust, empty: "The cloud does not show it." }]),
    ],
    has_tags: true,
    status: None,
    notice: Some(|r| r.is_service_linked().then_some("A service of the cloud keeps this role, and takes it away when it is done with it.")),
    primary: Some(&Primary::Create { label: "Create role", form: &form::CREATE, draft: RoleDraft::default }),
    empty: &Empty { title: "No roles", body: "A role gives instances, services and other accounts permissions without keys." },
};

fn describe(role: &Role) -> RoleAction {
    RoleAction::Describe { description: role.description.clone(), max_session: role.max_session }
}

fn longest_session(role: &Role) -> Cell {
    role.max_session.map_or(Cell::Empty, |seconds| {
        Cell::Text(if seconds % 3_600 == 0 {
            plural(seconds / 3_600, "{n} hour", "{n} hours")
        } else {
            plural(seconds / 60, "{n} minute", "{n} minutes")
        })
    })
}

fn own_role(role: &Role, own: &str) -> Option<&'static str> {
    role.is_own(own).then_some("You have taken on this role yourself: afterwards you may not be able to do so again.")
}

fn free(role: &Role) -> Allow {
    Allow::when(!role.is_service_linked(), "A service of the cloud keeps this role.")
}

fn free_and(role: &Role, then: fn(&Role) -> Allow) -> Allow {
    match free(role) {
        Allow::Yes => then(role),
        no => no,
    }
}

fn trust(role: &Role) -> Vec<(String, String)> {
    let shown = (!role.trust.is_empty()).then(|| (role.name.clone(), pretty(&role.trust)));
    shown.into_iter().collect()
}
