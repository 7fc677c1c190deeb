//! IAM roles that an instance can take on. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    kind::Kind,
    resource::{Never, Resource},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    pub name: String,
    pub arn: String,
    pub path: String,
    pub description: String,
    pub created_at: Option<Timestamp>,
    /// Whether its trust policy lets EC2 take it on.
    pub for_ec2: bool,
}

impl Resource for Role {
    const KIND: Kind = Kind::Role;
    type Draft = Never;
    type Action = Never;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn sample() -> Self {
        Self {
            name: "web-server".into(),
            arn: "arn:aws:iam::123456789012:role/web-server".into(),
            path: "/".into(),
            description: "Reads the site's bucket".into(),
            created_at: Some(1_750_000_000),
            for_ec2: true,
        }
    }
}
