//! Actions: how they are written, and whether there are such.

use super::{Look, Place, value::strings};
use crate::{
    catalog::{Action, Catalog, Service},
    finding::{Finding, Rule},
    json::{Member, Value, quoted},
    near::nearest,
};

/// What can be done to a role by way of its trust policy.
const TRUST: [&str; 6] = [
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:SetContext",
    "sts:SetSourceIdentity",
    "sts:TagSession",
];

/// An action as it is written, with what it stands for.
pub struct Named<'v, 'c> {
    pub value: &'v Value,
    pub text: &'v str,
    /// What the list has of it. Nothing where there is no list.
    pub found: Vec<(Service<'c>, Action<'c>)>,
}

/// What the actions stand for, service by service.
pub fn by_service<'c>(names: &[Named<'_, 'c>]) -> Vec<(Service<'c>, Vec<Action<'c>>)> {
    let mut services: Vec<(Service<'c>, Vec<Action<'c>>)> = Vec::new();
    for (service, action) in names.iter().flat_map(|named| &named.found) {
        match services.iter_mut().find(|(known, _)| known.prefix == service.prefix) {
            Some((_, actions)) => actions.push(*action),
            None => services.push((*service, vec![*action])),
        }
    }
    services
}

pub fn check<'v, 'c>(look: &mut Look<'c>, statement: &Value, element: &'v Member) -> Vec<Named<'v, 'c>> {
    let allows = statement.get("Effect").and_then(Value::as_str) == Some("Allow");
    if allows && element.name == "NotAction" {
        let text =
            "This allows everything but what is listed, also in services that AWS has not made yet. List what is to be allowed, or deny.";
        look.say(Finding::warning(Rule::Broad, element.name_span, text));
    }
    let mut names = Vec::new();
    for (value, text) in strings(look, element) {
        if allows && text == "*" && element.name == "Action" && look.place != Place::Resource {
            broad(look, statement, value);
        }
        if let Some(found) = one(look, value, text) {
            names.push(Named { value, text, found });
        }
    }
    names
}

fn broad(look: &mut Look<'_>, statement: &Value, action: &Value) {
    let all = statement.get("Resource").is_some_and(|resource| resource.several().iter().any(|one| one.as_str() == Some("*")));
    if all && statement.get("Condition").is_none() {
        look.say(Finding::hint(Rule::Broad, action.span, "This allows everything on everything: it makes an administrator."));
    }
}

/// What an action stands for, unless it is not written as one.
fn one<'c>(look: &mut Look<'c>, value: &Value, text: &str) -> Option<Vec<(Service<'c>, Action<'c>)>> {
    if text == "*" {
        return Some(Vec::new());
    }
    let span = value.span;
    let Some((prefix, name)) = text.split_once(':') else {
        look.say(Finding::error(
            Rule::WrongValue,
            span,
            "An action is a service, a colon and a name: \"ec2:RunInstances\", \"ec2:Describe*\" or \"*\".",
        ));
        return None;
    };
    let fits = |text: &str, others: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || others.as_bytes().contains(&b));
    if prefix.is_empty() || name.is_empty() || !fits(prefix, "-*?") || !fits(name, "_*?-") {
        look.say(Finding::error(
            Rule::WrongValue,
            span,
            "An action is a service, a colon and a name, without spaces: \"ec2:RunInstances\".",
        ));
        return None;
    }
    if prefix.contains(['*', '?']) {
        look.say(Finding::error(
            Rule::WrongValue,
            span,
            "The service of an action takes no wildcards: name it, or write \"*\" alone for all actions.",
        ));
        return None;
    }
    if look.place == Place::Trust && !TRUST.iter().any(|action| action.eq_ignore_ascii_case(text)) {
        let text = "A trust policy is about taking the role alone: {actions}.";
        look.say(Finding::error(Rule::WrongValue, span, text).with("actions", TRUST.join(", ")));
        return None;
    }
    let Some(catalog) = look.catalog else { return Some(Vec::new()) };
    let Some(service) = catalog.service(prefix) else {
        unknown_service(look, catalog, value, prefix);
        return None;
    };
    let found = catalog.matching(text);
    if found.is_empty() {
        look.say(unknown_action(service, value, name));
        return None;
    }
    Some(found)
}

fn unknown_service(look: &mut Look<'_>, catalog: &Catalog, value: &Value, prefix: &str) {
    let (released, _) = catalog.source();
    let finding = Finding::warning(Rule::UnknownService, value.span, "No service is called {service} in the list of {released}{near}.");
    let near = nearest(prefix, catalog.services().map(|service| service.prefix));
    let name = value.as_str().and_then(|text| text.split_once(':')).map(|(_, name)| name);
    let finding = match near.zip(name) {
        Some((near, name)) => finding.with("near", format!(": {near}?")).fixed_by(quoted(&format!("{near}:{name}"))),
        None => finding.with("near", ""),
    };
    look.say(finding.with("service", prefix).with("released", released));
}

fn unknown_action(service: Service<'_>, value: &Value, name: &str) -> Finding {
    let service_name = service.name;
    if name.contains(['*', '?']) {
        let text = "This wildcard stands for no action of {service}: correct what is before or after it.";
        return Finding::warning(Rule::EmptyWildcard, value.span, text).with("service", service_name);
    }
    let names: Vec<&str> = service.actions().map(|action| action.name).collect();
    let finding = match nearest(name, names) {
        Some(near) => {
            let text = "{service} has no action {name}: {near} is meant.";
            let near = format!("{}:{near}", service.prefix);
            let fix = quoted(&near);
            Finding::warning(Rule::UnknownAction, value.span, text).with("near", near).fixed_by(fix)
        }
        None => {
            Finding::warning(Rule::UnknownAction, value.span, "{service} has no action {name}: choose one from the list of its actions.")
        }
    };
    finding.with("service", service_name).with("name", name)
}
