//! Network interfaces.

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply, launch},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag,
    world::{
        Text, World,
        instance::{Instance, State},
        network_interface::{self, Attachment, NetworkInterface, attachment_id},
        security_group::{self, SecurityGroup},
        subnet::Subnet,
    },
};

/// How many interfaces an instance may have, whatever its type.
const MAX_INTERFACES: u32 = 4;

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::list::<NetworkInterface>(call, "networkInterfaceSet")
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let world = &mut *call.world;
    let subnet_id = Subnet::key(world, scope.require("SubnetId")?)?;
    let tags = tag::specified(&scope, "network-interface", &["network-interface"])?;
    let subnet = &world.subnets[&subnet_id];
    let vpc = subnet.vpc.clone();
    let groups = groups(&scope.list("SecurityGroupId"), &vpc, world)?;
    let groups = if groups.is_empty() { vec![security_group::by_name(world, Some(&vpc), "default")?] } else { groups };
    let wanted =
        scope.text("PrivateIpAddress").map(|text| launch::private_address(text, &world.subnets[&subnet_id], world, 1)).transpose()?;
    if world.subnets[&subnet_id].free() == 0 {
        let message = format!("The subnet '{subnet_id}' has no free addresses.");
        return Err(Refusal::new("InsufficientFreeAddressesInSubnet", message));
    }
    let next = world.subnets.get_mut(&subnet_id).map(Subnet::next_address);
    let row = NetworkInterface {
        subnet: subnet_id,
        description: scope.text("Description").unwrap_or_default().into(),
        private_ip: wanted.or(next).unwrap_or(std::net::Ipv4Addr::UNSPECIFIED),
        mac: world.rng.u32(..),
        groups,
        source_dest_check: true,
        attachment: None,
        gateway: None,
        tags,
    };
    let id = world.id("eni-");
    let shown = row.show(&id, world);
    world.network_interfaces.insert(id, row);
    Ok(map! { "networkInterface" => shown, "clientToken" => scope.text("ClientToken").unwrap_or_default() })
}

/// The groups of these ids; all must be of the VPC.
fn groups(ids: &[&str], vpc: &Text, world: &World) -> Result<Vec<Text>, Refusal> {
    let groups = ids.iter().map(|id| SecurityGroup::key(world, id)).collect::<Result<Vec<_>, _>>()?;
    match groups.iter().find(|group| world.security_groups[*group].vpc != *vpc) {
        Some(foreign) => Err(Refusal::new(
            "InvalidParameterValue",
            format!("You have specified two resources that belong to different networks: {foreign}"),
        )),
        None => Ok(groups),
    }
}

fn the(call: &Call<'_>) -> Result<Text, Refusal> {
    NetworkInterface::key(call.world, call.scope().require("NetworkInterfaceId")?)
}

pub fn attach(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = the(call)?;
    let instance_id = Instance::key(call.world, scope.require("InstanceId")?)?;
    let index = scope.number::<u32>("DeviceIndex")?.ok_or_else(|| Refusal::missing("deviceIndex"))?;
    let world = &mut *call.world;
    let (row, instance) = (&world.network_interfaces[&id], &world.instances[&instance_id]);
    if row.is_held() {
        return Err(Refusal::new("InvalidNetworkInterface.InUse", format!("Interface: [{id}] in use.")));
    }
    if !matches!(instance.state, State::Pending | State::Running | State::Stopping | State::Stopped) {
        return Err(Refusal::new(
            "IncorrectInstanceState",
            format!("The instance '{instance_id}' is not in a valid state for this operation."),
        ));
    }
    if world.subnets[&row.subnet].zone != instance.zone {
        let message = "You may not attach a network interface to an instance if they are not in the same availability zone";
        return Err(Refusal::new("InvalidParameterCombination", message));
    }
    if index >= MAX_INTERFACES || instance.interfaces().count() >= MAX_INTERFACES as usize {
        let message = format!("Interface count {} exceeds the limit for {}", index + 1, instance.instance_type);
        return Err(Refusal::new("AttachmentLimitExceeded", message));
    }
    let taken = |other: &Text| world.network_interfaces[other].attachment.as_ref().is_some_and(|attachment| attachment.index == index);
    if instance.interfaces().any(taken) {
        let message = format!("Instance '{instance_id}' already has an interface attached at device index '{index}'.");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    let attachment = Attachment { instance: instance_id.clone(), index, attached_at: world.now, delete_on_termination: false };
    if let Some(row) = world.network_interfaces.get_mut(&id) {
        row.attachment = Some(attachment);
    }
    if let Some(instance) = world.instances.get_mut(&instance_id) {
        instance.further_interfaces.push(id.clone());
    }
    Ok(map! { "attachmentId" => attachment_id(&id), "networkCardIndex" => 0u32 })
}

pub fn detach(call: &mut Call<'_>) -> Reply {
    let wanted = call.scope().require("AttachmentId")?;
    let world = &mut *call.world;
    let unknown = || Refusal::new("InvalidAttachmentID.NotFound", format!("The network interface attachment ID '{wanted}' does not exist"));
    let id: Text = wanted.replace("eni-attach-", "eni-").into();
    let attachment = world.network_interfaces.get(&id).and_then(|row| row.attachment.as_ref()).ok_or_else(unknown)?;
    if attachment.index == 0 {
        let message = format!("The network interface at device index 0 cannot be detached: {wanted}");
        return Err(Refusal::new("OperationNotPermitted", message));
    }
    let instance = attachment.instance.clone();
    if let Some(row) = world.network_interfaces.get_mut(&id) {
        row.attachment = None;
    }
    if let Some(instance) = world.instances.get_mut(&instance) {
        instance.further_interfaces.retain(|other| *other != id);
    }
    Ok(map! { "return" => true })
}

pub fn modify_attribute(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = the(call)?;
    let world = &mut *call.world;
    let vpc = world.subnets[&world.network_interfaces[&id].subnet].vpc.clone();
    let groups = groups(&scope.list("SecurityGroupId"), &vpc, world)?;
    let checked = match scope.structure("SourceDestCheck").get("Value") {
        None => None,
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(other) => return Err(Refusal::invalid_value("sourceDestCheck", other, "Expecting a boolean.")),
    };
    let description = scope.structure("Description").get("Value");
    // Groups and the check of an interface of a launch are those of its instance.
    let launched_with = world.network_interfaces[&id].launched_with().cloned();
    if let Some(instance) = launched_with.and_then(|instance| world.instances.get_mut(&instance)) {
        instance.source_dest_check = checked.unwrap_or(instance.source_dest_check);
        if !groups.is_empty() {
            instance.groups.clone_from(&groups);
        }
    }
    if let Some(row) = world.network_interfaces.get_mut(&id) {
        row.source_dest_check = checked.unwrap_or(row.source_dest_check);
        if !groups.is_empty() {
            row.groups = groups;
        }
        if let Some(text) = description {
            row.description = text.into();
        }
    }
    Ok(map! { "return" => true })
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = the(call)?;
    let world = &mut *call.world;
    if world.network_interfaces[&id].is_held() {
        let message = format!("Network interface '{id}' is currently in use.");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    network_interface::remove(world, &id);
    Ok(map! { "return" => true })
}

/// Shown by an instance: what it has besides the interface of its launch.
pub fn further(instance: &Instance, world: &World) -> Vec<Value> {
    instance.further_interfaces.iter().filter_map(|id| Some(world.network_interfaces.get(id)?.show(id, world))).collect()
}
