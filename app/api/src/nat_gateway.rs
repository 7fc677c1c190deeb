//! NAT gateways. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::{self, Tag, check_tags},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NatGateway {
    pub id: String,
    /// `pending`, `available`, `failed`, `deleting`, `deleted`.
    pub state: String,
    /// Why it failed, in the cloud's words.
    pub failure: String,
    /// `public` or `private`.
    pub connectivity: String,
    pub vpc_id: String,
    pub subnet_id: String,
    pub public_ip: String,
    pub private_ip: String,
    pub allocation_id: String,
    pub network_interface_id: String,
    pub created_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    pub tags: Vec<Tag>,
}

impl NatGateway {
    /// Whether it is more than a memory.
    pub fn is_there(&self) -> bool {
        !matches!(self.state.as_str(), "deleted" | "failed")
    }
}

impl Resource for NatGateway {
    const KIND: Kind = Kind::NatGateway;
    type Draft = NatGatewayDraft;
    type Action = NatGatewayAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.as_str(), "pending" | "deleting")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "nat-0123456789abcdef0".into(),
            state: "available".into(),
            connectivity: "public".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            subnet_id: "subnet-0123456789abcdef0".into(),
            public_ip: "203.0.113.7".into(),
            private_ip: "10.0.0.7".into(),
            allocation_id: "eipalloc-0123456789abcdef0".into(),
            network_interface_id: "eni-0123456789abcdef0".into(),
            created_at: Some(1_760_000_000),
            tags: vec![Tag::new("Name", "production")],
            ..Self::default()
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum NatGatewayAction {
    Delete,
}

impl Mutation for NatGatewayAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::NatGateway, Kind::Address]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:DeleteNatGateway"]
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        ids.iter().map(|id| Command::ec2("delete-nat-gateway").arg("--nat-gateway-id", id)).collect()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NatGatewayDraft {
    /// `public` or `private`.
    pub connectivity: String,
    pub subnet_id: String,
    /// The elastic address of a public one.
    pub allocation_id: String,
    pub tags: Vec<Tag>,
}

impl NatGatewayDraft {
    pub fn is_private(&self) -> bool {
        self.connectivity == "private"
    }
}

impl Mutation for NatGatewayDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::NatGateway, Kind::Address]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:CreateNatGateway"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let allocation = if self.is_private() { "" } else { &self.allocation_id };
        let create = Command::ec2("create-nat-gateway").arg("--subnet-id", &self.subnet_id).arg("--allocation-id", allocation);
        let create = create.arg("--connectivity-type", if self.is_private() { "private" } else { "" });
        vec![create.arg("--tag-specifications", tag::specification("natgateway", &self.tags))]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        if self.subnet_id.is_empty() {
            errors.insert("subnet_id".into(), "Choose a subnet.".into());
        }
        if !self.is_private() && self.allocation_id.is_empty() {
            errors.insert("allocation_id".into(), "Choose an elastic address.".into());
        }
        errors
    }
}
