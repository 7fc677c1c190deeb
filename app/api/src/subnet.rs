//! Subnets of VPCs. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html>

use serde::{Deserialize, Serialize};

use crate::{
    kind::Kind,
    resource::{Never, Resource},
    tag::Tag,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Subnet {
    pub id: String,
    pub state: String,
    pub vpc_id: String,
    pub zone: String,
    pub cidr_block: String,
    pub free_addresses: u32,
    /// Whether instances get a public address when the launch does not say.
    pub public_ip_on_launch: bool,
    pub default_for_zone: bool,
    pub tags: Vec<Tag>,
}

impl Resource for Subnet {
    const KIND: Kind = Kind::Subnet;
    type Draft = Never;
    type Action = Never;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "subnet-0123456789abcdef0".into(),
            state: "available".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            zone: "us-east-1a".into(),
            cidr_block: "10.0.1.0/24".into(),
            free_addresses: 251,
            public_ip_on_launch: true,
            default_for_zone: true,
            tags: vec![],
        }
    }
}
