//! VPC endpoints. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    command::Command,
    kind::Kind,
    resource::{Mutation, Never, Resource},
    tag::Tag,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VpcEndpoint {
    pub id: String,
    pub state: String,
    /// `Gateway`, `Interface`, `GatewayLoadBalancer`.
    pub endpoint_type: String,
    /// Such as `com.amazonaws.us-east-1.s3`.
    pub service: String,
    pub vpc_id: String,
    pub subnets: Vec<String>,
    pub route_tables: Vec<String>,
    pub private_dns: bool,
    pub created_at: Option<Timestamp>,
    pub tags: Vec<Tag>,
}

impl VpcEndpoint {
    /// Whether it is more than a memory.
    pub fn is_there(&self) -> bool {
        !matches!(self.state.to_ascii_lowercase().as_str(), "deleted" | "rejected" | "expired" | "failed")
    }
}

impl Resource for VpcEndpoint {
    const KIND: Kind = Kind::VpcEndpoint;
    type Draft = Never;
    type Action = VpcEndpointAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.to_ascii_lowercase().as_str(), "pending" | "deleting")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "vpce-0123456789abcdef0".into(),
            state: "available".into(),
            endpoint_type: "Gateway".into(),
            service: "com.amazonaws.us-east-1.s3".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            route_tables: vec!["rtb-0123456789abcdef0".into()],
            created_at: Some(1_760_000_000),
            ..Self::default()
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum VpcEndpointAction {
    Delete,
}

impl Mutation for VpcEndpointAction {
    fn touches(&self) -> &'static [Kind] {
        // Gateway endpoints are routes, the others are interfaces.
        &[Kind::VpcEndpoint, Kind::RouteTable, Kind::NetworkInterface]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:DeleteVpcEndpoints"]
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        vec![Command::ec2("delete-vpc-endpoints").args("--vpc-endpoint-ids", ids)]
    }
}
