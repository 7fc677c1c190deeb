//! A statement and its parts.

use super::{
    condition::{self, Condition},
    element::{self, List},
    principal::Principals,
};
use crate::json::{Member, Node, Value};

const ORDER: [&str; 9] = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
const PRINCIPAL: [&str; 2] = ["Principal", "NotPrincipal"];
const ACTION: [&str; 2] = ["Action", "NotAction"];
const RESOURCE: [&str; 2] = ["Resource", "NotResource"];

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, whatever allows.
    Deny,
}

/// A statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// What it is called.
    pub sid: Option<String>,
    /// What it does.
    pub effect: Option<Effect>,
    /// Whom it is about, in policies of resources and roles.
    pub principals: Option<Principals>,
    /// What is done.
    pub actions: Option<List>,
    /// To what.
    pub resources: Option<List>,
    /// When. All have to hold.
    pub conditions: Vec<Condition>,
    origin: Option<Value>,
}

impl Statement {
    /// A statement about actions on resources.
    pub fn new(effect: Effect, actions: List, resources: List) -> Self {
        Self { effect: Some(effect), actions: Some(actions), resources: Some(resources), ..Self::default() }
    }

    /// A statement of a trust policy: who may take the role.
    pub fn trust(principals: Principals, actions: List, conditions: Vec<Condition>) -> Self {
        Self { effect: Some(Effect::Allow), principals: Some(principals), actions: Some(actions), conditions, ..Self::default() }
    }

    /// Takes a statement apart.
    pub fn read(value: &Value) -> Self {
        let members = value.as_object().unwrap_or_default();
        let effect = value.get("Effect").and_then(Value::as_str).and_then(Effect::parse);
        Self {
            sid: value.get("Sid").and_then(Value::as_str).map(str::to_owned),
            effect,
            principals: Principals::read(element::find(members, &PRINCIPAL)),
            actions: List::read(element::find(members, &ACTION)),
            resources: List::read(element::find(members, &RESOURCE)),
            conditions: condition::read(value.get("Condition")),
            origin: Some(value.clone()),
        }
    }

    /// Puts it together again.
    pub fn write(&self) -> Value {
        let empty = Value::from(Node::Object(Vec::new()));
        let origin = self.origin.as_ref().unwrap_or(&empty);
        let before = Self::read(origin);
        if self.origin.is_some() && before == *self {
            return origin.clone();
        }
        let mut members = origin.as_object().map(<[Member]>::to_vec).unwrap_or_default();
        if self.sid != before.sid {
            let sid = self.sid.as_ref().map(|sid| Member::new("Sid", Value::string(sid)));
            element::put(&mut members, &["Sid"], sid, &ORDER);
        }
        if self.effect != before.effect {
            let effect = self.effect.map(|effect| Member::new("Effect", Value::string(effect.name())));
            element::put(&mut members, &["Effect"], effect, &ORDER);
        }
        if self.principals != before.principals {
            let written = self.principals.as_ref().map(|principals| principals.write(element::find(&members, &PRINCIPAL)));
            element::put(&mut members, &PRINCIPAL, written, &ORDER);
        }
        for (now, then, names) in [(&self.actions, &before.actions, ACTION), (&self.resources, &before.resources, RESOURCE)] {
            if now != then {
                let written = now.as_ref().map(|list| list.write(names, element::find(&members, &names)));
                element::put(&mut members, &names, written, &ORDER);
            }
        }
        if self.conditions != before.conditions {
            let block = condition::write(&self.conditions, origin.get("Condition"));
            element::put(&mut members, &["Condition"], block.map(|block| Member::new("Condition", block)), &ORDER);
        }
        Node::Object(members).into()
    }

    /// The names of elements that the parts do not hold.
    pub fn hidden(&self) -> Vec<&str> {
        let members = self.origin.as_ref().and_then(Value::as_object).unwrap_or_default();
        element::hidden(members, &[&["Sid"], &["Effect"], &PRINCIPAL, &ACTION, &RESOURCE, &["Condition"]], |name| match name {
            "Sid" => self.sid.is_some(),
            "Effect" => self.effect.is_some(),
            "Principal" | "NotPrincipal" => self.principals.is_some(),
            "Action" | "NotAction" => self.actions.is_some(),
            "Resource" | "NotResource" => self.resources.is_some(),
            _ => element::find(members, &["Condition"]).is_some_and(|member| condition::is_whole(&member.value)),
        })
    }
}

impl Effect {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Allow, Self::Deny].into_iter().find(|effect| effect.name() == text)
    }
}
