//! Elastic addresses. The table's key is the allocation id.

use std::net::Ipv4Addr;

use crate::{
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World},
};

pub struct Address {
    pub ip: Ipv4Addr,
    /// The instance, and the id of the association.
    pub associated: Option<(Text, Text)>,
    pub tags: Tags,
}

impl Noun for Address {
    const ID: &'static str = "AllocationId";
    const SHAPE: Option<(&'static str, &'static str)> = None;
    const FILTERS: Names = &[
        ("allocation-id", "allocationId"),
        ("association-id", "associationId"),
        ("domain", "domain"),
        ("instance-id", "instanceId"),
        ("network-border-group", "networkBorderGroup"),
        ("network-interface-id", "networkInterfaceId"),
        ("network-interface-owner-id", "networkInterfaceOwnerId"),
        ("private-ip-address", "privateIpAddress"),
        ("public-ip", "publicIp"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.addresses
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidAllocationID.NotFound", format!("The allocation ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let instance = self.associated.as_ref().and_then(|(id, _)| world.instances.get(id));
        map! {
            "publicIp" => self.ip,
            "allocationId" => id,
            "domain" => "vpc",
            "instanceId" => self.associated.as_ref().map(|(instance, _)| instance),
            "associationId" => self.associated.as_ref().map(|(_, association)| association),
            "networkInterfaceId" => instance.map(|instance| &instance.interface.id),
            "networkInterfaceOwnerId" => instance.map(|_| &world.account),
            "privateIpAddress" => instance.map(|instance| instance.private_ip),
            "publicIpv4Pool" => "amazon",
            "networkBorderGroup" => world.region.name,
            "tagSet" => tag::show(&self.tags),
        }
    }

    fn asked(scope: &Scope<'_>, world: &World) -> Result<Vec<Text>, Refusal> {
        let ids = scope.list(Self::ID).into_iter().map(|id| Self::key(world, id));
        let addresses = scope.list("PublicIp").into_iter().map(|address| by_address(world, address));
        ids.chain(addresses).collect()
    }
}

/// The allocation id of an address.
pub fn by_address(world: &World, address: &str) -> Result<Text, Refusal> {
    let found = world.addresses.iter().find(|(_, row)| row.ip.to_string() == address);
    found.map(|(id, _)| id.clone()).ok_or_else(|| Refusal::new("InvalidAddress.NotFound", format!("Address '{address}' not found.")))
}
