//! Several changes that make one: in an order that the cloud accepts, with what each refers to of those before it.
//!
//! A plan is made by pure functions ([`crate::vpc::network`], [`crate::vpc::teardown`]) and carried out by the browser, which sends each
//! step by the same routes as any other change. A step that makes something gives it a name such as `$vpc`; wherever a later step has that
//! name for an id, what was made is meant.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    command::Command,
    kind::Kind,
    resource::{Mutation, Resource},
};

/// The ids of what was made so far, by name.
pub type Made = BTreeMap<String, String>;

/// One change of several, or a wait between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// English, with a `{name}`: "Create subnet {name}".
    pub text: &'static str,
    /// What the cloud or the user calls it; never translated.
    pub name: String,
    /// The name of what it makes, empty where it makes nothing.
    pub makes: String,
    /// Whether what it acts on is gone after it.
    pub ends: bool,
    pub call: Call,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    Create { kind: Kind, draft: Value, known: Known },
    Act { kind: Kind, action: Value, id: String, known: Known },
    Wait { kind: Kind, id: String, until: Until },
}

/// What the type of a change knew of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub touches: &'static [Kind],
    pub commands: Vec<Command>,
}

/// What a resource is called in a step: `shop-public-a (subnet-1)`, or its id alone.
pub fn called(resource: &impl Resource) -> String {
    let (name, id) = (resource.name(), resource.id());
    if name.is_empty() || name == id { id.to_owned() } else { format!("{name} ({id})") }
}

/// What a step waits for. A resource's state is its `state` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    Available,
    /// The cloud does not know it any more, or only as a memory.
    Gone,
}

/// What has become of something that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    NotYet,
    Done,
    /// It will never be so.
    Never,
}

impl Until {
    /// By the state that it has; `None` where the cloud does not know it.
    pub fn judge(self, state: Option<&str>) -> Waited {
        let is_gone = state.is_none_or(|state| matches!(state, "deleted" | "terminated"));
        match self {
            Self::Gone if is_gone => Waited::Done,
            Self::Available if state == Some("available") => Waited::Done,
            Self::Available if is_gone || state == Some("failed") => Waited::Never,
            _ => Waited::NotYet,
        }
    }
}

impl Step {
    pub fn create<T: Resource>(text: &'static str, name: impl Into<String>, makes: impl Into<String>, draft: &T::Draft) -> Self {
        let known = Known { touches: draft.touches(), commands: draft.commands(&[]) };
        Self { text, name: name.into(), makes: makes.into(), ends: false, call: Call::Create { kind: T::KIND, draft: json(draft), known } }
    }

    pub fn act<T: Resource>(text: &'static str, name: impl Into<String>, action: &T::Action, id: impl Into<String>) -> Self {
        let id = id.into();
        let known = Known { touches: action.touches(), commands: action.commands(std::slice::from_ref(&id)) };
        Self {
            text,
            name: name.into(),
            makes: String::new(),
            ends: false,
            call: Call::Act { kind: T::KIND, action: json(action), id, known },
        }
    }

    /// As [`Self::act`], by an action after which the resource is gone.
    pub fn end<T: Resource>(text: &'static str, name: impl Into<String>, action: &T::Action, id: impl Into<String>) -> Self {
        Self { ends: true, ..Self::act::<T>(text, name, action, id) }
    }

    pub fn wait(text: &'static str, name: impl Into<String>, kind: Kind, id: impl Into<String>, until: Until) -> Self {
        Self { text, name: name.into(), makes: String::new(), ends: false, call: Call::Wait { kind, id: id.into(), until } }
    }

    /// What is gone after it.
    pub fn ended(&self) -> Option<(Kind, String)> {
        match &self.call {
            Call::Act { kind, id, .. } if self.ends => Some((*kind, id.clone())),
            _ => None,
        }
    }

    pub fn touches(&self) -> &'static [Kind] {
        match &self.call {
            Call::Create { known, .. } | Call::Act { known, .. } => known.touches,
            Call::Wait { .. } => &[],
        }
    }

    /// The command lines that would do the same. Names of what is yet to be made stand where their ids will.
    pub fn commands(&self) -> Vec<Command> {
        match &self.call {
            Call::Create { known, .. } | Call::Act { known, .. } => known.commands.clone(),
            Call::Wait { kind, id, until } => wait_command(*kind, id, *until).into_iter().collect(),
        }
    }

    /// The names that it has for ids.
    pub fn uses(&self) -> Vec<String> {
        let mut uses = vec![];
        let mut note = |text: &str| {
            if text.starts_with('$') {
                uses.push(text.to_owned());
            }
        };
        match &self.call {
            Call::Create { draft, .. } => each_text(draft, &mut note),
            Call::Act { action, id, .. } => {
                each_text(action, &mut note);
                note(id);
            }
            Call::Wait { id, .. } => note(id),
        }
        uses
    }

    /// The same with the ids of what was made.
    #[must_use]
    pub fn resolved(mut self, made: &Made) -> Self {
        match &mut self.call {
            Call::Create { draft, .. } => put(draft, made),
            Call::Act { action, id, .. } => {
                put(action, made);
                put_text(id, made);
            }
            Call::Wait { id, .. } => put_text(id, made),
        }
        self
    }
}

/// The waiter of the AWS CLI, where there is one.
fn wait_command(kind: Kind, id: &str, until: Until) -> Option<Command> {
    let (waiter, argument) = match (kind, until) {
        (Kind::Vpc, Until::Available) => ("vpc-available", "--vpc-ids"),
        (Kind::NatGateway, Until::Available) => ("nat-gateway-available", "--nat-gateway-ids"),
        (Kind::NatGateway, Until::Gone) => ("nat-gateway-deleted", "--nat-gateway-ids"),
        (Kind::Instance, Until::Gone) => ("instance-terminated", "--instance-ids"),
        _ => return None,
    };
    Some(Command::ec2("wait").flag(waiter, true).arg(argument, id))
}

fn json(change: &impl Mutation) -> Value {
    serde_json::to_value(change).expect("changes are JSON")
}

fn each_text(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter().for_each(|value| each_text(value, each)),
        Value::Object(fields) => fields.values().for_each(|value| each_text(value, each)),
        _ => {}
    }
}

fn put(value: &mut Value, made: &Made) {
    match value {
        Value::String(text) => put_text(text, made),
        Value::Array(values) => values.iter_mut().for_each(|value| put(value, made)),
        Value::Object(fields) => fields.values_mut().for_each(|value| put(value, made)),
        _ => {}
    }
}

fn put_text(text: &mut String, made: &Made) {
    if let Some(id) = made.get(text.as_str()) {
        id.clone_into(text);
    }
}

/// The names that are used before anything has them: none, in a plan that can be carried out.
pub fn unknown(steps: &[Step]) -> Vec<String> {
    let is_made = |index: usize, name: &String| steps[..index].iter().any(|step| step.makes == *name);
    let uses = steps.iter().enumerate().flat_map(|(index, step)| step.uses().into_iter().map(move |name| (index, name)));
    uses.filter(|(index, name)| !is_made(*index, name)).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subnet::{Subnet, SubnetAction, SubnetDraft};

    fn subnet() -> Step {
        let draft = SubnetDraft { vpc_id: "$vpc".into(), cidr_block: "10.0.0.0/24".into(), ..SubnetDraft::default() };
        Step::create::<Subnet>("Create subnet {name}", "a", "$subnet", &draft)
    }

    #[test]
    fn a_name_stands_for_what_was_made() {
        let made = Made::from([("$vpc".to_owned(), "vpc-1".to_owned()), ("$subnet".to_owned(), "subnet-1".to_owned())]);
        let Call::Create { draft, .. } = subnet().resolved(&made).call else { panic!("it creates") };
        assert_eq!(draft["vpc_id"], "vpc-1");
        let delete = Step::act::<Subnet>("Delete subnet {name}", "a", &SubnetAction::Delete, "$subnet").resolved(&made);
        assert!(matches!(delete.call, Call::Act { id, .. } if id == "subnet-1"));
    }

    #[test]
    fn what_nothing_makes_is_told() {
        let delete = Step::act::<Subnet>("", "a", &SubnetAction::Delete, "$subnet");
        assert_eq!(unknown(&[subnet(), delete.clone()]), ["$vpc"]);
        assert_eq!(unknown(&[delete]), ["$subnet"]);
    }

    #[test]
    fn a_wait_ends_when_it_can() {
        for (until, state, expected) in [
            (Until::Available, Some("pending"), Waited::NotYet),
            (Until::Available, Some("available"), Waited::Done),
            (Until::Available, Some("failed"), Waited::Never),
            (Until::Available, None, Waited::Never),
            (Until::Gone, Some("deleting"), Waited::NotYet),
            (Until::Gone, Some("shutting-down"), Waited::NotYet),
            (Until::Gone, Some("deleted"), Waited::Done),
            (Until::Gone, Some("terminated"), Waited::Done),
            (Until::Gone, None, Waited::Done),
        ] {
            assert_eq!(until.judge(state), expected, "{until:?} {state:?}");
        }
    }
}
