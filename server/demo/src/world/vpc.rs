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
            "instanceTenancy" => "default",
            "isDefault" => self.is_default,
            "tagSet" => tag::show(&self.tags),
        }
    }
}
