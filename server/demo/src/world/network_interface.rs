//! Network interfaces. Each instance has one from its launch, which lives and dies with it; others are made, attached and detached.

use std::net::Ipv4Addr;

use crate::{
    clock::{Millis, iso},
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{
        Text, World,
        address::Address,
        instance::{State, mac, show_groups},
    },
};

pub struct NetworkInterface {
    pub subnet: Text,
    pub description: Text,
    pub private_ip: Ipv4Addr,
    pub mac: u32,
    /// Of the interface of a launch, the instance's own are meant.
    pub groups: Vec<Text>,
    pub source_dest_check: bool,
    pub attachment: Option<Attachment>,
    /// The NAT gateway that made it and keeps it.
    pub gateway: Option<Text>,
    pub tags: Tags,
}

pub struct Attachment {
    pub instance: Text,
    /// 0 for the interface of the launch.
    pub index: u32,
    pub attached_at: Millis,
    pub delete_on_termination: bool,
}

impl NetworkInterface {
    /// The instance that it came with, where it is the interface of a launch.
    pub fn launched_with(&self) -> Option<&Text> {
        self.attachment.as_ref().filter(|attachment| attachment.index == 0).map(|attachment| &attachment.instance)
    }

    pub fn groups<'a>(&'a self, world: &'a World) -> &'a [Text] {
        self.launched_with().and_then(|instance| world.instances.get(instance)).map_or(&self.groups, |instance| &instance.groups)
    }

    pub fn source_dest_check(&self, world: &World) -> bool {
        self.launched_with().and_then(|id| world.instances.get(id)).map_or(self.source_dest_check, |instance| instance.source_dest_check)
    }

    /// Whether something has it, so that it can be neither attached nor deleted.
    pub fn is_held(&self) -> bool {
        self.attachment.is_some() || self.gateway.is_some()
    }

    /// The elastic address that leads here.
    pub fn elastic<'a>(id: &str, world: &'a World) -> Option<(&'a Text, &'a Address)> {
        world.addresses.iter().find(|(_, address)| address.association.as_ref().is_some_and(|association| &*association.interface == id))
    }

    fn public_ip(&self, id: &str, world: &World) -> Option<Ipv4Addr> {
        let of_launch = || self.launched_with().and_then(|instance| world.instances.get(instance)?.public_ip);
        Self::elastic(id, world).map(|(_, address)| address.ip).or_else(of_launch)
    }
}

/// The id of an attachment follows from that of the interface.
pub fn attachment_id(interface: &str) -> String {
    interface.replace("eni-", "eni-attach-")
}

impl Noun for NetworkInterface {
    const ID: &'static str = "NetworkInterfaceId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("eni-", "InvalidNetworkInterfaceId.Malformed"));
    const DEFAULT_RESULTS: usize = 1000;
    const FILTERS: Names = &[
        ("network-interface-id", "networkInterfaceId"),
        ("status", "status"),
        ("description", "description"),
        ("interface-type", "interfaceType"),
        ("subnet-id", "subnetId"),
        ("vpc-id", "vpcId"),
        ("availability-zone", "availabilityZone"),
        ("group-id", "groupSet.groupId"),
        ("group-name", "groupSet.groupName"),
        ("mac-address", "macAddress"),
        ("owner-id", "ownerId"),
        ("private-ip-address", "privateIpAddress"),
        ("private-dns-name", "privateDnsName"),
        ("addresses.private-ip-address", "privateIpAddressesSet.privateIpAddress"),
        ("association.public-ip", "association.publicIp"),
        ("association.allocation-id", "association.allocationId"),
        ("attachment.attachment-id", "attachment.attachmentId"),
        ("attachment.instance-id", "attachment.instanceId"),
        ("attachment.device-index", "attachment.deviceIndex"),
        ("attachment.status", "attachment.status"),
        ("requester-managed", "requesterManaged"),
        ("source-dest-check", "sourceDestCheck"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.network_interfaces
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidNetworkInterfaceID.NotFound", format!("The networkInterface ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let subnet = world.subnets.get(&self.subnet);
        let public_ip = self.public_ip(id, world);
        let association = || {
            let elastic = Self::elastic(id, world);
            public_ip.map(|ip| {
                map! {
                    "publicIp" => ip,
                    "publicDnsName" => world.region.public_dns(ip),
                    "ipOwnerId" => if elastic.is_some() { &*world.account } else { "amazon" },
                    "allocationId" => elastic.map(|(allocation, _)| allocation),
                    "associationId" => elastic.and_then(|(_, address)| address.association.as_ref()).map(|association| &association.id),
                }
            })
        };
        map! {
            "networkInterfaceId" => id,
            "subnetId" => &self.subnet,
            "vpcId" => subnet.map(|subnet| &subnet.vpc),
            "availabilityZone" => subnet.map(|subnet| &subnet.zone),
            "description" => &self.description,
            "ownerId" => &world.account,
            "requesterManaged" => self.gateway.is_some(),
            "status" => if self.is_held() { "in-use" } else { "available" },
            "macAddress" => mac(self.mac),
            "privateIpAddress" => self.private_ip,
            "privateDnsName" => world.region.private_dns(self.private_ip),
            "sourceDestCheck" => self.source_dest_check(world),
            "groupSet" => show_groups(self.groups(world), world),
            "attachment" => match &self.gateway {
                // Services attach by themselves, in an account of the cloud.
                Some(_) => Some(map! { "attachmentId" => attachment_id(id), "status" => "attached", "deviceIndex" => 1u32, "deleteOnTermination" => false }),
                None => self.attachment.as_ref().map(|attachment| attachment.show(id, world)),
            },
            "association" => association(),
            "privateIpAddressesSet" => Value::list([map! {
                "privateIpAddress" => self.private_ip,
                "privateDnsName" => world.region.private_dns(self.private_ip),
                "primary" => true,
                "association" => association(),
            }]),
            "ipv6AddressesSet" => vec![],
            "interfaceType" => if self.gateway.is_some() { "nat_gateway" } else { "interface" },
            "tagSet" => tag::show(&self.tags),
        }
    }
}

impl Attachment {
    pub fn show(&self, interface: &str, world: &World) -> Value {
        let pending = world.instances.get(&self.instance).is_some_and(|instance| instance.state == State::Pending);
        map! {
            "attachmentId" => attachment_id(interface),
            "instanceId" => &self.instance,
            "instanceOwnerId" => &world.account,
            "deviceIndex" => self.index,
            "networkCardIndex" => 0u32,
            "status" => if pending { "attaching" } else { "attached" },
            "attachTime" => iso(self.attached_at),
            "deleteOnTermination" => self.delete_on_termination,
        }
    }
}

/// The interface that an instance is launched with.
pub fn of_launch(world: &mut World, instance: &Text) {
    let Some(row) = world.instances.get(instance) else { return };
    let interface = NetworkInterface {
        subnet: row.subnet.clone(),
        description: "".into(),
        private_ip: row.private_ip,
        mac: row.interface.mac,
        groups: vec![],
        source_dest_check: true,
        attachment: Some(Attachment { instance: instance.clone(), index: 0, attached_at: row.launched_at, delete_on_termination: true }),
        gateway: None,
        tags: vec![],
    };
    let id = row.interface.id.clone();
    world.network_interfaces.insert(id, interface);
}

/// What a terminated instance leaves: interfaces that are to go are gone, with their addresses; others are free.
pub fn release(world: &mut World, instance: &Text, interfaces: &[Text]) {
    for id in interfaces {
        let Some(row) = world.network_interfaces.get_mut(id) else { continue };
        let goes = row.attachment.as_ref().is_some_and(|attachment| attachment.instance == *instance && attachment.delete_on_termination);
        row.attachment = None;
        if goes {
            remove(world, id);
        }
    }
}

/// Removes an interface; its private address is free again, and its elastic one leads nowhere.
pub fn remove(world: &mut World, id: &Text) {
    let Some(row) = world.network_interfaces.remove(id) else { return };
    if let Some(subnet) = world.subnets.get_mut(&row.subnet) {
        subnet.used = subnet.used.saturating_sub(1);
    }
    for address in world.addresses.values_mut() {
        if address.association.as_ref().is_some_and(|association| association.interface == *id) {
            address.association = None;
        }
    }
}
