//! Volumes. Attaching them is in [`super::attachment`].

use crate::{
    clock::iso,
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{params::Scope, refusal::Refusal, value::map},
    tag,
    world::{
        snapshot::Snapshot,
        volume::{self, Volume},
    },
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::describe(&call.scope(), call.world, |_: &Volume| true).map(|rows| rows.reply("volumeSet"))
}

/// How a volume performs.
struct Shape {
    volume_type: &'static str,
    iops: Option<u32>,
    throughput: Option<u32>,
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let zone = scope.require("AvailabilityZone")?;
    if call.world.region.zones().all(|known| known != zone) {
        return Err(Refusal::new("InvalidZone.NotFound", format!("The zone '{zone}' does not exist.")));
    }
    let snapshot = scope.text("SnapshotId").map(|id| Snapshot::key(call.world, id)).transpose()?;
    let from = snapshot.as_ref().map(|id| &call.world.snapshots[id]);
    if let Some(id) = snapshot.as_ref().filter(|_| from.is_some_and(|row| row.is_pending(call.world.now))) {
        return Err(Refusal::new("IncorrectState", format!("Snapshot is in invalid state - pending: '{id}'")));
    }
    let size = match (scope.number::<u32>("Size")?, from) {
        (Some(size), Some(from)) if size < from.size => {
            let id = snapshot.as_deref().unwrap_or_default();
            let message = format!("Size of volume is smaller than snapshot '{id}', expect size >= {}GB", from.size);
            return Err(Refusal::new("InvalidParameterValue", message));
        }
        (Some(size), _) => size,
        (None, Some(from)) => from.size,
        (None, None) => return Err(Refusal::new("MissingParameter", "The request must contain the parameter size/snapshot")),
    };
    let shape = shape(&scope, scope.text("VolumeType").unwrap_or("gp2"), size)?;
    let tags = tag::specified(&scope, "volume", &["volume"])?;
    let encrypted = scope.flag("Encrypted")?.unwrap_or(false) || from.is_some_and(|row| row.encrypted);
    let world = &mut *call.world;
    let id = world.id("vol-");
    let row = Volume {
        size,
        volume_type: shape.volume_type,
        iops: shape.iops.or_else(|| volume::default_iops(shape.volume_type, size)),
        throughput: shape.throughput.or_else(|| volume::default_throughput(shape.volume_type)),
        zone: zone.into(),
        snapshot,
        encrypted,
        created_at: world.now,
        ready_at: world.now + world.transition,
        instance: None,
        tags,
    };
    let reply = row.show(&id, world);
    world.volumes.insert(id, row);
    Ok(reply)
}

/// The type that a request wants, and the rates that go with it.
fn shape(scope: &Scope<'_>, wanted: &str, size: u32) -> Result<Shape, Refusal> {
    let &(volume_type, low, high) = volume::TYPES
        .iter()
        .find(|(name, ..)| *name == wanted)
        .ok_or_else(|| Refusal::new("UnknownVolumeType", format!("Unsupported volume type '{wanted}' for volume creation.")))?;
    if !(low..=high).contains(&size) {
        let message = format!("Volume size {size} is not valid for volume type {volume_type}: it must be between {low} and {high} GiB.");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    let (iops, throughput) = (scope.number::<u32>("Iops")?, scope.number::<u32>("Throughput")?);
    let bounds = match volume_type {
        "gp3" => Some((3_000, 80_000)),
        "io1" => Some((100, 64_000)),
        "io2" => Some((100, 256_000)),
        _ => None,
    };
    match (iops, bounds) {
        (None, Some(_)) if volume_type != "gp3" => {
            return Err(Refusal::new("MissingParameter", format!("The parameter iops must be specified for {volume_type} volumes.")));
        }
        (Some(_), None) => {
            let message = format!("The parameter iops is not supported for {volume_type} volumes.");
            return Err(Refusal::new("InvalidParameterCombination", message));
        }
        (Some(iops), Some((low, high))) if !(low..=high).contains(&iops) => {
            let message = format!("Volume iops of {iops} is not valid for volume type {volume_type}: it must be between {low} and {high}.");
            return Err(Refusal::new("InvalidParameterValue", message));
        }
        _ => {}
    }
    match throughput {
        Some(_) if volume_type != "gp3" => {
            let message = format!("The parameter throughput is not supported for {volume_type} volumes.");
            return Err(Refusal::new("InvalidParameterCombination", message));
        }
        Some(rate) if !(125..=2_000).contains(&rate) => {
            let message = format!("Volume throughput of {rate} is not valid: it must be between 125 and 2000 MiB/s.");
            return Err(Refusal::new("InvalidParameterValue", message));
        }
        _ => {}
    }
    Ok(Shape { volume_type, iops, throughput })
}

pub fn modify(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = Volume::key(call.world, scope.require("VolumeId")?)?;
    let before = &call.world.volumes[&id];
    if before.state(call.world.now) == "creating" {
        return Err(Refusal::new("IncorrectState", format!("The volume '{id}' is not in a state from which it can be modified.")));
    }
    let size = scope.number::<u32>("Size")?.unwrap_or(before.size);
    if size < before.size {
        return Err(Refusal::new("InvalidParameterValue", "New size cannot be smaller than existing size"));
    }
    let wanted = scope.text("VolumeType").unwrap_or(before.volume_type);
    let kept = wanted == before.volume_type && scope.text("Iops").is_none();
    let shape = match shape(&scope, wanted, size) {
        // A volume that stays of its type keeps its rate.
        Err(refusal) if kept && refusal.code == "MissingParameter" => {
            Shape { volume_type: before.volume_type, iops: before.iops, throughput: None }
        }
        shape => shape?,
    };
    let (start, world) = (iso(call.world.now), &mut *call.world);
    let Some(volume) = world.volumes.get_mut(&id) else { return Err(Volume::unknown(&id)) };
    let original = (volume.size, volume.volume_type, volume.iops, volume.throughput);
    let same_type = volume.volume_type == shape.volume_type;
    volume.iops = shape.iops.or_else(|| {
        let default = volume::default_iops(shape.volume_type, size);
        if same_type && shape.volume_type != "gp2" { volume.iops.or(default) } else { default }
    });
    volume.throughput = shape.throughput.or(volume.throughput.filter(|_| same_type)).or_else(|| volume::default_throughput(wanted));
    volume.size = size;
    volume.volume_type = shape.volume_type;
    Ok(map! {
        "volumeModification" => map! {
            "volumeId" => &id,
            "modificationState" => "modifying",
            "originalSize" => original.0,
            "originalVolumeType" => original.1,
            "originalIops" => original.2,
            "originalThroughput" => original.3,
            "targetSize" => volume.size,
            "targetVolumeType" => volume.volume_type,
            "targetIops" => volume.iops,
            "targetThroughput" => volume.throughput,
            "progress" => 0u32,
            "startTime" => start,
        },
    })
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = Volume::key(call.world, call.scope().require("VolumeId")?)?;
    if let Some(instance) = &call.world.volumes[&id].instance {
        return Err(Refusal::new("VolumeInUse", format!("Volume {id} is currently attached to {instance}")));
    }
    call.world.volumes.remove(&id);
    Ok(map! { "return" => true })
}
