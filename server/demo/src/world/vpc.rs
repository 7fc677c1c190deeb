//! VPCs.

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

pub struct Vpc {
    pub cidr: Text,
    pub is_default: bool,
    /// `default` or `dedicated`.
    pub tenancy: Text,
    pub dns_support: bool,
    pub dns_hostnames: bool,
    pub tags: Tags,
}

impl Noun for Vpc {
    const ID: &'static str = "VpcId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("vpc-", "InvalidVpcId.Malformed"));
    const FILTERS: Names = &[
        ("vpc-id", "vpcId"),
        ("state", "state"),
        ("cidr", "cidrBlock"),
        ("cidr-block-association.cidr-block", "cidrBlockAssociationSet.cidrBlock"),
        ("is-default", "isDefault"),
        ("isDefault", "isDefault"),
        ("owner-id", "ownerId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.vpcs
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidVpcID.NotFound", format!("The vpc ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        map! {
            "vpcId" => id,
            "ownerId" => &world.account,
            "state" => "available",
            "cidrBlock" => &self.cidr,
            "cidrBlockAssociationSet" => Value::list([map! {
                "cidrBlock" => &self.cidr,
                "associationId" => id.replace("vpc-", "vpc-cidr-assoc-"),
                "cidrBlockState" => map! { "state" => "associated" },
            }]),
            "dhcpOptionsId" => "default",
            "instanceTenancy" => &self.tenancy,
            "isDefault" => self.is_default,
            "tagSet" => tag::show(&self.tags),
        }
    }
}

/// Whether something in the VPC keeps it from being deleted: all but what came with it.
pub fn is_in_use(world: &World, id: &str) -> bool {
    world.subnets.values().any(|row| &*row.vpc == id)
        || world.internet_gateways.values().any(|row| row.vpc.as_deref() == Some(id))
        || world.route_tables.values().any(|row| &*row.vpc == id && !row.is_main())
        || world.network_acls.values().any(|row| &*row.vpc == id && !row.is_default)
        || world.security_groups.values().any(|row| &*row.vpc == id && &*row.name != "default")
        || world.vpc_endpoints.values().any(|row| &*row.vpc == id)
        || world.vpc_peerings.values().any(|row| row.is_active() && row.sides().any(|side| &*side.vpc == id))
}
