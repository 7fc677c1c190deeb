//! Security groups: which traffic reaches an instance. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html>

use serde::{Deserialize, Serialize};

use crate::{kind::Kind, resource::Resource, tag::Tag};

mod action;
mod change;
mod draft;
mod rule;
pub mod teardown;

pub use action::SecurityGroupAction;
pub use change::{Call, Delta, Described, RulesChange, Step};
pub use draft::SecurityGroupDraft;
pub use rule::{Peer, Rule, check_cidr, everywhere};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityGroup {
    pub id: String,
    pub name: String,
    pub description: String,
    /// Empty on clouds without VPC.
    pub vpc_id: String,
    pub owner: String,
    pub ingress: Vec<Rule>,
    pub egress: Vec<Rule>,
    pub tags: Vec<Tag>,
}

impl Resource for SecurityGroup {
    const KIND: Kind = Kind::SecurityGroup;
    type Draft = SecurityGroupDraft;
    type Action = SecurityGroupAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "sg-0123456789abcdef0".into(),
            name: "web".into(),
            description: "Web servers".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            owner: "123456789012".into(),
            ingress: vec![Rule {
                protocol: "tcp".into(),
                from_port: Some(443),
                to_port: Some(443),
                peer: Peer::Cidr("0.0.0.0/0".into()),
                description: "the world".into(),
            }],
            egress: vec![Rule { protocol: "-1".into(), peer: Peer::Cidr("0.0.0.0/0".into()), ..Rule::default() }],
            tags: vec![],
        }
    }
}
