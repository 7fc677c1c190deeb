//! Peering connections between VPCs. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html>

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    kind::Kind,
    resource::{Mutation, Never, Resource},
    tag::Tag,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VpcPeering {
    pub id: String,
    /// `active`, `pending-acceptance`, …
    pub state: String,
    /// The state as a sentence of the cloud.
    pub message: String,
    pub requester: Side,
    pub accepter: Side,
    pub tags: Vec<Tag>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Side {
    pub vpc_id: String,
    pub owner: String,
    pub region: String,
    pub cidr_block: String,
}

impl VpcPeering {
    /// Whether it is more than a memory.
    pub fn is_there(&self) -> bool {
        !matches!(self.state.as_str(), "deleted" | "rejected" | "expired" | "failed")
    }

    /// Whether it is there, and one of its sides is this VPC.
    pub fn connects(&self, vpc: &str) -> bool {
        self.is_there() && (self.requester.vpc_id == vpc || self.accepter.vpc_id == vpc)
    }
}

impl Resource for VpcPeering {
    const KIND: Kind = Kind::VpcPeering;
    type Draft = Never;
    type Action = VpcPeeringAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.as_str(), "initiating-request" | "provisioning" | "deleting")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        let side = |vpc: &str, cidr: &str| Side {
            vpc_id: vpc.into(),
            owner: "123456789012".into(),
            region: "us-east-1".into(),
            cidr_block: cidr.into(),
        };
        Self {
            id: "pcx-0123456789abcdef0".into(),
            state: "active".into(),
            message: "Active".into(),
            requester: side("vpc-0123456789abcdef0", "10.0.0.0/16"),
            accepter: side("vpc-0123456789abcdef1", "172.31.0.0/16"),
            tags: vec![],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum VpcPeeringAction {
    Delete,
}

impl Mutation for VpcPeeringAction {
    fn touches(&self) -> &'static [Kind] {
        // Routes that led through it lead nowhere.
        &[Kind::VpcPeering, Kind::RouteTable]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:DeleteVpcPeeringConnection"]
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        ids.iter().map(|id| Command::ec2("delete-vpc-peering-connection").arg("--vpc-peering-connection-id", id)).collect()
    }
}
