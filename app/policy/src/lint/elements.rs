//! The elements of a policy and of its statements: which there are, which must be there, and of which type they are.

use super::{Look, Place, action, condition, principal, resource};
use crate::{
    finding::{Finding, Rule},
    json::{Member, Value, quoted},
    near::nearest,
    span::Span,
};

const POLICY: [&str; 3] = ["Version", "Id", "Statement"];
const STATEMENT: [&str; 9] = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// The current version of the language, as it is written.
const CURRENT: &str = "\"2012-10-17\"";

pub fn policy(look: &mut Look<'_>, value: &Value) {
    let Some(members) = value.as_object() else {
        look.say(Finding::error(Rule::WrongType, value.span, "A policy is an object: it begins with { and has a Version and a Statement."));
        return;
    };
    known(look, members, &POLICY, "A policy");
    version(look, value);
    if let Some(id) = member(members, "Id") {
        if id.value.as_str().is_none() {
            look.say(Finding::error(Rule::WrongType, id.value.span, "The Id is a string: put it in double quotation marks."));
        }
        if !look.place.has_principal() {
            look.say(Finding::warning(Rule::Misplaced, id.name_span, "Only policies of resources have an Id: remove it."));
        }
    }
    let Some(statement) = member(members, "Statement") else {
        look.say(Finding::error(Rule::Missing, opening(value), "The policy has no Statement, so it says nothing: add one."));
        return;
    };
    let statements = statement.value.several();
    if statements.is_empty() {
        look.say(Finding::error(Rule::Missing, statement.value.span, "The list of statements is empty: add a statement."));
    }
    let mut sids: Vec<&str> = Vec::new();
    for value in statements {
        self::statement(look, value);
        if let Some(sid) = value.get("Sid").filter(|sid| sid.as_str().is_some_and(|sid| !sid.is_empty())) {
            let text = sid.as_str().unwrap_or_default();
            if sids.contains(&text) {
                let finding = Finding::error(
                    Rule::Duplicate,
                    sid.span,
                    "Another statement has the Sid {sid} already: choose another, or leave it out.",
                );
                look.say(finding.with("sid", text));
            }
            sids.push(text);
        }
    }
}

fn version(look: &mut Look<'_>, policy: &Value) {
    let Some(version) = policy.get("Version") else {
        let text = "Without \"Version\": \"2012-10-17\" the language of 2008 holds, where variables such as ${aws:username} are plain text: add it.";
        look.say(Finding::warning(Rule::Version, opening(policy), text));
        return;
    };
    match version.as_str() {
        Some("2012-10-17") => {}
        Some("2008-10-17") => look.say(
            Finding::warning(
                Rule::Version,
                version.span,
                "In this version of the language variables such as ${aws:username} are plain text: write \"2012-10-17\".",
            )
            .fixed_by(CURRENT),
        ),
        _ => look.say(
            Finding::error(Rule::Version, version.span, "The Version is that of the language, not of your policy: write \"2012-10-17\".")
                .fixed_by(CURRENT),
        ),
    }
}

fn statement(look: &mut Look<'_>, value: &Value) {
    let Some(members) = value.as_object() else {
        look.say(Finding::error(
            Rule::WrongType,
            value.span,
            "A statement is an object: { \"Effect\": …, \"Action\": …, \"Resource\": … }.",
        ));
        return;
    };
    known(look, members, &STATEMENT, "A statement");
    if let Some(sid) = member(members, "Sid") {
        self::sid(look, &sid.value);
    }
    effect(look, value, members);
    let principals = either(look, members, "Principal", "NotPrincipal");
    principal::check(look, value, principals);
    let actions = either(look, members, "Action", "NotAction");
    if actions.is_none() {
        look.say(Finding::error(Rule::Missing, opening(value), "The statement says nothing of what is allowed or denied: add an Action."));
    }
    let resources = either(look, members, "Resource", "NotResource");
    match resources {
        Some(resource) if look.place == Place::Trust => {
            let text = "A trust policy has no {element}: the role that it belongs to is meant. Remove it.";
            look.say(Finding::error(Rule::Misplaced, resource.name_span, text).with("element", &resource.name));
        }
        None if look.place != Place::Trust => {
            look.say(Finding::error(
                Rule::Missing,
                opening(value),
                "The statement says nothing of what it is about: add a Resource, \"*\" for all.",
            ));
        }
        _ => {}
    }
    let names = actions.map(|actions| action::check(look, value, actions)).unwrap_or_default();
    if let Some(resources) = resources.filter(|_| look.place != Place::Trust) {
        resource::check(look, actions, &names, resources);
    }
    if let Some(condition) = member(members, "Condition") {
        condition::check(look, actions, &names, &condition.value);
    }
}

fn sid(look: &mut Look<'_>, sid: &Value) {
    match sid.as_str() {
        None => look.say(Finding::error(Rule::WrongType, sid.span, "The Sid is a string: put it in double quotation marks.")),
        Some(text) if look.place != Place::Resource && !text.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            look.say(Finding::error(
                Rule::WrongValue,
                sid.span,
                "A Sid has letters A to Z and digits alone, no spaces: correct it, or leave it out.",
            ));
        }
        Some(_) => {}
    }
}

fn effect(look: &mut Look<'_>, statement: &Value, members: &[Member]) {
    let Some(effect) = member(members, "Effect") else {
        look.say(Finding::error(
            Rule::Missing,
            opening(statement),
            "The statement does not say whether it allows: add \"Effect\": \"Allow\" or \"Deny\".",
        ));
        return;
    };
    match effect.value.as_str() {
        Some("Allow" | "Deny") => {}
        Some(text) if ["allow", "deny"].contains(&text.to_ascii_lowercase().as_str()) => {
            let meant = if text.eq_ignore_ascii_case("allow") { "\"Allow\"" } else { "\"Deny\"" };
            let text = "The Effect is \"Allow\" or \"Deny\", with one capital letter.";
            look.say(Finding::error(Rule::WrongValue, effect.value.span, text).fixed_by(meant));
        }
        _ => look.say(Finding::error(Rule::WrongValue, effect.value.span, "The Effect is \"Allow\" or \"Deny\".")),
    }
}

/// Names that do not exist, and those that are there twice.
fn known(look: &mut Look<'_>, members: &[Member], names: &[&'static str], whose: &'static str) {
    for (index, member) in members.iter().enumerate() {
        let name = member.name.as_str();
        if !names.contains(&name) {
            let finding = match nearest(name, names.iter().copied()) {
                Some(near) => {
                    let text = "{whose} has no {name}: {near} is meant.";
                    Finding::error(Rule::UnknownElement, member.name_span, text).with("near", near).fixed_by(quoted(near))
                }
                None => Finding::error(Rule::UnknownElement, member.name_span, "{whose} has no {name}: remove it. It can have {names}.")
                    .with("names", names.join(", ")),
            };
            look.say(finding.with("whose", whose).with("name", name));
        }
        if members[..index].iter().any(|before| before.name == name) {
            let text = "{name} is here twice: write all of it in one.";
            look.say(Finding::error(Rule::Duplicate, member.name_span, text).with("name", name));
        }
    }
}

/// The element or the one that turns it round; not both.
fn either<'v>(look: &mut Look<'_>, members: &'v [Member], name: &'static str, not: &'static str) -> Option<&'v Member> {
    let (plain, turned) = (member(members, name), member(members, not));
    if let (Some(_), Some(turned)) = (plain, turned) {
        let text = "A statement has {name} or {not}, not both: make two statements of it.";
        look.say(Finding::error(Rule::Misplaced, turned.name_span, text).with("name", name).with("not", not));
    }
    plain.or(turned)
}

fn member<'v>(members: &'v [Member], name: &str) -> Option<&'v Member> {
    members.iter().find(|member| member.name == name)
}

/// The bracket that an object begins with: where something that is missing is said.
fn opening(value: &Value) -> Span {
    Span::new(value.span.start, value.span.start + 1)
}
