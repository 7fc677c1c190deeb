//! Network interfaces: what connects an instance, or a service of the cloud, to a subnet.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html>

use serde::{Deserialize, Serialize};

use crate::{Timestamp, instance::GroupRef, kind::Kind, resource::Resource, tag::Tag};

mod action;
mod draft;

pub use action::NetworkInterfaceAction;
pub use draft::NetworkInterfaceDraft;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkInterface {
    pub id: String,
    /// `available`, `attaching`, `in-use`, `detaching`, `associated` or `pending`.
    pub status: String,
    pub description: String,
    /// `interface` for those that people make; `nat_gateway`, `vpc_endpoint`, … for those of services.
    pub interface_type: String,
    pub vpc_id: String,
    pub subnet_id: String,
    pub zone: String,
    pub private_ip: String,
    /// Further private addresses.
    pub secondary_ips: Vec<String>,
    pub ipv6_addresses: Vec<String>,
    pub private_dns: String,
    pub public_ip: String,
    pub public_dns: String,
    /// The elastic address, where it is one.
    pub allocation_id: String,
    pub mac_address: String,
    pub security_groups: Vec<GroupRef>,
    pub source_dest_check: Option<bool>,
    /// Made and kept by a service of the cloud.
    pub requester_managed: bool,
    pub owner: String,
    pub attachment_id: String,
    /// Empty while it is attached to nothing, and where a service holds it.
    pub instance_id: String,
    /// 0 for the interface that the instance was launched with.
    pub device_index: Option<u32>,
    pub attachment_status: String,
    pub attached_at: Option<Timestamp>,
    pub delete_on_termination: Option<bool>,
    pub tags: Vec<Tag>,
}

impl Resource for NetworkInterface {
    const KIND: Kind = Kind::NetworkInterface;
    type Draft = NetworkInterfaceDraft;
    type Action = NetworkInterfaceAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.status)
    }

    fn in_transition(&self) -> bool {
        matches!(self.status.as_str(), "pending" | "attaching" | "detaching")
            || matches!(self.attachment_status.as_str(), "attaching" | "detaching")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "eni-0123456789abcdef0".into(),
            status: "in-use".into(),
            description: "Storage network".into(),
            interface_type: "interface".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            subnet_id: "subnet-0123456789abcdef0".into(),
            zone: "us-east-1a".into(),
            private_ip: "10.0.1.17".into(),
            private_dns: "ip-10-0-1-17.ec2.internal".into(),
            public_ip: "203.0.113.17".into(),
            mac_address: "0e:5a:01:02:03:04".into(),
            security_groups: vec![GroupRef { id: "sg-0123456789abcdef0".into(), name: "web".into() }],
            source_dest_check: Some(true),
            owner: "123456789012".into(),
            attachment_id: "eni-attach-0123456789abcdef0".into(),
            instance_id: "i-0a1b2c3d4e5f60718".into(),
            device_index: Some(1),
            attachment_status: "attached".into(),
            attached_at: Some(1_760_000_000),
            delete_on_termination: Some(false),
            tags: vec![Tag::new("Name", "storage-a")],
            ..Self::default()
        }
    }
}
