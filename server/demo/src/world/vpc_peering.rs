//! Peering connections between VPCs.

use crate::{
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World},
};

pub struct VpcPeering {
    pub requester: Side,
    pub accepter: Side,
    /// EC2's code: `active`, `pending-acceptance`, `deleted`.
    pub status: &'static str,
    pub tags: Tags,
}

pub struct Side {
    pub owner: Text,
    pub vpc: Text,
    pub cidr: Text,
}

impl VpcPeering {
    pub fn is_active(&self) -> bool {
        self.status == "active"
    }

    pub fn sides(&self) -> impl Iterator<Item = &Side> {
        [&self.requester, &self.accepter].into_iter()
    }
}

impl Side {
    fn show(&self, world: &World) -> Value {
        map! { "ownerId" => &self.owner, "vpcId" => &self.vpc, "cidrBlock" => &self.cidr, "region" => world.region.name }
    }
}

impl Noun for VpcPeering {
    const ID: &'static str = "VpcPeeringConnectionId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("pcx-", "InvalidVpcPeeringConnectionId.Malformed"));
    const FILTERS: Names = &[
        ("vpc-peering-connection-id", "vpcPeeringConnectionId"),
        ("requester-vpc-info.vpc-id", "requesterVpcInfo.vpcId"),
        ("requester-vpc-info.owner-id", "requesterVpcInfo.ownerId"),
        ("accepter-vpc-info.vpc-id", "accepterVpcInfo.vpcId"),
        ("accepter-vpc-info.owner-id", "accepterVpcInfo.ownerId"),
        ("status-code", "status.code"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.vpc_peerings
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidVpcPeeringConnectionID.NotFound", format!("The vpcPeeringConnection ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let message = match self.status {
            "active" => "Active".to_owned(),
            "deleted" => format!("Deleted by {}", world.account),
            _ => format!("Pending Acceptance by {}", self.accepter.owner),
        };
        map! {
            "vpcPeeringConnectionId" => id,
            "requesterVpcInfo" => self.requester.show(world),
            "accepterVpcInfo" => self.accepter.show(world),
            "status" => map! { "code" => self.status, "message" => message },
            "tagSet" => tag::show(&self.tags),
        }
    }
}
