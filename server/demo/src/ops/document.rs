//! What IAM refuses of a policy's text. Whether the actions and resources that it names exist is nobody's business there.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use serde_json::{Map, Value};

use crate::protocol::refusal::Refusal;

/// How much a managed policy may say, in characters without white space.
const MANAGED_LIMIT: usize = 6_144;

/// A policy that lets its identity do something.
pub fn check(document: &str) -> Result<(), Refusal> {
    for statement in statements(document)? {
        if statement.contains_key("Principal") || statement.contains_key("NotPrincipal") {
            return Err(malformed("Policy document should not specify a principal."));
        }
        check_actions(&statement)?;
        let resources = named(&statement, "Resource", "NotResource");
        if resources.is_empty() {
            return Err(malformed("Policy statement must contain resources."));
        }
        if let Some(resource) = resources.iter().find(|resource| **resource != "*" && !resource.starts_with("arn:")) {
            return Err(malformed(format!("Resource {resource} must be in ARN format or \"*\".")));
        }
    }
    Ok(())
}

/// One that has a name and versions of its own.
pub fn check_managed(document: &str) -> Result<(), Refusal> {
    check(document)?;
    if document.chars().filter(|c| !c.is_whitespace()).count() > MANAGED_LIMIT {
        return Err(Refusal::new("LimitExceeded", format!("Cannot exceed quota for PolicySize: {MANAGED_LIMIT}")));
    }
    Ok(())
}

/// One that says who may take a role on.
pub fn check_trust(document: &str) -> Result<(), Refusal> {
    for statement in statements(document)? {
        if statement.contains_key("Resource") || statement.contains_key("NotResource") {
            return Err(malformed("Has prohibited field Resource"));
        }
        check_actions(&statement)?;
        if named(&statement, "Action", "NotAction").iter().any(|action| *action != "*" && !action.to_ascii_lowercase().starts_with("sts:"))
        {
            return Err(malformed("AssumeRole policy may only specify STS AssumeRole actions."));
        }
        let principal = statement.get("Principal").or_else(|| statement.get("NotPrincipal"));
        let principal = principal.ok_or_else(|| malformed("Missing required field Principal"))?;
        if let Some(wrong) = one_or_many(&principal["AWS"]).find(|name| !is_principal(name)) {
            return Err(malformed(format!("Invalid principal in policy: \"AWS\":\"{wrong}\"")));
        }
    }
    Ok(())
}

/// The statements of a policy, if it is one.
pub fn statements(document: &str) -> Result<Vec<Map<String, Value>>, Refusal> {
    let syntax = || malformed("Syntax errors in policy.");
    let policy: Value = serde_json::from_str(document).map_err(|_| syntax())?;
    let is_version = policy.get("Version").is_none_or(|version| version == "2012-10-17" || version == "2008-10-17");
    let statements = match policy.get("Statement") {
        Some(Value::Array(statements)) if !statements.is_empty() => statements.clone(),
        Some(statement @ Value::Object(_)) => vec![statement.clone()],
        _ => return Err(syntax()),
    };
    let is_statement = |statement: &Map<String, Value>| statement.get("Effect").is_some_and(|effect| effect == "Allow" || effect == "Deny");
    let statements = statements.into_iter().map(|statement| match statement {
        Value::Object(statement) if is_version && is_statement(&statement) => Ok(statement),
        _ => Err(syntax()),
    });
    statements.collect()
}

fn check_actions(statement: &Map<String, Value>) -> Result<(), Refusal> {
    let actions = named(statement, "Action", "NotAction");
    if actions.is_empty() {
        return Err(malformed("Policy statement must contain actions."));
    }
    if actions.iter().any(|action| *action != "*" && !action.contains(':')) {
        return Err(malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."));
    }
    Ok(())
}

/// What one of the two elements names, of which a statement has one.
pub fn named<'a>(statement: &'a Map<String, Value>, element: &str, other: &str) -> Vec<&'a str> {
    statement.get(element).or_else(|| statement.get(other)).map(|value| one_or_many(value).collect()).unwrap_or_default()
}

/// What is one text or a list of them.
pub fn one_or_many(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice).iter().filter_map(Value::as_str)
}

fn is_principal(name: &str) -> bool {
    name == "*" || name.starts_with("arn:") || (name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_digit()))
}

fn malformed(message: impl Into<String>) -> Refusal {
    Refusal::new("MalformedPolicyDocument", message.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(statement: &str) -> String {
        format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#)
    }

    #[test]
    fn what_a_policy_lacks_is_said_as_iam_does() {
        let refused = |statement: &str| check(&policy(statement)).unwrap_err().message;
        let good = r#"{"Effect":"Allow","Action":"ec2:*","Resource":["*","arn:aws:s3:::b"]}"#;
        assert!(check(&policy(good)).is_ok() && check_managed(&policy(good)).is_ok());
        for broken in ["", "[]", "{", r#"{"Statement":[]}"#, r#"{"Version":"2020-01-01","Statement":[]}"#] {
            assert_eq!(check(broken).unwrap_err().message, "Syntax errors in policy.", "{broken}");
        }
        assert_eq!(refused(r#"{"Action":"ec2:*","Resource":"*"}"#), "Syntax errors in policy.");
        assert_eq!(refused(r#"{"Effect":"Allow","Action":[],"Resource":"*"}"#), "Policy statement must contain actions.");
        assert_eq!(refused(r#"{"Effect":"Allow","Action":"ec2:*"}"#), "Policy statement must contain resources.");
        assert!(refused(r#"{"Effect":"Allow","Action":"run","Resource":"*"}"#).contains("vendor"));
        assert!(refused(r#"{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}"#).contains("ARN format"));
        assert!(refused(r#"{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}"#).contains("principal"));
        let long = policy(&good.replace("arn:aws:s3:::b", &format!("arn:aws:s3:::{}", "b".repeat(MANAGED_LIMIT))));
        assert_eq!(check_managed(&long).unwrap_err().code, "LimitExceeded");
    }

    #[test]
    fn a_trust_policy_names_who_and_no_resource() {
        let refused = |statement: &str| check_trust(&policy(statement)).unwrap_err().message;
        for principal in
            [r#"{"Service":"ec2.amazonaws.com"}"#, r#"{"AWS":"123456789012"}"#, r#"{"AWS":["arn:aws:iam::123456789012:root"]}"#]
        {
            let statement = format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}"#);
            assert!(check_trust(&policy(&statement)).is_ok(), "{principal}");
        }
        assert!(refused(r#"{"Effect":"Allow","Action":"sts:AssumeRole"}"#).contains("Principal"));
        assert!(refused(r#"{"Effect":"Allow","Principal":"*","Action":"ec2:*"}"#).contains("STS AssumeRole"));
        assert!(refused(r#"{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}"#).contains("Resource"));
        assert!(refused(r#"{"Effect":"Allow","Principal":{"AWS":"12"},"Action":"sts:AssumeRole"}"#).contains("\"12\""));
    }
}
