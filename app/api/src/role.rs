//! IAM roles. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html>

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Timestamp,
    identity::{assumed_role, one_or_many},
    kind::Kind,
    permissions::{Attached, Permissions, Permitted, Principal},
    resource::Resource,
    tag::Tag,
};

mod action;
mod draft;
pub mod teardown;

pub use self::{action::RoleAction, draft::RoleDraft};

/// What is `None` the cloud did not say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    pub name: String,
    pub role_id: String,
    pub arn: String,
    pub path: String,
    pub description: String,
    pub created_at: Option<Timestamp>,
    /// Whether its trust policy lets EC2 take it on.
    pub for_ec2: bool,
    /// The trust policy, as JSON.
    pub trust: String,
    /// In seconds.
    pub max_session: Option<u32>,
    pub last_used_at: Option<Timestamp>,
    /// The region of the last use.
    pub last_used_in: String,
    pub permissions: Option<Permissions>,
    pub profiles: Option<Vec<Profile>>,
    pub tags: Vec<Tag>,
}

/// What EC2 wants where people mean a role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub arn: String,
}

impl Role {
    /// Whether a service of the cloud keeps it, so that nobody else can change it.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
    pub fn is_service_linked(&self) -> bool {
        self.path.starts_with("/aws-service-role/")
    }

    /// Who may take it on, as its trust policy names them: services, accounts, identity providers.
    pub fn trusted(&self) -> Vec<String> {
        let policy: Value = serde_json::from_str(&self.trust).unwrap_or_default();
        let mut trusted = vec![];
        for statement in one_or_many(&policy["Statement"]).filter(|statement| statement["Effect"] == "Allow") {
            match &statement["Principal"] {
                Value::String(anybody) => trusted.push(anybody.clone()),
                Value::Object(sorts) => {
                    trusted.extend(sorts.values().flat_map(one_or_many).filter_map(Value::as_str).map(|name| account(name).to_owned()));
                }
                _ => {}
            }
        }
        trusted.sort();
        trusted.dedup();
        trusted
    }

    /// Whether instances have it by a profile of this ARN.
    pub fn has_profile(&self, arn: &str) -> bool {
        !arn.is_empty() && self.profiles.iter().flatten().any(|profile| profile.arn == arn)
    }
}

/// A whole account is named by its number.
fn account(principal: &str) -> &str {
    let number = principal.strip_suffix(":root").and_then(|rest| rest.rsplit(':').next());
    number.unwrap_or(principal)
}

impl Resource for Role {
    const KIND: Kind = Kind::Role;
    type Draft = RoleDraft;
    type Action = RoleAction;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
        Self {
            name: "web-server".into(),
            role_id: "AROAEXAMPLE".into(),
            arn: "arn:aws:iam::123456789012:role/web-server".into(),
            path: "/".into(),
            description: "Reads the site's bucket".into(),
            created_at: Some(1_750_000_000),
            for_ec2: true,
            trust: trust.into(),
            max_session: Some(3_600),
            last_used_at: Some(1_760_000_000),
            last_used_in: "us-east-1".into(),
            permissions: Some(Permissions {
                attached: vec![Attached { name: "ReadOnlyAccess".into(), arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".into() }],
                boundary: "arn:aws:iam::aws:policy/PowerUserAccess".into(),
                ..Permissions::default()
            }),
            profiles: Some(vec![Profile {
                name: "web-server".into(),
                arn: "arn:aws:iam::123456789012:instance-profile/web-server".into(),
            }]),
            tags: vec![Tag::new("team", "blue")],
        }
    }
}

impl Permitted for Role {
    const PRINCIPAL: Principal = Principal::Role;

    fn permissions(&self) -> Option<&Permissions> {
        self.permissions.as_ref()
    }

    fn is_own(&self, arn: &str) -> bool {
        assumed_role(arn) == Some(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_trusted_is_read_from_any_form_of_the_policy() {
        let trusted = |trust: &str| Role { trust: trust.into(), ..Role::default() }.trusted();
        assert_eq!(trusted(&Role::sample().trust), ["ec2.amazonaws.com"]);
        let both = r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::111122223333:user/a"]}},
            {"Effect":"Deny","Principal":{"AWS":"444455556666"}},{"Effect":"Allow","Principal":"*"}]}"#;
        assert_eq!(trusted(both), ["*", "111122223333", "arn:aws:iam::111122223333:user/a"]);
        assert!(trusted("").is_empty() && trusted("[]").is_empty());
    }
}
