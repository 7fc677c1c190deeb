//! What the policies of one layer say to a request.

use super::{
    context::Facts,
    decision::{Layer, Source},
    ready::{Ready, ReadyStatement},
    truth::Truth,
};
use crate::model::Effect;

/// What a layer says, and which of its statements.
#[derive(Clone, Debug)]
pub struct Scan {
    pub allow: Truth,
    pub allow_by: Option<Source>,
    pub deny: Truth,
    pub deny_by: Option<Source>,
    /// The keys that what is not known depends on.
    pub allow_unknown: Vec<String>,
    pub deny_unknown: Vec<String>,
}

/// A request as layers see it.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// In lower case.
    pub action: &'a str,
    pub resource: &'a str,
    pub facts: Facts<'a>,
}

impl Default for Scan {
    fn default() -> Self {
        Self { allow: Truth::No, allow_by: None, deny: Truth::No, deny_by: None, allow_unknown: Vec::new(), deny_unknown: Vec::new() }
    }
}

impl Scan {
    /// Looks at one policy more.
    pub fn add(&mut self, policy: &Ready, asked: Asked<'_>, source: impl Fn(&ReadyStatement) -> Source) {
        for statement in &policy.statements {
            self.add_statement(statement, asked, &source);
        }
    }

    /// Looks at one statement more.
    pub fn add_statement(&mut self, statement: &ReadyStatement, asked: Asked<'_>, source: impl Fn(&ReadyStatement) -> Source) {
        let (truth, by, unknown) = match statement.effect {
            Effect::Allow => (&mut self.allow, &mut self.allow_by, &mut self.allow_unknown),
            Effect::Deny => (&mut self.deny, &mut self.deny_by, &mut self.deny_unknown),
        };
        // An answer that is certain is not looked for again.
        if *truth == Truth::Yes {
            return;
        }
        let applies = statement.applies(asked.action, asked.resource, asked.facts, unknown);
        if applies > *truth {
            *truth = applies;
            *by = Some(source(statement));
        }
    }

    /// Takes in what another policy of the same layer says.
    pub fn join(&mut self, other: &Self, source: impl Fn(&Source) -> Source) {
        if other.allow > self.allow {
            self.allow_by = other.allow_by.as_ref().map(&source);
        }
        if other.deny > self.deny {
            self.deny_by = other.deny_by.as_ref().map(&source);
        }
        self.allow = self.allow.or(other.allow);
        self.deny = self.deny.or(other.deny);
        self.allow_unknown.extend_from_slice(&other.allow_unknown);
        self.deny_unknown.extend_from_slice(&other.deny_unknown);
    }
}

/// A statement of a policy of a layer.
pub fn source(layer: Layer, policy: usize, statement: &ReadyStatement) -> Source {
    Source { layer, policy, statement: statement.index, sid: statement.sid.clone() }
}
