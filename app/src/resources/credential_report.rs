//! The credential report: with what the users of the account sign in, and how old that is.

use api::{
    credential_report::{CredentialReport, ReportedKey},
    kind::Kind,
};

use super::flag;
use crate::{
    area::Area,
    spec::{
        Empty, Spec,
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<CredentialReport>;
type Facet = facet::Facet<CredentialReport>;

pub static SPEC: Spec<CredentialReport> = Spec {
    area: Area::Identity,
    title: "Credential report",
    icon: "table-2",
    sort: "user",
    columns: &[
        Column::new("user", "User", |r| cell::link(Kind::CredentialReport, &r.user)).width(Width::Wide).narrow(),
        Column::new("password", "Password", |r| cell::maybe(r.password)).width(Width::Narrow),
        Column::new("mfa", "MFA", |r| cell::yes_no(r.mfa)).width(Width::Narrow).narrow(),
        Column::new("keys", "Active keys", |r| Cell::Count(r.active_keys() as u64)).width(Width::Number).narrow(),
        Column::new("oldest", "Oldest active key", |r| cell::time(r.oldest_key())),
        Column::new("key-used", "Key used", |r| cell::time(r.key_used_at())),
        Column::new("password-used", "Password used", |r| cell::time(r.password_used_at)),
        Column::new("password-changed", "Password changed", |r| cell::time(r.password_changed_at)),
        Column::new("due", "New password due", |r| cell::time(r.password_due_at)).hidden(),
        Column::new("certificates", "Signing certificates", |r| Cell::Count(r.certificates.into())).width(Width::Number).hidden(),
        Column::new("created", "Created", |r| cell::time(r.created_at)).hidden(),
        Column::new("arn", "ARN", |r| cell::code(&r.arn)).width(Width::Wide).hidden(),
        Column::new("made", "Report made", |r| cell::time(r.made_at)).hidden(),
    ],
    facets: &[
        Facet::one("password", "Password", |r| flag(r.password == Some(true))).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("mfa", "MFA", |r| flag(r.mfa)).options(&[("true", "Yes"), ("false", "No")]),
        Facet::one("key", "Active key", |r| flag(r.active_keys() > 0)).options(&[("true", "Yes"), ("false", "No")]),
    ],
    scopes: &[],
    actions: &[],
    tabs: &[Tab::new(
        "general",
        "General",
        &[
            Section::Facts {
                title: "Password and MFA",
                columns: &["password", "password-used", "password-changed", "due", "mfa", "certificates", "created", "arn", "made"],
                more: &[Fact::new("Page of the user", page)],
            },
            Section::Table {
                title: "Access keys",
                heads: &["Key", "State", "Rotated", "Last used", "Used for", "Region"],
                rows: keys,
                empty: "It has no access key.",
            },
        ],
    )],
    has_tags: false,
    status: None,
    notice: Some(|r| {
        (r.user == CredentialReport::ROOT && r.active_keys() > 0)
            .then_some("The root of an account should have no access key: nothing limits what it may do.")
    }),
    primary: None,
    empty: &Empty { title: "The report is empty", body: "It has a line for each user of the account." },
};

fn page(of: &CredentialReport) -> Cell {
    if of.user == CredentialReport::ROOT { Cell::Empty } else { cell::link(Kind::User, &of.user) }
}

fn keys(of: &CredentialReport) -> Vec<Vec<Cell>> {
    let is_there = |key: &&ReportedKey| key.active || key.rotated_at.is_some();
    let row = |(number, key): (u64, &ReportedKey)| {
        let state = if key.active { cell::status(Tone::Good, "Active") } else { cell::status(Tone::Idle, "Inactive") };
        vec![
            Cell::Count(number),
            state,
            cell::time(key.rotated_at),
            cell::time(key.used_at),
            cell::text(&key.used_for),
            cell::text(&key.used_in),
        ]
    };
    (1..).zip(&of.keys).filter(|(_, key)| is_there(key)).map(row).collect()
}
