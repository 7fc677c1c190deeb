//! Policies, made ready to be asked often.

use super::{
    condition::ReadyCondition,
    context::Facts,
    pattern::{How, Pattern},
    truth::Truth,
};
use crate::{
    glob::Glob,
    model::{Effect, Policy, Principals, Statement},
};

/// A policy, made ready: patterns are taken apart, dates and networks read.
#[derive(Clone, Debug, Default)]
pub struct Ready {
    pub(super) statements: Vec<ReadyStatement>,
}

/// A statement, made ready.
#[derive(Clone, Debug)]
pub(super) struct ReadyStatement {
    pub index: usize,
    pub sid: Option<String>,
    pub effect: Effect,
    pub principals: Option<Principals>,
    actions: Turned<Glob>,
    /// Nothing in trust policies, which are about their role.
    resources: Option<Turned<Pattern>>,
    conditions: Vec<ReadyCondition>,
}

/// What is listed, or everything else.
#[derive(Clone, Debug)]
struct Turned<T> {
    not: bool,
    listed: Vec<T>,
}

impl Ready {
    /// Makes a policy ready. Statements that say neither what they do nor of which actions do nothing.
    pub fn new(policy: &Policy) -> Self {
        let variables = policy.has_variables();
        let statements = policy.statements.iter().enumerate();
        Self { statements: statements.filter_map(|(index, one)| ReadyStatement::new(index, one, variables)).collect() }
    }

    /// Reads a document and makes it ready. Nothing if it is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        Policy::parse(text).as_ref().map(Self::new)
    }

    /// Whether it says the same for every request on the same resource, whoever makes it.
    pub(super) fn is_fixed(&self) -> bool {
        self.statements.iter().all(|one| {
            let resources = one.resources.iter().flat_map(|resources| &resources.listed);
            one.conditions.is_empty() && one.principals.is_none() && resources.into_iter().all(Pattern::is_fixed)
        })
    }
}

impl ReadyStatement {
    fn new(index: usize, statement: &Statement, variables: bool) -> Option<Self> {
        let (effect, actions) = (statement.effect?, statement.actions.as_ref()?);
        let resources = statement.resources.as_ref().map(|list| Turned {
            not: list.not,
            listed: list.values.iter().map(|value| Pattern::new(value, How::Arn, variables)).collect(),
        });
        Some(Self {
            index,
            sid: statement.sid.clone(),
            effect,
            principals: statement.principals.clone(),
            actions: Turned { not: actions.not, listed: actions.values.iter().map(|value| Glob::new(value).into_lower_case()).collect() },
            resources,
            conditions: statement.conditions.iter().map(|condition| ReadyCondition::new(condition, variables)).collect(),
        })
    }

    /// Whether it applies; the action is in lower case. What is cheap and often different comes first.
    pub fn applies(&self, action: &str, resource: &str, facts: Facts<'_>, unknown: &mut Vec<String>) -> Truth {
        if self.actions.listed.iter().any(|glob| glob.matches(action)) == self.actions.not {
            return Truth::No;
        }
        let before = unknown.len();
        let on = self.resources.as_ref().map_or(Truth::Yes, |resources| {
            Truth::any(resources.listed.iter().map(|pattern| pattern.matches(resource, facts, unknown))).turned(resources.not)
        });
        let mut applies = on;
        for condition in &self.conditions {
            if applies == Truth::No {
                break;
            }
            applies = applies.and(condition.holds(facts, unknown));
        }
        if applies != Truth::Unknown {
            unknown.truncate(before);
        }
        applies
    }
}
