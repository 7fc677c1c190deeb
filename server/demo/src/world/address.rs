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
    pub association: Option<Association>,
    pub tags: Tags,
}

/// Where an address leads.
pub struct Association {
    pub id: Text,
    pub interface: Text,
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
        let interface = self.association.as_ref().and_then(|association| world.network_interfaces.get(&association.interface));
        if world.region.is_eucalyptus {
            // Classic: the address itself is what it is called by, and it leads to an instance.
            return map! {
                "publicIp" => self.ip,
                "domain" => "standard",
                "instanceId" => interface.and_then(|interface| interface.attachment.as_ref()).map(|attachment| &attachment.instance),
                "tagSet" => tag::show(&self.tags),
            };
        }
        map! {
            "publicIp" => self.ip,
            "allocationId" => id,
            "domain" => "vpc",
            "instanceId" => interface.and_then(|interface| interface.attachment.as_ref()).map(|attachment| &attachment.instance),
            "associationId" => self.association.as_ref().map(|association| &association.id),
            "networkInterfaceId" => self.association.as_ref().map(|association| &association.interface),
            "networkInterfaceOwnerId" => interface.map(|_| &world.account),
            "privateIpAddress" => interface.map(|interface| interface.private_ip),
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

/// Lets an address lead nowhere; an instance that was reached by it has no public address until it starts again.
pub fn disassociate(world: &mut World, id: &Text) {
    let Some(association) = world.addresses.get_mut(id).and_then(|address| address.association.take()) else { return };
    let instance = world.network_interfaces.get(&association.interface).and_then(|interface| interface.launched_with().cloned());
    if let Some(instance) = instance.and_then(|instance| world.instances.get_mut(&instance)) {
        instance.public_ip = None;
    }
}
