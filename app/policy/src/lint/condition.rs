//! Conditions: operators, keys and values, each by itself. What they say together is `contradiction`'s.

use super::{
    Look,
    action::{Named, by_service},
    contradiction,
};
use crate::{
    catalog::{Key, KeyType},
    finding::{Finding, Rule},
    json::{Member, Value, quoted},
    near::nearest,
    operator::{Operator, Test},
    written,
};

/// Keys that every action knows, beside those of tags.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
const GLOBAL: [(&str, KeyType); 55] = [
    ("aws:PrincipalArn", KeyType::Arn),
    ("aws:PrincipalAccount", KeyType::String),
    ("aws:PrincipalOrgPaths", KeyType::String),
    ("aws:PrincipalOrgID", KeyType::String),
    ("aws:PrincipalTag/", KeyType::String),
    ("aws:PrincipalIsAWSService", KeyType::Bool),
    ("aws:PrincipalServiceName", KeyType::String),
    ("aws:PrincipalServiceNamesList", KeyType::String),
    ("aws:PrincipalType", KeyType::String),
    ("aws:userid", KeyType::String),
    ("aws:username", KeyType::String),
    ("aws:AssumedRoot", KeyType::Bool),
    ("aws:FederatedProvider", KeyType::String),
    ("aws:TokenIssueTime", KeyType::Date),
    ("aws:MultiFactorAuthAge", KeyType::Numeric),
    ("aws:MultiFactorAuthPresent", KeyType::Bool),
    ("aws:ChatbotSourceArn", KeyType::Arn),
    ("aws:Ec2InstanceSourceVpc", KeyType::String),
    ("aws:Ec2InstanceSourcePrivateIPv4", KeyType::Ip),
    ("aws:SourceIdentity", KeyType::String),
    ("ec2:RoleDelivery", KeyType::Numeric),
    ("ec2:SourceInstanceArn", KeyType::Arn),
    ("glue:RoleAssumedBy", KeyType::String),
    ("glue:CredentialIssuingService", KeyType::String),
    ("lambda:SourceFunctionArn", KeyType::Arn),
    ("ssm:SourceInstanceArn", KeyType::Arn),
    ("identitystore:UserId", KeyType::String),
    ("aws:SourceIp", KeyType::Ip),
    ("aws:SourceVpc", KeyType::String),
    ("aws:SourceVpcArn", KeyType::Arn),
    ("aws:SourceVpce", KeyType::String),
    ("aws:VpceAccount", KeyType::String),
    ("aws:VpceOrgID", KeyType::String),
    ("aws:VpceOrgPaths", KeyType::String),
    ("aws:VpcSourceIp", KeyType::Ip),
    ("aws:ResourceAccount", KeyType::String),
    ("aws:ResourceOrgID", KeyType::String),
    ("aws:ResourceOrgPaths", KeyType::String),
    ("aws:ResourceTag/", KeyType::String),
    ("aws:CalledVia", KeyType::String),
    ("aws:CalledViaFirst", KeyType::String),
    ("aws:CalledViaLast", KeyType::String),
    ("aws:ViaAWSService", KeyType::Bool),
    ("aws:CurrentTime", KeyType::Date),
    ("aws:EpochTime", KeyType::Date),
    ("aws:referer", KeyType::String),
    ("aws:RequestedRegion", KeyType::String),
    ("aws:RequestTag/", KeyType::String),
    ("aws:TagKeys", KeyType::String),
    ("aws:SecureTransport", KeyType::Bool),
    ("aws:SourceArn", KeyType::Arn),
    ("aws:SourceAccount", KeyType::String),
    ("aws:SourceOrgID", KeyType::String),
    ("aws:SourceOrgPaths", KeyType::String),
    ("aws:UserAgent", KeyType::String),
];
pub fn check(look: &mut Look<'_>, actions: Option<&Member>, names: &[Named<'_, '_>], condition: &Value) {
    let Some(operators) = condition.as_object() else {
        let text =
            "A Condition is an object of operators, each with keys and values: { \"StringEquals\": { \"aws:username\": \"anna\" } }.";
        look.say(Finding::error(Rule::WrongType, condition.span, text));
        return;
    };
    // What NotAction leaves over, and what is written wrongly, may know any key.
    let is_known = actions.is_some_and(|actions| actions.name == "Action" && actions.value.several().len() == names.len());
    let is_known = is_known && names.iter().all(|named| !named.found.is_empty());
    let keys: Option<Vec<Key>> = is_known.then(|| keys_of(names));
    for (index, member) in operators.iter().enumerate() {
        if operators[..index].iter().any(|before| before.name == member.name) {
            let text = "The operator {name} is here twice: put the keys of both into one.";
            look.say(Finding::error(Rule::Duplicate, member.name_span, text).with("name", &member.name));
        }
        let operator = operator(look, member);
        let Some(pairs) = member.value.as_object() else {
            let text = "An operator has keys and values: { \"aws:username\": \"anna\" }.";
            look.say(Finding::error(Rule::WrongType, member.value.span, text));
            continue;
        };
        for pair in pairs {
            key(look, operator, keys.as_deref(), pair);
            values(look, operator, &member.name, pair);
        }
    }
    contradiction::check(look, operators);
}

fn operator(look: &mut Look<'_>, member: &Member) -> Option<Operator> {
    let name = member.name.as_str();
    match Operator::spelling(name) {
        Some(spelling) if spelling != name => {
            let text = "The operator is spelled {spelling}.";
            look.say(
                Finding::warning(Rule::UnknownOperator, member.name_span, text).fixed_by(quoted(&spelling)).with("spelling", spelling),
            );
        }
        Some(_) => {}
        None => {
            let bare = name.rsplit(':').next().unwrap_or(name);
            let finding = match nearest(bare, Operator::names()) {
                Some(near) => Finding::error(Rule::UnknownOperator, member.name_span, "There is no operator {name}: {near} is meant.")
                    .with("near", near)
                    .fixed_by(quoted(&name.replace(bare, near))),
                None => Finding::error(
                    Rule::UnknownOperator,
                    member.name_span,
                    "There is no operator {name}: StringEquals, ArnLike, IpAddress, Bool and others are.",
                ),
            };
            look.say(finding.with("name", name));
        }
    }
    Operator::parse(name)
}

fn key(look: &mut Look<'_>, operator: Option<Operator>, keys: Option<&[Key]>, pair: &Member) {
    let name = pair.name.as_str();
    if !name.contains(':') {
        let text = "A condition key is a service, a colon and a name: \"aws:SourceIp\", \"ec2:InstanceType\".";
        look.say(Finding::error(Rule::WrongValue, pair.name_span, text));
        return;
    }
    let global = GLOBAL.iter().find(|(known, _)| is_global(known, name)).map(|(_, kind)| *kind);
    let own = keys.and_then(|keys| keys.iter().find(|key| key.is(name)));
    if global.is_none() && own.is_none() {
        unknown(look, keys, pair);
    }
    if let (Some(kind), Some(operator)) = (own.map(|key| key.kind).or(global), operator)
        && !suits(operator.test, kind)
    {
        let text = "{key} is compared as {kind}: use an operator such as {operator}.";
        let (kind, example) = usual(kind);
        look.say(
            Finding::warning(Rule::ConditionType, pair.name_span, text).with("key", name).with("kind", kind).with("operator", example),
        );
    }
}

fn unknown(look: &mut Look<'_>, keys: Option<&[Key]>, pair: &Member) {
    let name = pair.name.as_str();
    if name.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
        let near = nearest(name, GLOBAL.iter().map(|(name, _)| *name));
        let finding = match near {
            Some(near) => {
                let finding =
                    Finding::warning(Rule::ConditionKey, pair.name_span, "There is no key {key}, so this never matches: {near} is meant.");
                key_meant(finding, near)
            }
            None => Finding::warning(
                Rule::ConditionKey,
                pair.name_span,
                "There is no key {key} that all services know, so this never matches: correct it.",
            ),
        };
        look.say(finding.with("key", name));
    } else if let Some(keys) = keys {
        let near = nearest(name, keys.iter().map(|key| key.name.as_str()));
        let finding = match near {
            Some(near) => key_meant(
                Finding::warning(Rule::ConditionKey, pair.name_span, "No action of this statement knows {key}: {near} is meant."),
                near,
            ),
            None => Finding::warning(
                Rule::ConditionKey,
                pair.name_span,
                "No action of this statement knows {key}, so requests do not have it: choose another, or move it to the actions that do.",
            ),
        };
        look.say(finding.with("key", name));
    }
}

/// Names the key that is meant, and offers it where it is whole: what stands for a part is not put into a policy.
fn key_meant(finding: Finding, near: &str) -> Finding {
    let finding = finding.with("near", near);
    if near.ends_with('/') || near.contains(['$', '<']) { finding } else { finding.fixed_by(quoted(near)) }
}

fn values(look: &mut Look<'_>, operator: Option<Operator>, written_operator: &str, pair: &Member) {
    let values = pair.value.several();
    if values.is_empty() {
        look.say(Finding::error(Rule::Missing, pair.value.span, "The list of values is empty, so this never matches: add a value."));
    }
    for value in values {
        let Some(text) = value.scalar() else {
            look.say(Finding::error(
                Rule::WrongType,
                value.span,
                "A condition compares with a string, a number, true or false, or a list of them.",
            ));
            continue;
        };
        let Some(test) = operator.map(|operator| operator.test) else { continue };
        // Only text, ARNs and yes or no can be variables.
        let is_variable = text.contains("${") && matches!(test, Test::Arn | Test::Bool);
        if !is_variable && !written::is_value(test, &text) {
            let text = match test {
                Test::Numeric(_) => "{operator} compares numbers: write one, such as \"3600\".",
                Test::Date(_) => "{operator} compares moments: write one as \"2026-01-31T12:00:00Z\" or in seconds since 1970.",
                Test::Bool | Test::Null => "{operator} compares with \"true\" or \"false\".",
                Test::Ip => "{operator} compares with an address or a network: \"203.0.113.0/24\", \"2001:db8::/32\".",
                Test::Binary => "{operator} compares bytes: write them in base64.",
                _ => "{operator} compares with an ARN: arn:aws:iam::123456789012:role/name.",
            };
            look.say(Finding::error(Rule::ConditionType, value.span, text).with("operator", written_operator));
        }
    }
}

fn keys_of(names: &[Named<'_, '_>]) -> Vec<Key> {
    by_service(names).iter().flat_map(|(service, actions)| service.keys_of(actions)).collect()
}

fn is_global(known: &str, name: &str) -> bool {
    if known.ends_with('/') {
        return name.len() > known.len() && name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    }
    known.eq_ignore_ascii_case(name)
}

/// The keys that every action knows, with their types. One that ends with a slash goes on with the name of a tag.
pub fn global_keys() -> impl Iterator<Item = (&'static str, KeyType)> {
    GLOBAL.into_iter()
}

/// Whether values of the type can be compared so. Text operators compare everything as it is written.
pub fn suits(test: Test, kind: KeyType) -> bool {
    match test {
        Test::Numeric(_) => matches!(kind, KeyType::Numeric | KeyType::Date),
        Test::Date(_) => matches!(kind, KeyType::Date | KeyType::Numeric),
        Test::Bool => kind == KeyType::Bool,
        Test::Ip => kind == KeyType::Ip,
        Test::Binary => kind == KeyType::Binary,
        // The reference calls some keys text that hold ARNs.
        Test::Arn => matches!(kind, KeyType::Arn | KeyType::String),
        Test::String | Test::StringIgnoreCase | Test::StringLike => !matches!(kind, KeyType::Ip | KeyType::Date),
        Test::Null => true,
    }
}

/// What values of the type are called, and the operator that compares them most often.
pub fn usual(kind: KeyType) -> (&'static str, &'static str) {
    match kind {
        KeyType::String => ("text", "StringEquals"),
        KeyType::Arn => ("an ARN", "ArnLike"),
        KeyType::Bool => ("yes or no", "Bool"),
        KeyType::Numeric => ("a number", "NumericEquals"),
        KeyType::Date => ("a moment", "DateGreaterThan"),
        KeyType::Ip => ("an address", "IpAddress"),
        KeyType::Binary => ("bytes", "BinaryEquals"),
    }
}
