//! Resources: how they are written, and whether the actions act on such.

use super::{
    Look,
    action::{Named, by_service},
    value::strings,
};
use crate::{
    arn::ArnFields,
    finding::{Finding, Rule},
    json::{Member, Value, quoted},
    near::nearest,
};

const PARTITIONS: [&str; 8] = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

pub fn check(look: &mut Look<'_>, actions: Option<&Member>, names: &[Named<'_, '_>], element: &Member) {
    let resources = strings(look, element);
    let well_formed = resources.iter().filter(|(value, text)| form(look, value, text));
    let written: Vec<(&Value, ArnFields)> = well_formed.map(|(value, text)| (*value, ArnFields::new(text))).collect();
    // NotAction and NotResource mean what is not listed, and what is not understood may be meant.
    let is_plain = element.name == "Resource" && actions.is_some_and(|actions| actions.name == "Action");
    if !is_plain || written.len() < resources.len() || resources.iter().any(|(_, text)| *text == "*") {
        return;
    }
    fitting(look, names, &written);
    let everything_known = actions.is_some_and(|actions| actions.value.several().len() == names.len());
    if everything_known && names.iter().all(|named| !named.found.is_empty()) {
        used(look, names, &written);
    }
}

/// Whether each action finds a resource that it acts on.
fn fitting(look: &mut Look<'_>, names: &[Named<'_, '_>], written: &[(&Value, ArnFields)]) {
    for named in names.iter().filter(|named| !named.text.contains(['*', '?'])) {
        let Some((service, action)) = named.found.first() else { continue };
        let types = service.resources_of(&[*action]);
        if types.is_empty() {
            let text =
                "{action} cannot be allowed for single resources, so this does nothing: put it into a statement with the Resource \"*\".";
            look.say(Finding::warning(Rule::ResourceType, named.value.span, text).with("action", named.text));
        } else if !types.iter().any(|one| written.iter().any(|(_, arn)| arn.overlaps(&one.fields()))) {
            let names: Vec<String> = types.iter().take(4).map(|one| one.arn()).collect();
            let text = "None of the resources is one that {action} acts on. Name such a one: {arns}.";
            look.say(
                Finding::warning(Rule::ResourceType, named.value.span, text).with("action", named.text).with("arns", names.join(" · ")),
            );
        }
    }
}

/// Whether each resource finds an action that acts on it.
fn used(look: &mut Look<'_>, names: &[Named<'_, '_>], written: &[(&Value, ArnFields)]) {
    let services = by_service(names);
    let types = services.iter().flat_map(|(service, actions)| service.resources_of(actions));
    let types: Vec<ArnFields> = types.map(|one| one.fields()).collect();
    for (value, arn) in written {
        if !types.is_empty() && !types.iter().any(|one| arn.overlaps(one)) {
            let text = "No action of this statement acts on such a resource: correct the ARN, or add the action that is meant.";
            look.say(Finding::warning(Rule::ResourceType, value.span, text));
        }
    }
}

/// Whether it is written as an ARN or as `*`.
fn form(look: &mut Look<'_>, value: &Value, text: &str) -> bool {
    if text == "*" {
        return true;
    }
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    if fields[0] != "arn" {
        let text = "A resource is an ARN or \"*\": arn:aws:ec2:eu-west-1:123456789012:instance/i-1234567890abcdef0.";
        look.say(Finding::error(Rule::WrongValue, value.span, text));
        return false;
    }
    let partition = fields.get(1).copied().unwrap_or_default();
    if fields.len() < 3 {
        look.say(Finding::error(Rule::WrongValue, value.span, "The ARN ends too early: arn:partition:service:region:account:resource."));
        return false;
    }
    // Other clouds have partitions of their own, so this is no error.
    if !PARTITIONS.contains(&partition) && !partition.contains(['*', '?', '$']) {
        let finding = match nearest(partition, PARTITIONS) {
            Some(near) => {
                let fix = quoted(&text.replacen(&format!("arn:{partition}:"), &format!("arn:{near}:"), 1));
                Finding::warning(Rule::WrongValue, value.span, "AWS has no partition {name}: {near} is meant.")
                    .with("near", near)
                    .fixed_by(fix)
            }
            None => Finding::hint(Rule::WrongValue, value.span, "AWS has no partition {name}: it is for clouds that are called so."),
        };
        look.say(finding.with("name", partition));
    }
    if fields.iter().take(5).any(|field| field.contains("${")) {
        let text = "A variable can only stand after the fifth colon of an ARN, so this never matches: write *, or use a Condition.";
        look.say(Finding::warning(Rule::WrongValue, value.span, text));
    } else if fields.len() < 6 {
        let text = "The ARN has {n} of 6 fields; what is missing is taken for *. Write all: arn:partition:service:region:account:resource.";
        look.say(Finding::warning(Rule::WrongValue, value.span, text).with("n", fields.len().to_string()));
    }
    true
}
