//! What can be said of a policy's text without knowing the language of policies: whether it is JSON, has statements, and is not too long.

use serde_json::Value;

/// What a new policy begins with.
pub const BLANK: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [],
      "Resource": "*"
    }
  ]
}"#;

/// How much a managed policy may say, in characters without white space.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub const MANAGED_LIMIT: usize = 6_144;

/// How much a trust policy may ever say: 2,048 characters, unless the quota was raised, to no more than this. What is between, the cloud refuses.
pub const TRUST_LIMIT: usize = 8_192;

/// What is wrong with the text of a policy, with its place where there is one.
pub fn problem(text: &str, limit: usize) -> Option<String> {
    if text.trim().is_empty() {
        return Some("Enter the policy.".into());
    }
    // IAM does not count white space.
    let length = text.chars().filter(|c| !c.is_whitespace()).count();
    if length > limit {
        return Some(format!("It is too long by {} characters: {limit} are allowed, not counting white space.", length - limit));
    }
    match serde_json::from_str::<Value>(text) {
        Err(error) => Some(format!("This is not JSON. Line {}, column {}: {}", error.line(), error.column(), reason(&error))),
        Ok(Value::Object(policy)) if policy.contains_key("Statement") => None,
        Ok(Value::Object(_)) => Some("A policy needs a Statement.".into()),
        Ok(_) => Some("A policy is a JSON object, in braces.".into()),
    }
}

/// The parser's words without the place, which was said before.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.clone(), |(reason, _)| reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        assert_eq!(problem(BLANK, 6_144), None);
        assert_eq!(problem(" ", 10).as_deref(), Some("Enter the policy."));
        let broken = problem("{\n  \"Statement\": [,]\n}", 100).unwrap();
        assert!(broken.starts_with("This is not JSON. Line 2, column 17: "), "{broken}");
        assert!(!broken.contains(" at line "), "{broken}");
        assert!(problem("[]", 10).unwrap().contains("object"));
        assert!(problem("{}", 10).unwrap().contains("Statement"));
        assert!(problem(&format!("{}\n \n", "x".repeat(12)), 10).unwrap().contains("by 2 characters"));
    }
}
