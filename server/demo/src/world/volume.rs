//! Volumes. An attachment is read from the instance that the volume is attached to.

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
    world::{Text, World},
};

#[expect(clippy::struct_field_names, reason = "AWS says volume type")]
pub struct Volume {
    /// GiB
    pub size: u32,
    pub volume_type: &'static str,
    pub iops: Option<u32>,
    /// MiB a second.
    pub throughput: Option<u32>,
    pub zone: Text,
    pub snapshot: Option<Text>,
    pub encrypted: bool,
    pub created_at: Millis,
    /// Until then it is being made.
    pub ready_at: Millis,
    /// The instance it is attached to.
    pub instance: Option<Text>,
    pub tags: Tags,
}

impl Noun for Volume {
    const ID: &'static str = "VolumeId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("vol-", "InvalidVolumeID.Malformed"));
    const FILTERS: Names = &[
        ("volume-id", "volumeId"),
        ("status", "status"),
        ("size", "size"),
        ("volume-type", "volumeType"),
        ("availability-zone", "availabilityZone"),
        ("snapshot-id", "snapshotId"),
        ("encrypted", "encrypted"),
        ("create-time", "createTime"),
        ("attachment.instance-id", "attachmentSet.instanceId"),
        ("attachment.device", "attachmentSet.device"),
        ("attachment.status", "attachmentSet.status"),
        ("attachment.attach-time", "attachmentSet.attachTime"),
        ("attachment.delete-on-termination", "attachmentSet.deleteOnTermination"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.volumes
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidVolume.NotFound", format!("The volume '{id}' does not exist."))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let attached = self.instance.as_ref().and_then(|instance_id| {
            let instance = world.instances.get(instance_id)?;
            let device = instance.devices.iter().find(|device| &*device.volume == id)?;
            Some(map! {
                "volumeId" => id,
                "instanceId" => instance_id,
                "device" => &device.name,
                "status" => device.status(instance, world.now),
                "attachTime" => iso(device.attached_at),
                "deleteOnTermination" => device.delete_on_termination,
            })
        });
        map! {
            "volumeId" => id,
            "size" => self.size,
            "snapshotId" => self.snapshot.as_deref().unwrap_or_default(),
            "availabilityZone" => &self.zone,
            "status" => if attached.is_some() { "in-use" } else { self.state(world.now) },
            "createTime" => iso(self.created_at),
            "attachmentSet" => Value::list(attached),
            "volumeType" => self.volume_type,
            "iops" => self.iops,
            "throughput" => self.throughput,
            "encrypted" => self.encrypted,
            "multiAttachEnabled" => false,
            "tagSet" => tag::show(&self.tags),
        }
    }
}

impl Volume {
    /// Of a volume that is attached to nothing.
    pub fn state(&self, now: Millis) -> &'static str {
        if now < self.ready_at { "creating" } else { "available" }
    }
}

/// What EC2 calls the types of volumes, with the least and most GiB of each.
pub const TYPES: &[(&str, u32, u32)] = &[
    ("gp3", 1, 65_536),
    ("gp2", 1, 16_384),
    ("io1", 4, 16_384),
    ("io2", 4, 65_536),
    ("st1", 125, 16_384),
    ("sc1", 125, 16_384),
    ("standard", 1, 1_024),
];

/// The operations a second that come with a volume, where the type has such a number.
pub fn default_iops(volume_type: &str, size: u32) -> Option<u32> {
    match volume_type {
        "gp3" => Some(3_000),
        "gp2" => Some((size * 3).clamp(100, 16_000)),
        _ => None,
    }
}

/// The MiB a second that come with a volume, where the type has such a number.
pub fn default_throughput(volume_type: &str) -> Option<u32> {
    (volume_type == "gp3").then_some(125)
}

/// Ends the attachment of a volume.
pub fn take_off(world: &mut World, id: &Text) {
    let Some(instance) = world.volumes.get_mut(id).and_then(|volume| volume.instance.take()) else { return };
    if let Some(instance) = world.instances.get_mut(&instance) {
        instance.devices.retain(|device| device.volume != *id);
    }
}
