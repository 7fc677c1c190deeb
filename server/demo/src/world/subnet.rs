//! Subnets.

use std::net::Ipv4Addr;

use api::cidr::Block;

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

pub struct Subnet {
    pub vpc: Text,
    pub zone: Text,
    pub base: Ipv4Addr,
    /// The length of the prefix.
    pub bits: u32,
    pub default_for_zone: bool,
    pub public: bool,
    /// How many addresses were given out, and how many of them are in use.
    pub given: u32,
    pub used: u32,
    pub tags: Tags,
}

impl Subnet {
    /// The next address: the first four and the last of a subnet are the cloud's own.
    pub fn next_address(&mut self) -> Ipv4Addr {
        let room = self.size() - 5;
        let offset = 4 + self.given % room;
        self.given += 1;
        self.used += 1;
        Ipv4Addr::from(u32::from(self.base) + offset)
    }

    pub fn free(&self) -> u32 {
        (self.size() - 5).saturating_sub(self.used)
    }

    pub fn block(&self) -> Option<Block> {
        Block::of(self.base, self.bits)
    }

    fn size(&self) -> u32 {
        1 << (32 - self.bits)
    }
}

impl Noun for Subnet {
    const ID: &'static str = "SubnetId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("subnet-", "InvalidSubnetId.Malformed"));
    const FILTERS: Names = &[
        ("subnet-id", "subnetId"),
        ("state", "state"),
        ("vpc-id", "vpcId"),
        ("cidr-block", "cidrBlock"),
        ("cidrBlock", "cidrBlock"),
        ("cidr", "cidrBlock"),
        ("availability-zone", "availabilityZone"),
        ("availabilityZone", "availabilityZone"),
        ("availability-zone-id", "availabilityZoneId"),
        ("available-ip-address-count", "availableIpAddressCount"),
        ("default-for-az", "defaultForAz"),
        ("defaultForAz", "defaultForAz"),
        ("map-public-ip-on-launch", "mapPublicIpOnLaunch"),
        ("owner-id", "ownerId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.subnets
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidSubnetID.NotFound", format!("The subnet ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        map! {
            "subnetId" => id,
            "subnetArn" => world.arn(&format!("subnet/{id}")),
            "state" => "available",
            "ownerId" => &world.account,
            "vpcId" => &self.vpc,
            "cidrBlock" => format!("{}/{}", self.base, self.bits),
            "ipv6CidrBlockAssociationSet" => vec![],
            "availableIpAddressCount" => self.free(),
            "availabilityZone" => &self.zone,
            "availabilityZoneId" => zone_id(world, &self.zone),
            "defaultForAz" => self.default_for_zone,
            "mapPublicIpOnLaunch" => self.public,
            "assignIpv6AddressOnCreation" => false,
            "tagSet" => tag::show(&self.tags),
        }
    }
}

/// Whether something in the subnet keeps it from being deleted.
pub fn is_in_use(world: &World, id: &str) -> bool {
    world.network_interfaces.values().any(|row| &*row.subnet == id)
        || world.nat_gateways.values().any(|row| row.state.holds() && &*row.subnet == id)
        || world.vpc_endpoints.values().any(|row| row.subnets.iter().any(|subnet| &**subnet == id))
}

/// Such as `use1-az1`.
pub fn zone_id(world: &World, zone: &str) -> String {
    let letter = zone.bytes().last().unwrap_or(b'a');
    format!("{}-az{}", world.region.short, letter.saturating_sub(b'a') + 1)
}
