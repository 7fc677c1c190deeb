//! What a trust policy says of somebody who would take the role on: principals of AWS, the external ID and MFA. A condition on anything else is
//! one that nobody meets.

use serde_json::{Map, Value};

use super::document::{one_or_many, statements};

/// Who asks, and with what.
pub struct Asking<'a> {
    /// Twelve digits.
    pub account: &'a str,
    /// As `GetCallerIdentity` tells it.
    pub arn: &'a str,
    pub external_id: Option<&'a str>,
    /// Whether an MFA code was given.
    pub mfa: bool,
}

impl Asking<'_> {
    /// Whether the policy lets them.
    pub fn is_let_by(&self, trust: &str) -> bool {
        let Ok(statements) = statements(trust) else { return false };
        let some = |effect: &str| statements.iter().any(|statement| statement["Effect"] == effect && self.is_meant_by(statement));
        some("Allow") && !some("Deny")
    }

    fn is_meant_by(&self, statement: &Map<String, Value>) -> bool {
        let is_action = |action: &str| ["*", "sts:*", "sts:AssumeRole"].iter().any(|known| action.eq_ignore_ascii_case(known));
        let of = |element: &str| statement.get(element).unwrap_or(&Value::Null);
        one_or_many(of("Action")).any(is_action) && self.is_principal(of("Principal")) && self.meets(of("Condition"))
    }

    fn is_principal(&self, principal: &Value) -> bool {
        let root = format!("arn:aws:iam::{}:root", self.account);
        // A session of a role counts as the role.
        let role = self.arn.split_once(":assumed-role/").and_then(|(_, role)| role.split('/').next());
        let role = role.map(|role| format!("arn:aws:iam::{}:role/{role}", self.account)).unwrap_or_default();
        let is_meant = |name: &str| name == "*" || name == self.account || name == root || name == self.arn || name == role;
        principal == "*" || principal.get("AWS").is_some_and(|named| one_or_many(named).any(is_meant))
    }

    fn meets(&self, condition: &Value) -> bool {
        let Value::Object(operators) = condition else { return condition.is_null() };
        operators.iter().all(|(operator, keys)| {
            keys.as_object().is_some_and(|keys| {
                keys.iter().all(|(key, wanted)| match (operator.as_str(), key.to_ascii_lowercase().as_str()) {
                    ("StringEquals", "sts:externalid") => self.external_id.is_some_and(|given| one_or_many(wanted).any(|id| id == given)),
                    ("Bool" | "BoolIfExists", "aws:multifactorauthpresent") => {
                        let wanted = wanted.as_bool().or_else(|| Some(wanted.as_str()?.eq_ignore_ascii_case("true")));
                        wanted == Some(self.mfa)
                    }
                    _ => false,
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Asking<'_> = Asking { account: "111122223333", arn: "arn:aws:iam::111122223333:user/ann", external_id: None, mfa: false };

    fn trust(principal: &str, condition: &str) -> String {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole","Condition":{condition}}}]}}"#
        )
    }

    #[test]
    fn a_role_is_for_whom_its_policy_names() {
        for (principal, is_let) in [
            (r#"{"AWS":"111122223333"}"#, true),
            (r#"{"AWS":["arn:aws:iam::444455556666:root","arn:aws:iam::111122223333:root"]}"#, true),
            (r#"{"AWS":"arn:aws:iam::111122223333:user/ann"}"#, true),
            (r#"{"AWS":"arn:aws:iam::111122223333:user/bob"}"#, false),
            (r#"{"AWS":"arn:aws:iam::444455556666:root"}"#, false),
            (r#"{"Service":"ec2.amazonaws.com"}"#, false),
            (r#""*""#, true),
        ] {
            assert_eq!(ANN.is_let_by(&trust(principal, "{}")), is_let, "{principal}");
        }
        let role = Asking { arn: "arn:aws:sts::111122223333:assumed-role/Ops/ann", ..ANN };
        assert!(role.is_let_by(&trust(r#"{"AWS":"arn:aws:iam::111122223333:role/Ops"}"#, "{}")));
        assert!(!ANN.is_let_by("gibberish"));
    }

    #[test]
    fn an_external_id_and_a_code_are_asked_for_where_the_policy_wants_them() {
        let own = r#"{"AWS":"111122223333"}"#;
        let external = trust(own, r#"{"StringEquals":{"sts:ExternalId":"shop-7"}}"#);
        assert!(!ANN.is_let_by(&external) && !Asking { external_id: Some("shop-8"), ..ANN }.is_let_by(&external));
        assert!(Asking { external_id: Some("shop-7"), ..ANN }.is_let_by(&external));
        let mfa = trust(own, r#"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#);
        assert!(!ANN.is_let_by(&mfa) && Asking { mfa: true, ..ANN }.is_let_by(&mfa));
        assert!(!ANN.is_let_by(&trust(own, r#"{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"#)));
    }
}
