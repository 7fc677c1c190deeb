//! The rules of one direction while they are edited: rows, and errors that stay with theirs.

use api::{
    error::FieldErrors,
    security_group::{Rule, SecurityGroup},
};
use leptos::prelude::*;

use super::row::RuleRow;

/// What comes in, or what goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Inbound,
    Outbound,
}

impl Direction {
    /// As drafts, errors and the API call it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Inbound => "ingress",
            Self::Outbound => "egress",
        }
    }
}

#[derive(Clone, Copy)]
pub struct RuleTable {
    pub direction: Direction,
    pub rows: RwSignal<Vec<RuleRow>>,
    next: StoredValue<u32>,
}

impl RuleTable {
    /// With the rows of these rules; `account` is one's own.
    pub fn new(direction: Direction, rules: &[Rule], account: &str) -> Self {
        let rows: Vec<_> = (0..).zip(rules).map(|(id, rule)| RuleRow::of(id, rule, account)).collect();
        let next = StoredValue::new(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        Self { direction, rows: RwSignal::new(rows), next }
    }

    pub fn add(self) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.rows.update(|rows| rows.push(RuleRow::new(id)));
    }

    pub fn rules(self, groups: &[SecurityGroup]) -> Vec<Rule> {
        self.rows.with(|rows| rows.iter().map(|row| row.rule(groups)).collect())
    }

    /// Rules go by their place in a draft and by their row's id on the screen, where all that a preset leaves open is one field.
    pub fn on_screen(self, errors: FieldErrors) -> FieldErrors {
        let direction = self.direction.key();
        let ids: Vec<_> = self.rows.with(|rows| rows.iter().map(|row| row.id).collect());
        let place = |key: &str| {
            let (index, field) = key.strip_prefix(direction)?.strip_prefix('.')?.split_once('.')?;
            let id = ids.get(index.parse::<usize>().ok()?)?;
            let field = if matches!(field, "from_port" | "to_port" | "protocol") { "ports" } else { field };
            Some(format!("{direction}.{id}.{field}"))
        };
        errors.into_iter().map(|(key, message)| (place(&key).unwrap_or(key), message)).collect()
    }

    /// Whether another row lets through all that this one does, so that it could go.
    pub fn is_covered(self, id: u32, groups: &[SecurityGroup]) -> bool {
        self.rows.with(|rows| {
            let Some(rule) = rows.iter().find(|row| row.id == id).map(|row| row.rule(groups)) else { return false };
            let covers = |other: &RuleRow| {
                let other = other.rule(groups);
                other.check().is_empty() && other.covers(&rule) && !other.same_traffic(&rule)
            };
            rule.check().is_empty() && rows.iter().any(|row| row.id != id && covers(row))
        })
    }
}
