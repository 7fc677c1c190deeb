//! Principals: whom a policy of a resource or of a role is about.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::{Look, Place, value::strings};
use crate::{
    finding::{Finding, Rule},
    json::{Member, Value, quoted},
    near::nearest,
    span::Span,
};

const KINDS: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

pub fn check(look: &mut Look<'_>, statement: &Value, element: Option<&Member>) {
    let Some(element) = element else {
        if look.place.has_principal() {
            let opening = Span::new(statement.span.start, statement.span.start + 1);
            let text = "The statement does not say whom it is about: add a Principal, such as { \"Service\": \"ec2.amazonaws.com\" }.";
            look.say(Finding::error(Rule::Missing, opening, text));
        }
        return;
    };
    if !look.place.has_principal() {
        let text = "This policy is about whom it is attached to, so it has no {element}: remove it.";
        look.say(Finding::error(Rule::Misplaced, element.name_span, text).with("element", &element.name));
        return;
    }
    let allows = statement.get("Effect").and_then(Value::as_str) == Some("Allow");
    if allows && element.name == "NotPrincipal" {
        look.say(Finding::warning(
            Rule::Broad,
            element.name_span,
            "This allows everybody but those listed, also strangers. List who is allowed.",
        ));
    }
    if element.value.as_str() == Some("*") {
        if allows && statement.get("Condition").is_none() {
            look.say(Finding::warning(
                Rule::Broad,
                element.value.span,
                "This allows everybody, in all accounts. Name accounts or roles, or add a Condition.",
            ));
        }
        return;
    }
    let Some(members) = element.value.as_object() else {
        look.say(Finding::error(
            Rule::WrongType,
            element.value.span,
            "A principal is \"*\" or says of which kind it is: { \"AWS\": \"arn:…\" }.",
        ));
        return;
    };
    if members.is_empty() {
        look.say(Finding::error(Rule::Missing, element.value.span, "There is nobody here: add an account, a role, a user or a service."));
    }
    for member in members {
        let name = member.name.as_str();
        if !KINDS.contains(&name) {
            let finding = match nearest(name, KINDS) {
                Some(near) => {
                    Finding::error(Rule::UnknownElement, member.name_span, "There is no kind of principal {name}: {near} is meant.")
                        .with("near", near)
                        .fixed_by(quoted(near))
                }
                None => Finding::error(Rule::UnknownElement, member.name_span, "There is no kind of principal {name}. There are {names}.")
                    .with("names", KINDS.join(", ")),
            };
            look.say(finding.with("name", name));
        }
        for (value, text) in strings(look, member) {
            one(look, name, value, text);
        }
    }
}

fn one(look: &mut Look<'_>, kind: &str, value: &Value, text: &str) {
    let wrong = match kind {
        "AWS" if text != "*" && !is_account(text) => {
            let is_arn = text.starts_with("arn:") && text.split(':').count() >= 6;
            if is_arn && text.contains(['*', '?']) {
                Some(
                    "A principal takes no wildcards: name it whole, or name the account and narrow it with the condition key aws:PrincipalArn.",
                )
            } else if !is_arn && !is_unique_id(text) {
                Some("A principal is an account number of 12 digits or the ARN of an account, a role, a user or a session.")
            } else {
                None
            }
        }
        "Service" if !text.contains('.') => Some("A service is written as its address: \"ec2.amazonaws.com\"."),
        "CanonicalUser" if look.place == Place::Trust => Some("A role cannot be taken by a canonical user: that is for buckets alone."),
        _ => None,
    };
    if let Some(text) = wrong {
        look.say(Finding::error(Rule::WrongValue, value.span, text));
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// What IAM puts in the place of a user or role that was deleted.
fn is_unique_id(text: &str) -> bool {
    text.len() >= 16 && text.starts_with('A') && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
