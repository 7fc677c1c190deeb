//! Attaching volumes to instances, and taking them off.

use crate::{
    clock::iso,
    noun::Noun as _,
    ops::{Call, Reply},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    world::{
        Change, Text, World,
        instance::{Device, Instance, State},
        volume::Volume,
    },
};

pub fn attach(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = Volume::key(call.world, scope.require("VolumeId")?)?;
    let instance_id = Instance::key(call.world, scope.require("InstanceId")?)?;
    let name = scope.require("Device")?;
    let (volume, instance) = (&call.world.volumes[&id], &call.world.instances[&instance_id]);
    if !is_device(name) {
        return Err(Refusal::invalid_value("device", name, &format!("{name} is not a valid EBS device name.")));
    }
    if volume.instance.is_some() {
        return Err(Refusal::new("VolumeInUse", format!("{id} is already attached to an instance")));
    }
    if volume.state(call.world.now) != "available" {
        return Err(Refusal::new("IncorrectState", format!("{id} is not 'available'.")));
    }
    if !matches!(instance.state, State::Running | State::Stopped) {
        return Err(Refusal::new("IncorrectState", format!("Instance '{instance_id}' is not 'running'.")));
    }
    if volume.zone != instance.zone {
        let message = format!("The volume '{id}' is not in the same availability zone as instance '{instance_id}'");
        return Err(Refusal::new("InvalidVolume.ZoneMismatch", message));
    }
    if instance.devices.iter().any(|device| &*device.name == name) {
        let message = format!("Invalid value '{name}' for unixDevice. Attachment point {name} is already in use");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    let world = &mut *call.world;
    // It is attached once this moment has passed.
    let attached_at = world.now + world.transition;
    if let Some(volume) = world.volumes.get_mut(&id) {
        volume.instance = Some(instance_id.clone());
    }
    if let Some(instance) = world.instances.get_mut(&instance_id) {
        instance.devices.push(Device {
            name: name.into(),
            volume: id.clone(),
            attached_at,
            delete_on_termination: false,
            detaching: false,
        });
    }
    Ok(show(world, &id, &instance_id, "attaching"))
}

pub fn detach(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = Volume::key(call.world, scope.require("VolumeId")?)?;
    let Some(instance_id) = call.world.volumes[&id].instance.clone() else {
        return Err(Refusal::new("IncorrectState", format!("Volume '{id}' is in the 'available' state.")));
    };
    if scope.text("InstanceId").is_some_and(|given| given != &*instance_id) {
        return Err(Refusal::new("InvalidAttachment.NotFound", format!("The volume '{id}' is not attached to that instance.")));
    }
    let force = scope.flag("Force")?.unwrap_or(false);
    let world = &mut *call.world;
    let instance = &world.instances[&instance_id];
    let is_root = instance.devices.iter().any(|device| device.volume == id && &*device.name == instance.root_device);
    if is_root && instance.state != State::Stopped {
        return Err(Refusal::new("OperationNotPermitted", format!("Unable to detach root volume '{id}' from instance '{instance_id}'")));
    }
    let reply = show(world, &id, &instance_id, "detaching");
    let devices = world.instances.get_mut(&instance_id).map(|instance| &mut instance.devices);
    if let Some(device) = devices.and_then(|devices| devices.iter_mut().find(|device| device.volume == id)) {
        device.detaching = true;
    }
    let after = if force { 0 } else { world.transition };
    world.later(after, Change::Detached { volume: id });
    Ok(reply)
}

fn show(world: &World, id: &Text, instance_id: &Text, status: &'static str) -> Value {
    let device = world.instances[instance_id].devices.iter().find(|device| device.volume == *id);
    map! {
        "volumeId" => id,
        "instanceId" => instance_id,
        "device" => device.map(|device| &device.name),
        "status" => status,
        "attachTime" => device.map(|device| iso(device.attached_at)),
        "deleteOnTermination" => device.is_some_and(|device| device.delete_on_termination),
    }
}

/// `/dev/sdf`, `/dev/sdf1`, `xvdba`, `hda`.
fn is_device(name: &str) -> bool {
    let name = name.strip_prefix("/dev/").unwrap_or(name);
    let rest = ["xvd", "sd", "hd", "vd"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or_default();
    let letters = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    (1..=2).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_lowercase())
}
