//! What the console's own evaluator says, as the browser gets it.

use api::{
    access::{Answer, Deciding, Holder, Layer, Verdict},
    kind::Kind,
};
use policy::{
    Policy,
    evaluate::{self, Decision, Source},
    model,
};

use super::known::{Known, Text, Trust};

/// The answer about one action.
pub fn answer(known: &Known, action: &str, decision: Decision, trust: Option<&Trust>) -> Answer {
    let (verdict, by, not_by, missing) = match decision {
        Decision::Allowed(by) => (Verdict::Allowed, Some(by), None, vec![]),
        Decision::ExplicitDeny(by) => (Verdict::Denied, Some(by), None, vec![]),
        Decision::ImplicitDeny(of) => (Verdict::NotAllowed, None, Some(layer(of)), vec![]),
        Decision::Depends { on, by } => (Verdict::Depends, Some(by), None, on),
    };
    let statements = by.and_then(|by| source(known, &by, trust)).into_iter().collect();
    Answer { action: action.to_owned(), verdict, statements, not_by, missing }
}

fn source(known: &Known, by: &Source, trust: Option<&Trust>) -> Option<Deciding> {
    if by.layer == evaluate::Layer::Resource {
        let Trust { role, document, .. } = trust?;
        let holder = Holder { kind: Kind::Role, name: role.clone() };
        return Some(statement(Layer::Resource, role, "", Some(holder), document, Some(by.statement)));
    }
    let text = known.policies.get(by.policy)?;
    let through = match by.layer {
        evaluate::Layer::Group(group) => known.groups.get(group.0).map(|group| group.name.as_str()),
        _ => None,
    };
    Some(of_policy(text, layer(by.layer), through, Some(by.statement)))
}

/// A statement of a policy that was read.
pub fn of_policy(text: &Text, layer: Layer, through: Option<&str>, number: Option<usize>) -> Deciding {
    let group = through.map(|name| Holder { kind: Kind::Group, name: name.to_owned() });
    statement(layer, &text.name, &text.arn, group.or_else(|| text.holder.clone()), &text.document, number)
}

fn statement(layer: Layer, policy: &str, arn: &str, holder: Option<Holder>, document: &str, number: Option<usize>) -> Deciding {
    let span = number.and_then(|number| model::places(document).get(number).copied());
    let sid = number.and_then(|number| Policy::parse(document)?.statements.get(number)?.sid.clone());
    Deciding {
        layer,
        policy: policy.to_owned(),
        arn: arn.to_owned(),
        holder,
        statement: number.map(|number| number + 1),
        sid: sid.unwrap_or_default(),
        text: span.map(|span| span.of(document).to_owned()).unwrap_or_default(),
    }
}

fn layer(of: evaluate::Layer) -> Layer {
    match of {
        evaluate::Layer::Identity | evaluate::Layer::Group(_) | evaluate::Layer::Session => Layer::Identity,
        evaluate::Layer::Boundary => Layer::Boundary,
        evaluate::Layer::Resource => Layer::Resource,
        evaluate::Layer::Guardrail(_) => Layer::Organization,
    }
}
