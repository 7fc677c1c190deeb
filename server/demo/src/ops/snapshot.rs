//! Snapshots.

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Parcel, Reply, permission},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World, snapshot::Snapshot, volume::Volume},
};

/// How many times longer a snapshot takes than anything else, so that its progress can be seen.
const SLOWNESS: i64 = 3;

pub fn describe(call: &mut Call<'_>) -> Reply {
    let owners = call.scope().list("Owner");
    let account = &*call.world.account;
    let restorable_by = call.scope().list("RestorableBy");
    let pick = |row: &Snapshot| {
        let owner = row.owner.as_deref().unwrap_or(account);
        let may = |user: &str| match user {
            "all" => row.public,
            // One's own, and those that others let one use.
            "self" => row.owner.is_none() || row.users.iter().any(|id| &**id == account),
            id => row.owner.is_none() && row.users.iter().any(|known| &**known == id),
        };
        (owners.is_empty() || owners.iter().any(|&wanted| wanted == owner || (wanted == "self" && row.owner.is_none())))
            && (restorable_by.is_empty() || restorable_by.iter().any(|user| may(user)))
    };
    noun::describe(&call.scope(), call.world, pick).map(|rows| rows.reply("snapshotSet"))
}

/// A snapshot that begins now.
pub fn begin(world: &mut World, volume: Text, size: u32, description: &str, encrypted: bool, tags: Tags) -> Text {
    let id = world.id("snap-");
    let row = Snapshot {
        owner: None,
        volume,
        size,
        description: description.into(),
        encrypted,
        started_at: world.now,
        ready_at: world.now + world.transition * SLOWNESS,
        public: false,
        users: vec![],
        tags,
    };
    world.snapshots.insert(id.clone(), row);
    id
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let volume = Volume::key(call.world, scope.require("VolumeId")?)?;
    let description = scope.get("Description").unwrap_or_default();
    check_description(description)?;
    let tags = tag::specified(&scope, "snapshot", &["snapshot"])?;
    let world = &mut *call.world;
    let (size, encrypted, state) = {
        let row = &world.volumes[&volume];
        (row.size, row.encrypted, row.state(world.now))
    };
    if state == "creating" {
        return Err(Refusal::new("IncorrectState", format!("The volume '{volume}' is being made.")));
    }
    let id = begin(world, volume, size, description, encrypted, tags);
    Ok(world.snapshots[&id].show(&id, world))
}

pub fn check_description(text: &str) -> Result<(), Refusal> {
    if text.chars().count() > 255 {
        return Err(Refusal::new(
            "InvalidParameterValue",
            "Value for parameter description is invalid. It must not exceed 255 characters.",
        ));
    }
    Ok(())
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = own(call)?;
    let used = call.world.images.iter().find(|(_, image)| image.devices.iter().any(|mapping| mapping.snapshot == id));
    if let Some((image, _)) = used {
        return Err(Refusal::new("InvalidSnapshot.InUse", format!("The snapshot {id} is currently in use by {image}")));
    }
    call.world.snapshots.remove(&id);
    Ok(map! { "return" => true })
}

/// The snapshot that a request names; one of another account is not the caller's to change.
fn own(call: &Call<'_>) -> Result<Text, Refusal> {
    let id = Snapshot::key(call.world, call.scope().require("SnapshotId")?)?;
    if call.world.snapshots[&id].owner.is_some() {
        return Err(Refusal::new("UnauthorizedOperation", "You are not authorized to perform this operation."));
    }
    Ok(id)
}

/// What is taken of a snapshot in its region.
pub fn take(call: &mut Call<'_>) -> Result<Parcel, Refusal> {
    let id = Snapshot::key(call.world, call.scope().require("SourceSnapshotId")?)?;
    let row = &call.world.snapshots[&id];
    if row.is_pending(call.world.now) {
        return Err(Refusal::new("IncorrectState", format!("Snapshot is in invalid state - pending: '{id}'")));
    }
    Ok(Parcel::Snapshot { size: row.size, description: row.description.clone(), encrypted: row.encrypted })
}

/// What becomes of it where it is copied to.
pub fn put(call: &mut Call<'_>, parcel: Parcel) -> Reply {
    let Parcel::Snapshot { size, description, encrypted } = parcel else {
        return Err(Refusal::new("InternalError", "An internal error has occurred"));
    };
    let scope = call.scope();
    let description = scope.get("Description").map_or(description, Into::into);
    check_description(&description)?;
    let tags = tag::specified(&scope, "snapshot", &["snapshot"])?;
    let encrypted = encrypted || scope.flag("Encrypted")?.unwrap_or(false);
    // A copy names no volume of its own.
    let id = begin(call.world, "vol-ffffffff".into(), size, &description, encrypted, tags);
    Ok(map! { "snapshotId" => &id, "tagSet" => tag::show(&call.world.snapshots[&id].tags) })
}

pub fn describe_attribute(call: &mut Call<'_>) -> Reply {
    let id = own(call)?;
    let row = &call.world.snapshots[&id];
    match call.scope().require("Attribute")? {
        "createVolumePermission" => Ok(map! { "snapshotId" => &id, "createVolumePermission" => permission::show(row.public, &row.users) }),
        "productCodes" => Ok(map! { "snapshotId" => &id, "productCodes" => vec![] }),
        other => Err(Refusal::invalid_value("attribute", other, "Unknown attribute.")),
    }
}

pub fn modify_attribute(call: &mut Call<'_>) -> Reply {
    let id = own(call)?;
    let scope = call.scope();
    let change = permission::Change::read(&scope, "CreateVolumePermission")?;
    let row = &call.world.snapshots[&id];
    if row.encrypted && change.makes_public() {
        return Err(Refusal::new("OperationNotPermitted", "Encrypted snapshots with EBS default key cannot be shared"));
    }
    if let Some(row) = call.world.snapshots.get_mut(&id) {
        change.apply(&mut row.public, &mut row.users);
    }
    Ok(Value::Absent)
}
