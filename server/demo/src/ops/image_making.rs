//! The three ways to a new image: of an instance, of a snapshot, of another image.

use crate::{
    noun::Noun as _,
    ops::{
        Call, Parcel, Reply,
        snapshot::{self, check_description},
    },
    protocol::{params::Scope, refusal::Refusal, value::map},
    tag,
    world::{
        Text, World,
        image::{Access, Image, Mapping},
        instance::{Instance, State},
        snapshot::Snapshot,
        volume,
    },
};

/// The names of root devices that images can be registered with.
const ROOTS: &[&str] = &["/dev/sda1", "/dev/xvda", "/dev/sda", "/dev/xvda1", "/dev/vda"];

/// What an image is, whatever it is made of.
struct New {
    name: Text,
    description: Text,
    architecture: &'static str,
    windows: bool,
    platform_details: &'static str,
    root_device: &'static str,
    devices: Vec<Mapping>,
}

/// Enters an image, which is there when the last of its snapshots is.
fn add(world: &mut World, new: New, tags: tag::Tags) -> Text {
    let id = world.id("ami-");
    let ready_at = new.devices.iter().filter_map(|mapping| Some(world.snapshots.get(&mapping.snapshot)?.ready_at)).max();
    let image = Image {
        name: new.name,
        description: new.description,
        owner: None,
        owner_alias: None,
        access: Access::Owner,
        users: vec![],
        architecture: new.architecture,
        windows: new.windows,
        platform_details: new.platform_details,
        created_at: world.now,
        ready_at: ready_at.unwrap_or(world.now),
        deprecated_at: None,
        root_device: new.root_device,
        devices: new.devices,
        tags,
    };
    world.images.insert(id.clone(), image);
    id
}

/// The name that a request gives, where it can be one and is free.
fn name<'a>(scope: &Scope<'a>, world: &World) -> Result<&'a str, Refusal> {
    let name = scope.require("Name")?;
    let fine = |c: char| c.is_ascii_alphanumeric() || "()[] ./-'@_".contains(c);
    if !(3..=128).contains(&name.chars().count()) || !name.chars().all(fine) {
        let message = format!(
            "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_': \"{name}\""
        );
        return Err(Refusal::new("InvalidAMIName.Malformed", message));
    }
    if let Some((id, _)) = world.images.iter().find(|(_, image)| image.owner.is_none() && &*image.name == name) {
        return Err(Refusal::new("InvalidAMIName.Duplicate", format!("AMI name {name} is already in use by AMI {id}")));
    }
    Ok(name)
}

/// `CreateImage`
pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let instance_id = Instance::key(call.world, scope.require("InstanceId")?)?;
    let name = name(&scope, call.world)?;
    let description = scope.get("Description").unwrap_or_default();
    check_description(description)?;
    let made = ["image", "snapshot"];
    let (tags, snapshot_tags) = (tag::specified(&scope, "image", &made)?, tag::specified(&scope, "snapshot", &made)?);
    let world = &mut *call.world;
    let instance = &world.instances[&instance_id];
    if !matches!(instance.state, State::Running | State::Stopped) {
        let message = format!("The instance '{instance_id}' is not in a state from which an image can be made.");
        return Err(Refusal::new("IncorrectState", message));
    }
    let (architecture, windows, platform_details, root_device) =
        (instance.architecture, instance.windows, instance.platform_details, instance.root_device);
    let attached: Vec<_> =
        instance.devices.iter().map(|device| (device.name.clone(), device.volume.clone(), device.delete_on_termination)).collect();
    let mut devices = vec![];
    for (device, volume, delete_on_termination) in attached {
        let Some(row) = world.volumes.get(&volume) else { continue };
        let (size, volume_type, encrypted) = (row.size, row.volume_type, row.encrypted);
        let text = format!("Created by CreateImage({instance_id}) for {name}");
        let snapshot = snapshot::begin(world, volume, size, &text, encrypted, snapshot_tags.clone());
        devices.push(Mapping { device, snapshot, size, volume_type, encrypted, delete_on_termination });
    }
    let (name, description) = (name.into(), description.into());
    let id = add(world, New { name, description, architecture, windows, platform_details, root_device, devices }, tags);
    Ok(map! { "imageId" => &id })
}

/// `RegisterImage`
pub fn register(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = name(&scope, call.world)?;
    let description = scope.get("Description").unwrap_or_default();
    check_description(description)?;
    let architecture = match scope.text("Architecture").unwrap_or("i386") {
        "x86_64" => "x86_64",
        "arm64" => "arm64",
        "i386" => "i386",
        other => return Err(Refusal::invalid_value("architecture", other, "")),
    };
    let root = scope.require("RootDeviceName")?;
    let &root_device = ROOTS.iter().find(|known| **known == root).ok_or_else(|| Refusal::invalid_value("rootDeviceName", root, ""))?;
    let tags = tag::specified(&scope, "image", &["image", "snapshot"])?;
    let mut devices = vec![];
    for mapping in scope.structures("BlockDeviceMapping") {
        devices.push(registered(&mapping, call.world)?);
    }
    if devices.iter().all(|mapping| &*mapping.device != root_device) {
        return Err(Refusal::new("InvalidBlockDeviceMapping", "Root device is not in the block device mappings."));
    }
    let (name, description) = (name.into(), description.into());
    let new = New { name, description, architecture, windows: false, platform_details: "Linux/UNIX", root_device, devices };
    Ok(map! { "imageId" => &add(call.world, new, tags) })
}

/// One device of an image that is registered; each stands on a snapshot.
fn registered(mapping: &Scope<'_>, world: &World) -> Result<Mapping, Refusal> {
    let device = mapping.require("DeviceName")?.into();
    let ebs = mapping.structure("Ebs");
    let snapshot = Snapshot::key(world, ebs.require("SnapshotId")?)?;
    let row = &world.snapshots[&snapshot];
    let size = ebs.number::<u32>("VolumeSize")?.unwrap_or(row.size);
    if size < row.size {
        let message = format!("Volume of size {size}GB is smaller than snapshot '{snapshot}', expect size >= {}GB", row.size);
        return Err(Refusal::new("InvalidBlockDeviceMapping", message));
    }
    let wanted = ebs.text("VolumeType").unwrap_or("gp2");
    let &(volume_type, ..) =
        volume::TYPES.iter().find(|(name, ..)| *name == wanted).ok_or_else(|| Refusal::invalid_value("volumeType", wanted, ""))?;
    let delete_on_termination = ebs.flag("DeleteOnTermination")?.unwrap_or(true);
    Ok(Mapping { device, size, volume_type, encrypted: row.encrypted, delete_on_termination, snapshot })
}

/// What is taken of an image in its region.
pub fn take(call: &mut Call<'_>) -> Result<Parcel, Refusal> {
    let id = Image::key(call.world, call.scope().require("SourceImageId")?)?;
    let row = &call.world.images[&id];
    if call.world.now < row.ready_at {
        return Err(Refusal::new("InvalidAMIID.Unavailable", format!("The image id '[{id}]' is pending")));
    }
    let mapping = |mapping: &Mapping| (mapping.device.clone(), mapping.size, mapping.volume_type, mapping.encrypted);
    Ok(Parcel::Image {
        id,
        description: row.description.clone(),
        architecture: row.architecture,
        windows: row.windows,
        platform_details: row.platform_details,
        root_device: row.root_device,
        devices: row.devices.iter().map(mapping).collect(),
    })
}

/// What becomes of it where it is copied to.
pub fn put(call: &mut Call<'_>, parcel: Parcel) -> Reply {
    let Parcel::Image { id, description, architecture, windows, platform_details, root_device, devices: taken } = parcel else {
        return Err(Refusal::new("InternalError", "An internal error has occurred"));
    };
    let scope = call.scope();
    let name = name(&scope, call.world)?;
    let description = scope.get("Description").map_or(description, Into::into);
    check_description(&description)?;
    let encrypt = scope.flag("Encrypted")?.unwrap_or(false);
    let tags = tag::specified(&scope, "image", &["image", "snapshot"])?;
    let source = scope.text("SourceRegion").unwrap_or_default();
    let text = format!("Copied for DestinationAmi {name} from SourceAmi {id} of {source}");
    let mut devices = vec![];
    for (device, size, volume_type, encrypted) in taken {
        let encrypted = encrypted || encrypt;
        let snapshot = snapshot::begin(call.world, "vol-ffffffff".into(), size, &text, encrypted, vec![]);
        devices.push(Mapping { device, snapshot, size, volume_type, encrypted, delete_on_termination: true });
    }
    let new = New { name: name.into(), description, architecture, windows, platform_details, root_device, devices };
    Ok(map! { "imageId" => &add(call.world, new, tags) })
}
