//! What a user that was made here may do: what its policies and those of its groups allow by their actions, and none of them denies.
//!
//! Whatever resource an allowance is for, it counts for all; a denial counts only where it is for all. What depends on a condition does
//! neither. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use super::document::{named, statements};
use crate::{
    filter::matches,
    iam::{Grants, Iam},
};

/// `action` as in `ec2:DescribeInstances`.
pub fn allows(iam: &Iam, user_id: &str, action: &str) -> bool {
    let Some((name, user)) = iam.users.iter().find(|(_, user)| user.entity.id == user_id) else { return false };
    let groups = iam.groups.values().filter(|group| group.users.contains(name)).map(|group| &group.grants);
    let own = std::iter::once(&user.grants).chain(groups).flat_map(|grants| texts(iam, grants));
    let is_within = |arn: &str| verdict(managed(iam, arn).into_iter(), action);
    verdict(own, action) && user.grants.boundary.as_deref().is_none_or(is_within)
}

fn texts<'a>(iam: &'a Iam, grants: &'a Grants) -> impl Iterator<Item = &'a str> {
    grants.attached.iter().filter_map(|arn| managed(iam, arn)).chain(grants.inline.values().map(String::as_str))
}

fn managed<'a>(iam: &'a Iam, arn: &str) -> Option<&'a str> {
    iam.policies.get(arn).map(|policy| policy.default_version().document.as_str())
}

fn verdict<'a>(documents: impl Iterator<Item = &'a str>, action: &str) -> bool {
    let mut is_allowed = false;
    for statement in documents.filter_map(|document| statements(document).ok()).flatten() {
        let names_it = named(&statement, "Action", "NotAction").into_iter().any(|pattern| is_like(pattern, action));
        if names_it != statement.contains_key("Action") || statement.contains_key("Condition") {
            continue;
        }
        if statement["Effect"] == "Allow" {
            is_allowed = true;
        } else if named(&statement, "Resource", "").contains(&"*") {
            return false;
        }
    }
    is_allowed
}

fn is_like(pattern: &str, action: &str) -> bool {
    matches(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decides(statements: &[&str]) -> bool {
        let document = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
        verdict(std::iter::once(&*document), "ec2:StopInstances")
    }

    #[test]
    fn what_is_not_allowed_is_denied_and_a_denial_outweighs_all() {
        let all = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
        let ec2 = r#"{"Effect":"Allow","Action":["EC2:stop*"],"Resource":"arn:aws:ec2:*:*:instance/i-1"}"#;
        let but = r#"{"Effect":"Allow","NotAction":"ec2:*","Resource":"*"}"#;
        let deny = r#"{"Effect":"Deny","Action":"ec2:Stop*","Resource":"*"}"#;
        let one = r#"{"Effect":"Deny","Action":"ec2:Stop*","Resource":"arn:aws:ec2:*:*:instance/i-1"}"#;
        let perhaps = r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"#;
        for (statements, expected) in [
            (&[all][..], true),
            (&[ec2], true),
            (&[but], false),
            (&[all, deny], false),
            (&[deny, all], false),
            (&[all, one], true),
            (&[perhaps], false),
        ] {
            assert_eq!(decides(statements), expected, "{statements:?}");
        }
        assert!(!verdict(std::iter::empty(), "ec2:StopInstances"));
    }
}
