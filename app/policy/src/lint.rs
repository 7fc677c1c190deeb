//! What is wrong with a policy, where, and what to do. With the list of actions it knows names too; without, it holds the document to the grammar.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod action;
mod characters;
mod condition;
mod contradiction;
mod elements;
mod principal;
mod resource;
mod size;
mod value;

use crate::{
    catalog::Catalog,
    finding::{Finding, Severity},
    json::{self, Value},
};

pub use self::{
    condition::{global_keys, suits, usual},
    size::Size,
};

/// Where a policy is to be put: it decides what may be in it and how long it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A managed policy, also as a permissions boundary.
    Managed,
    /// Inline in a user.
    User,
    /// Inline in a group.
    Group,
    /// Inline in a role.
    Role,
    /// Who may take a role.
    Trust,
    /// On a resource: a bucket, a queue, a key.
    Resource,
    /// Handed over when a session begins.
    Session,
}

/// What a look at a text gave.
#[derive(Clone, Debug)]
pub struct Report {
    /// The document; none where it could not be read to its end.
    pub value: Option<Value>,
    /// Whether the text is JSON without a mistake, whatever the policy in it is worth.
    pub is_json: bool,
    /// What is wrong, in the order of the text.
    pub findings: Vec<Finding>,
    /// How long it is, and how long it may be.
    pub size: Size,
}

impl Report {
    /// Whether the cloud would refuse it.
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

impl Place {
    /// Whether policies there say whom they are about.
    pub fn has_principal(self) -> bool {
        matches!(self, Self::Trust | Self::Resource)
    }
}

/// Looks at a text.
pub fn lint(text: &str, place: Place, catalog: Option<&Catalog>) -> Report {
    let parsed = json::parse(text);
    let is_json = parsed.findings.is_empty();
    let mut look = Look { place, catalog, findings: parsed.findings };
    if let Some(value) = &parsed.value {
        elements::policy(&mut look, value);
    }
    characters::check(&mut look, text);
    let size = size::measure(text, place);
    size::check(&mut look, size, text);
    let mut findings = look.findings;
    findings.sort_by_key(|finding| (finding.span, finding.severity));
    findings.dedup();
    Report { value: parsed.value, is_json, findings, size }
}

/// What every rule needs.
struct Look<'a> {
    place: Place,
    catalog: Option<&'a Catalog>,
    findings: Vec<Finding>,
}

impl Look<'_> {
    fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
