//! A new role: who may take it on, and what it may do.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    command::Command,
    error::FieldErrors,
    identity::{check_path, description_problem, given_path, name_problem},
    kind::Kind,
    resource::Mutation,
    tag::{Tag, check_tags},
};

/// Stands for a service whose name is typed.
pub const OTHER: &str = "other";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoleDraft {
    pub name: String,
    pub path: String,
    pub description: String,
    /// `service`, `account` or `provider`: which of the following count.
    pub trusts: String,
    /// `ec2.amazonaws.com`, or [`OTHER`].
    pub service: String,
    /// The name of another service than those that the form offers.
    pub other_service: String,
    /// Twelve digits.
    pub account: String,
    /// What the other side must know beside the role.
    pub external_id: String,
    /// Whether the other side must have given an MFA code.
    pub mfa: bool,
    /// The ARN of an identity provider of OpenID Connect.
    pub provider: String,
    /// For whom its tokens must be made out.
    pub audience: String,
    /// Whose they must be, with wildcards: `repo:octo-org/*`.
    pub subject: String,
    /// In seconds.
    pub max_session: Option<u32>,
    pub tags: Vec<Tag>,
}

impl Default for RoleDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            path: String::new(),
            description: String::new(),
            trusts: "service".into(),
            service: "ec2.amazonaws.com".into(),
            other_service: String::new(),
            account: String::new(),
            external_id: String::new(),
            mfa: false,
            provider: String::new(),
            audience: String::new(),
            subject: String::new(),
            max_session: Some(3_600),
            tags: vec![],
        }
    }
}

/// How long a session may last. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub(super) fn session_problem(seconds: Option<u32>) -> Option<String> {
    let is_good = seconds.is_none_or(|seconds| (3_600..=43_200).contains(&seconds));
    (!is_good).then(|| "A session lasts from 3600 to 43200 seconds.".into())
}

impl RoleDraft {
    /// Whether instances are to have it, which takes an instance profile.
    pub fn is_for_ec2(&self) -> bool {
        self.trusts == "service" && self.service().starts_with("ec2.")
    }

    fn service(&self) -> &str {
        if self.service == OTHER { &self.other_service } else { &self.service }
    }

    /// JSON. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    pub fn trust_policy(&self) -> String {
        let (principal, action, conditions) = match self.trusts.as_str() {
            "account" => (json!({"AWS": self.account}), "sts:AssumeRole", self.demands()),
            "provider" => (json!({"Federated": self.provider}), "sts:AssumeRoleWithWebIdentity", self.made_out()),
            _ => (json!({"Service": self.service()}), "sts:AssumeRole", json!({})),
        };
        let mut statement = json!({"Effect": "Allow", "Principal": principal, "Action": action});
        if conditions.as_object().is_some_and(|conditions| !conditions.is_empty()) {
            statement["Condition"] = conditions;
        }
        json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
    }

    fn demands(&self) -> Value {
        let mut conditions = json!({});
        if !self.external_id.is_empty() {
            conditions["StringEquals"] = json!({"sts:ExternalId": self.external_id});
        }
        if self.mfa {
            conditions["Bool"] = json!({"aws:MultiFactorAuthPresent": "true"});
        }
        conditions
    }

    fn made_out(&self) -> Value {
        // The keys begin with the provider's address, which is what its ARN ends with.
        let address = self.provider.split_once("oidc-provider/").map_or(self.provider.as_str(), |(_, address)| address);
        let mut conditions = json!({});
        if !self.audience.is_empty() {
            conditions["StringEquals"] = json!({format!("{address}:aud"): self.audience});
        }
        if !self.subject.is_empty() {
            conditions["StringLike"] = json!({format!("{address}:sub"): self.subject});
        }
        conditions
    }

    fn trust_problem(&self) -> Option<(&'static str, String)> {
        let is_id = || {
            let is_good = |c: char| c.is_ascii_alphanumeric() || "+=,.@:/-_".contains(c);
            self.external_id.is_empty() || ((2..=1_224).contains(&self.external_id.len()) && self.external_id.chars().all(is_good))
        };
        match self.trusts.as_str() {
            "account" if self.account.len() != 12 || !self.account.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(("account", "An account ID has twelve digits.".into()))
            }
            "account" if !is_id() => Some(("external_id", "An external ID has letters, digits and + = , . @ : / - _ only.".into())),
            "provider" if !self.provider.starts_with("arn:") || !self.provider.contains(":oidc-provider/") => {
                Some(("provider", "Enter the ARN of an identity provider: arn:aws:iam::123456789012:oidc-provider/…".into()))
            }
            "service" if !is_service(self.service()) => {
                let key = if self.service == OTHER { "other_service" } else { "service" };
                Some((key, "Enter the name of a service, such as ec2.amazonaws.com.".into()))
            }
            _ => None,
        }
    }
}

fn is_service(name: &str) -> bool {
    name.contains('.') && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

impl Mutation for RoleDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Role]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.is_for_ec2() {
            &["iam:CreateRole", "iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"]
        } else {
            &["iam:CreateRole"]
        }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let call = Command::iam("create-role").arg("--role-name", &self.name).maybe("--path", given_path(&self.path));
        let call = call.arg("--description", &self.description).maybe("--max-session-duration", self.max_session);
        let call = call.arg("--assume-role-policy-document", self.trust_policy()).args("--tags", self.tags.iter().map(Tag::shorthand));
        let profile = |operation: &str| Command::iam(operation).arg("--instance-profile-name", &self.name);
        let mut calls = vec![call];
        if self.is_for_ec2() {
            calls.push(profile("create-instance-profile"));
            calls.push(profile("add-role-to-instance-profile").arg("--role-name", &self.name));
        }
        calls
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        let mut say = |key: &str, problem: Option<String>| errors.extend(problem.map(|problem| (key.to_owned(), problem)));
        say("name", name_problem(&self.name, 64));
        say("description", description_problem(&self.description));
        say("max_session", session_problem(self.max_session));
        if let Some((key, problem)) = self.trust_problem() {
            say(key, Some(problem));
        }
        check_path(&self.path, &mut errors);
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(trusts: &str) -> RoleDraft {
        RoleDraft {
            name: "r".into(),
            trusts: trusts.into(),
            account: "111122223333".into(),
            external_id: "secret-1".into(),
            mfa: true,
            provider: "arn:aws:iam::123456789012:oidc-provider/token.example.com".into(),
            audience: "sts".into(),
            subject: "repo:octo-org/*".into(),
            ..RoleDraft::default()
        }
    }

    #[test]
    fn each_sort_of_trust_makes_its_own_policy() {
        let statement = |trusts| serde_json::from_str::<Value>(&draft(trusts).trust_policy()).unwrap()["Statement"][0].clone();
        assert_eq!(
            statement("service"),
            json!({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"})
        );
        let account = statement("account");
        assert_eq!(account["Principal"]["AWS"], "111122223333", "an account is named alike in every partition");
        assert_eq!(account["Condition"]["StringEquals"]["sts:ExternalId"], "secret-1");
        assert_eq!(account["Condition"]["Bool"]["aws:MultiFactorAuthPresent"], "true");
        let provider = statement("provider");
        assert_eq!(provider["Action"], "sts:AssumeRoleWithWebIdentity");
        assert_eq!(provider["Condition"]["StringEquals"]["token.example.com:aud"], "sts");
        assert_eq!(provider["Condition"]["StringLike"]["token.example.com:sub"], "repo:octo-org/*");
    }

    #[test]
    fn only_what_counts_is_checked() {
        for trusts in ["service", "account", "provider"] {
            assert!(draft(trusts).check().is_empty(), "{trusts}");
        }
        let wrong = |trusts: &str| {
            let empty = RoleDraft { service: String::new(), account: "12".into(), provider: "x".into(), ..draft(trusts) };
            empty.check().into_keys().collect::<Vec<_>>()
        };
        assert_eq!(
            (wrong("service"), wrong("account"), wrong("provider")),
            (vec!["service".into()], vec!["account".into()], vec!["provider".into()])
        );
        let other = |name: &str| RoleDraft { service: OTHER.into(), other_service: name.into(), ..draft("service") };
        assert!(other("mine").check().contains_key("other_service") && other("glue.amazonaws.com").check().is_empty());
        assert!(RoleDraft { max_session: Some(60), ..draft("service") }.check().contains_key("max_session"));
    }
}
