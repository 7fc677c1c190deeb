//! Machine images: the account's own, those shared with it, and those of the world.

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

pub struct Image {
    pub name: Text,
    pub description: Text,
    /// `None` for the account itself.
    pub owner: Option<Text>,
    pub owner_alias: Option<&'static str>,
    pub access: Access,
    /// The accounts that its owner lets launch it.
    pub users: Vec<Text>,
    pub architecture: &'static str,
    pub windows: bool,
    pub platform_details: &'static str,
    pub created_at: Millis,
    /// Until then it is pending.
    pub ready_at: Millis,
    pub deprecated_at: Option<Millis>,
    pub root_device: &'static str,
    pub devices: Vec<Mapping>,
    pub tags: Tags,
}

impl Image {
    pub fn state(&self, now: Millis) -> &'static str {
        if now < self.ready_at { "pending" } else { "available" }
    }
}

/// Who may launch it, besides its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Everybody,
    /// Shared by another account with this one.
    Shared,
    Owner,
}

/// A volume that a launch makes.
pub struct Mapping {
    pub device: Text,
    pub snapshot: Text,
    /// GiB
    pub size: u32,
    pub volume_type: &'static str,
    pub encrypted: bool,
    pub delete_on_termination: bool,
}

impl Noun for Image {
    const ID: &'static str = "ImageId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("ami-", "InvalidAMIID.Malformed"));
    const FILTERS: Names = &[
        ("image-id", "imageId"),
        ("name", "name"),
        ("description", "description"),
        ("state", "imageState"),
        ("owner-id", "imageOwnerId"),
        ("owner-alias", "imageOwnerAlias"),
        ("is-public", "isPublic"),
        ("architecture", "architecture"),
        ("platform", "platform"),
        ("platform-details", "platformDetails"),
        ("image-type", "imageType"),
        ("root-device-type", "rootDeviceType"),
        ("root-device-name", "rootDeviceName"),
        ("virtualization-type", "virtualizationType"),
        ("hypervisor", "hypervisor"),
        ("ena-support", "enaSupport"),
        ("creation-date", "creationDate"),
        ("manifest-location", "imageLocation"),
        ("block-device-mapping.device-name", "blockDeviceMapping.deviceName"),
        ("block-device-mapping.snapshot-id", "blockDeviceMapping.ebs.snapshotId"),
        ("block-device-mapping.volume-size", "blockDeviceMapping.ebs.volumeSize"),
        ("block-device-mapping.volume-type", "blockDeviceMapping.ebs.volumeType"),
        ("block-device-mapping.delete-on-termination", "blockDeviceMapping.ebs.deleteOnTermination"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.images
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidAMIID.NotFound", format!("The image id '[{id}]' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let owner = self.owner.as_ref().unwrap_or(&world.account);
        map! {
            "imageId" => id,
            "imageLocation" => format!("{}/{}", self.owner_alias.unwrap_or(owner), self.name),
            "imageState" => self.state(world.now),
            "imageOwnerId" => owner,
            "imageOwnerAlias" => self.owner_alias,
            "creationDate" => iso(self.created_at),
            "deprecationTime" => self.deprecated_at.map(iso),
            "isPublic" => self.access == Access::Everybody,
            "architecture" => self.architecture,
            "imageType" => "machine",
            "platform" => self.windows.then_some("windows"),
            "platformDetails" => self.platform_details,
            "usageOperation" => if self.windows { "RunInstances:0002" } else { "RunInstances" },
            "name" => &self.name,
            "description" => &self.description,
            "rootDeviceType" => "ebs",
            "rootDeviceName" => self.root_device,
            "blockDeviceMapping" => Value::list(self.devices.iter().map(|mapping| map! {
                "deviceName" => &mapping.device,
                "ebs" => map! {
                    "snapshotId" => &mapping.snapshot,
                    "volumeSize" => mapping.size,
                    "deleteOnTermination" => mapping.delete_on_termination,
                    "volumeType" => mapping.volume_type,
                    "iops" => (mapping.volume_type == "gp3").then_some(3_000u32),
                    "encrypted" => mapping.encrypted,
                },
            })),
            "virtualizationType" => "hvm",
            "hypervisor" => "xen",
            "enaSupport" => true,
            "sriovNetSupport" => "simple",
            "bootMode" => if self.architecture == "arm64" { "uefi" } else { "uefi-preferred" },
            "imdsSupport" => "v2.0",
            "tagSet" => tag::show(&self.tags),
        }
    }
}
