//! Elastic addresses. Each call takes an allocation, or the address itself as clouds without VPC have it.

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag,
    world::{
        Text, World,
        address::{self, Address, Association},
        instance::Instance,
        network_interface::NetworkInterface,
    },
};

/// How many addresses an account may have in a region.
const QUOTA: usize = 20;

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::list::<Address>(call, "addressesSet")
}

pub fn allocate(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    if let Some(domain) = scope.text("Domain").filter(|domain| !matches!(*domain, "vpc" | "standard")) {
        return Err(Refusal::invalid_value("domain", domain, ""));
    }
    let tags = tag::specified(&scope, "elastic-ip", &["elastic-ip"])?;
    let world = &mut *call.world;
    if world.addresses.len() >= QUOTA {
        return Err(Refusal::new("AddressLimitExceeded", "The maximum number of addresses has been reached."));
    }
    let (id, ip) = (world.id("eipalloc-"), world.public_address());
    world.addresses.insert(id.clone(), Address { ip, association: None, tags });
    if world.region.is_eucalyptus {
        return Ok(map! { "publicIp" => ip, "domain" => "standard" });
    }
    Ok(map! {
        "publicIp" => ip,
        "domain" => "vpc",
        "allocationId" => &id,
        "publicIpv4Pool" => "amazon",
        "networkBorderGroup" => world.region.name,
    })
}

/// The allocation that `AllocationId` or `PublicIp` means.
fn meant(call: &Call<'_>) -> Result<Text, Refusal> {
    let scope = call.scope();
    match (scope.text("AllocationId"), scope.text("PublicIp")) {
        (Some(id), _) => Address::key(call.world, id),
        (None, Some(address)) => address::by_address(call.world, address),
        (None, None) => Err(Refusal::new("MissingParameter", "Either public IP or allocation id must be specified")),
    }
}

pub fn associate(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = meant(call)?;
    let reassociate = scope.flag("AllowReassociation")?.unwrap_or(false) || scope.text("AllocationId").is_none();
    let world = &mut *call.world;
    let interface = match (scope.text("InstanceId"), scope.text("NetworkInterfaceId")) {
        (Some(_), Some(_)) => {
            let message = "You may not specify both the instance ID and the network interface ID";
            return Err(Refusal::new("InvalidParameterCombination", message));
        }
        (Some(instance), None) => of_instance(instance, world)?,
        (None, Some(interface)) => NetworkInterface::key(world, interface)?,
        (None, None) => return Err(Refusal::new("MissingParameter", "Either instance ID or network interface ID must be specified")),
    };
    if let Some(association) = world.addresses[&id].association.as_ref().filter(|_| !reassociate) {
        let message = format!("resource {id} is already associated with associate-id {}", association.id);
        return Err(Refusal::new("Resource.AlreadyAssociated", message));
    }
    if let Some(other) = NetworkInterface::elastic(&interface, world).map(|(other, _)| other.clone()).filter(|other| *other != id) {
        if !reassociate {
            return Err(Refusal::new(
                "Resource.AlreadyAssociated",
                format!("resource {interface} is already associated with address {other}"),
            ));
        }
        address::disassociate(world, &other);
    }
    address::disassociate(world, &id);
    let association = world.id("eipassoc-");
    let ip = world.addresses[&id].ip;
    if let Some(address) = world.addresses.get_mut(&id) {
        address.association = Some(Association { id: association.clone(), interface: interface.clone() });
    }
    let instance = world.network_interfaces.get(&interface).and_then(NetworkInterface::launched_with).cloned();
    if let Some(instance) = instance.and_then(|instance| world.instances.get_mut(&instance)) {
        instance.public_ip = Some(ip);
    }
    Ok(map! { "return" => true, "associationId" => &association })
}

/// The interface of an instance's launch.
fn of_instance(instance: &str, world: &World) -> Result<Text, Refusal> {
    let id = Instance::key(world, instance)?;
    let row = &world.instances[&id];
    if !row.is_alive() {
        return Err(Refusal::new(
            "InvalidInstanceID",
            format!("The pending-instance-creation instance to which '{instance}' is attached is not in a valid state for this operation"),
        ));
    }
    Ok(row.interface.id.clone())
}

pub fn disassociate(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = match scope.text("AssociationId") {
        Some(association) => {
            let is = |address: &Address| address.association.as_ref().is_some_and(|found| &*found.id == association);
            let found = call.world.addresses.iter().find(|(_, address)| is(address)).map(|(id, _)| id.clone());
            found.ok_or_else(|| {
                Refusal::new("InvalidAssociationID.NotFound", format!("The association ID '{association}' does not exist"))
            })?
        }
        None => meant(call)?,
    };
    address::disassociate(call.world, &id);
    Ok(map! { "return" => true })
}

pub fn release(call: &mut Call<'_>) -> Reply {
    let id = meant(call)?;
    let address = &call.world.addresses[&id];
    if address.association.is_some() {
        return Err(Refusal::new("InvalidIPAddress.InUse", format!("Address {} is in use.", address.ip)));
    }
    call.world.addresses.remove(&id);
    Ok(Value::Map(vec![("return", true.into())]))
}
