//! `RunInstances`: everything is checked before anything is made.

use std::net::Ipv4Addr;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    noun::Noun as _,
    ops::{Call, Reply, instance, launch_template},
    protocol::{params::Scope, refusal::Refusal},
    tag::{self, Tags},
    world::{
        Text, World,
        image::Image,
        instance::{Device, Instance, Interface, Profile, State},
        instance_type,
        key_pair::KeyPair,
        network_interface,
        security_group::{self, SecurityGroup},
        snapshot::Snapshot,
        subnet::Subnet,
        volume::{self, Volume},
    },
};

/// EC2 takes 16 KB of user data, before base64.
const MAX_USER_DATA: usize = 16 * 1024;
/// How many instances an account may have, besides those it was opened with.
const MAX_LAUNCH: u32 = 100;

/// A volume to make.
struct NewVolume {
    device: String,
    size: u32,
    volume_type: &'static str,
    iops: Option<u32>,
    throughput: Option<u32>,
    snapshot: Option<Text>,
    encrypted: bool,
    delete_on_termination: bool,
}

/// Where it is to be, and how it is reached.
struct Place {
    subnet: Text,
    vpc: Text,
    zone: Text,
    groups: Vec<Text>,
    public_ip: bool,
    private_ip: Option<Ipv4Addr>,
}

pub fn run(call: &mut Call<'_>) -> Reply {
    match launch_template::complete(call)? {
        Some(params) => launch(&mut Call { params: &params, principal: call.principal, world: call.world, iam: call.iam }),
        None => launch(call),
    }
}

fn launch(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let token = scope.text("ClientToken").unwrap_or_default();
    let fingerprint = call.params.fingerprint();
    if let Some((before, ids)) = call.world.launches.get(token).filter(|_| !token.is_empty()) {
        if *before != fingerprint {
            let message = "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).";
            return Err(Refusal::new("IdempotentParameterMismatch", message));
        }
        return Ok(instance::reservation(call.world, ids));
    }

    let image_id = Image::key(
        call.world,
        scope.text("ImageId").ok_or_else(|| Refusal::new("MissingParameter", "The request must contain the parameter ImageId"))?,
    )?;
    let count = count(&scope)?;
    let key_name = scope.text("KeyName").map(|name| KeyPair::key(call.world, name)).transpose()?;
    let type_name = scope.text("InstanceType").unwrap_or("m1.small");
    let instance_type = instance_type::find(type_name)
        .ok_or_else(|| Refusal::new("InvalidParameterValue", format!("Invalid value '{type_name}' for InstanceType.")))?;
    let image = &call.world.images[&image_id];
    if call.world.now < image.ready_at {
        return Err(Refusal::new("InvalidAMIID.Unavailable", format!("The image id '[{image_id}]' is no longer available")));
    }
    if !instance_type.runs(image.architecture) {
        return Err(unfit(type_name, image.architecture));
    }
    let place = place(&scope, call.world, count)?;
    let volumes = volumes(&scope, call.world, image)?;
    let made = ["instance", "volume", "network-interface", "spot-instances-request"];
    let tags = tag::specified(&scope, "instance", &made)?;
    let volume_tags = tag::specified(&scope, "volume", &made)?;
    let user_data = scope.text("UserData");
    if let Some(data) = user_data {
        check_user_data(data)?;
    }
    let profile = profile(&scope, call)?;
    let monitoring = scope.structure("Monitoring").flag("Enabled")?.unwrap_or(false);
    let protected = scope.flag("DisableApiTermination")?.unwrap_or(false);
    let ebs_optimized = scope.flag("EbsOptimized")?.unwrap_or(false);
    let terminate_on_shutdown = match scope.text("InstanceInitiatedShutdownBehavior") {
        None | Some("stop") => false,
        Some("terminate") => true,
        Some(other) => return Err(Refusal::invalid_value("instanceInitiatedShutdownBehavior", other, "")),
    };
    let tenancy: Text = match scope.structure("Placement").text("Tenancy") {
        None => "default".into(),
        Some(tenancy @ ("default" | "dedicated" | "host")) => tenancy.into(),
        Some(other) => return Err(Refusal::invalid_value("tenancy", other, "")),
    };

    let world = &mut *call.world;
    let (architecture, windows, platform_details, root_device) = {
        let image = &world.images[&image_id];
        (image.architecture, image.windows, image.platform_details, image.root_device)
    };
    let reservation = world.id("r-");
    let (type_name, token_text): (Text, Text) = (type_name.into(), token.into());
    let mut ids = vec![];
    for launch_index in 0..count {
        let id = world.id("i-");
        let public_ip = place.public_ip.then(|| world.public_address());
        let next = world.subnets.get_mut(&place.subnet).map_or(Ipv4Addr::UNSPECIFIED, Subnet::next_address);
        let devices = volumes.iter().map(|new| attach(world, new, &id, &place.zone, &volume_tags)).collect();
        let row = Instance {
            state: State::Pending,
            since: world.now,
            reason: None,
            reservation: reservation.clone(),
            launch_index,
            client_token: token_text.clone(),
            launched_at: world.now,
            image: image_id.clone(),
            architecture,
            windows,
            platform_details,
            instance_type: type_name.clone(),
            zone: place.zone.clone(),
            tenancy: tenancy.clone(),
            key_name: key_name.clone(),
            vpc: place.vpc.clone(),
            subnet: place.subnet.clone(),
            groups: place.groups.clone(),
            private_ip: place.private_ip.unwrap_or(next),
            public_ip,
            wants_public_ip: place.public_ip,
            interface: Interface { id: world.id("eni-"), mac: world.rng.u32(..) },
            further_interfaces: vec![],
            root_device,
            devices,
            monitoring,
            profile: profile.as_ref().map(|profile| Profile { association: world.id("iip-assoc-"), ..profile.clone() }),
            protected,
            source_dest_check: true,
            ebs_optimized,
            terminate_on_shutdown,
            user_data: user_data.map(Into::into),
            tags: tags.clone(),
        };
        world.instances.insert(id.clone(), row);
        network_interface::of_launch(world, &id);
        crate::world::instance::enter(world, &id, State::Pending);
        ids.push(id);
    }
    let reply = instance::reservation(world, &ids);
    if !token.is_empty() {
        world.launches.insert(token.to_owned(), (fingerprint, ids));
    }
    Ok(reply)
}

fn count(scope: &Scope<'_>) -> Result<u32, Refusal> {
    let (Some(least), Some(most)) = (scope.number::<u32>("MinCount")?, scope.number::<u32>("MaxCount")?) else {
        return Err(Refusal::missing(if scope.text("MinCount").is_none() { "MinCount" } else { "MaxCount" }));
    };
    if least == 0 || most == 0 {
        return Err(Refusal::new("InvalidParameterValue", "Minimum and maximum count must be greater than 0."));
    }
    if least > most {
        return Err(Refusal::new("InvalidParameterValue", "Min count must be less than or equal to max count."));
    }
    if least > MAX_LAUNCH {
        let message = format!(
            "You have requested more instances ({least}) than your current instance limit of {MAX_LAUNCH} allows for the specified instance type."
        );
        return Err(Refusal::new("InstanceLimitExceeded", message));
    }
    Ok(most.min(MAX_LAUNCH))
}

/// The refusal of an instance type that cannot run the image.
pub fn unfit(type_name: &str, architecture: &str) -> Refusal {
    let supported = instance_type::find(type_name).map_or("", |known| if known.family.arm { "arm64" } else { "x86_64" });
    Refusal::new(
        "InvalidParameterValue",
        format!(
            "The architecture '{supported}' of the specified instance type does not match the architecture '{architecture}' of the specified AMI. \
             Specify an instance type and an AMI that have matching architectures, and try again."
        ),
    )
}

pub fn check_user_data(base64: &str) -> Result<(), Refusal> {
    let data = STANDARD
        .decode(base64.split_ascii_whitespace().collect::<String>())
        .map_err(|_| Refusal::new("InvalidParameterValue", "Invalid BASE64 encoding of user data."))?;
    if data.len() > MAX_USER_DATA {
        return Err(Refusal::new("InvalidParameterValue", "User data is limited to 16384 bytes"));
    }
    Ok(())
}

/// The subnet, the groups and the addresses: named directly, or by the first network interface.
fn place(scope: &Scope<'_>, world: &World, count: u32) -> Result<Place, Refusal> {
    let interface = scope.structures("NetworkInterface").into_iter().next();
    let direct = scope.text("SubnetId").is_some() || !scope.list("SecurityGroupId").is_empty() || !scope.list("SecurityGroup").is_empty();
    if interface.is_some() && direct {
        let message = "Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request";
        return Err(Refusal::new("InvalidParameterCombination", message));
    }
    let from = interface.as_ref().unwrap_or(scope);
    let zone = scope.structure("Placement").text("AvailabilityZone");
    if let Some(zone) = zone.filter(|zone| world.region.zones().all(|known| known != *zone)) {
        return Err(Refusal::new("InvalidParameterValue", format!("Invalid availability zone: [{zone}]")));
    }
    let id = if let Some(id) = from.text("SubnetId") {
        Subnet::key(world, id)?
    } else {
        let fits = |subnet: &Subnet| subnet.default_for_zone && zone.is_none_or(|zone| zone == &*subnet.zone);
        let found = world.subnets.iter().filter(|(_, subnet)| fits(subnet)).min_by_key(|(_, subnet)| &subnet.zone);
        let none = || Refusal::new("MissingInput", "No subnets found for the default VPC. Please specify a subnet.");
        found.map(|(id, _)| id.clone()).ok_or_else(none)?
    };
    let subnet = &world.subnets[&id];
    if let Some(zone) = zone.filter(|zone| *zone != &*subnet.zone) {
        let message = format!("The availability zone '{zone}' does not match the subnet '{id}'");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    if subnet.free() < count {
        let message = format!("There are not enough free addresses in subnet '{id}' to satisfy the requested number of instances.");
        return Err(Refusal::new("InsufficientFreeAddressesInSubnet", message));
    }
    let by_id = from.list("SecurityGroupId").into_iter().map(|group| SecurityGroup::key(world, group));
    let by_name = from.list("SecurityGroup").into_iter().map(|name| security_group::by_name(world, Some(&subnet.vpc), name));
    let mut groups = by_id.chain(by_name).collect::<Result<Vec<_>, _>>()?;
    if let Some(foreign) = groups.iter().find(|group| world.security_groups[*group].vpc != subnet.vpc) {
        return Err(foreign_group(foreign, &subnet.vpc));
    }
    if groups.len() > 5 {
        return Err(Refusal::new(
            "SecurityGroupsPerInterfaceLimitExceeded",
            "The maximum number of security groups per interface has been reached.",
        ));
    }
    if groups.is_empty() {
        groups = vec![security_group::by_name(world, Some(&subnet.vpc), "default")?];
    }
    let private_ip = from.text("PrivateIpAddress").map(|text| private_address(text, subnet, world, count)).transpose()?;
    let public_ip = interface.as_ref().map(|interface| interface.flag("AssociatePublicIpAddress")).transpose()?.flatten();
    Ok(Place {
        public_ip: public_ip.unwrap_or(subnet.public),
        vpc: subnet.vpc.clone(),
        zone: subnet.zone.clone(),
        subnet: id,
        groups,
        private_ip,
    })
}

pub fn foreign_group(group: &str, vpc: &str) -> Refusal {
    Refusal::new("InvalidParameter", format!("Security group {group} and the instance's network, {vpc}, do not belong to the same VPC"))
}

pub fn private_address(text: &str, subnet: &Subnet, world: &World, count: u32) -> Result<Ipv4Addr, Refusal> {
    let address: Ipv4Addr = text.parse().map_err(|_| Refusal::invalid_value("privateIpAddress", text, "Invalid IPv4 address."))?;
    if count > 1 {
        return Err(Refusal::new("InvalidParameterCombination", "A private IP address can be given to one instance only."));
    }
    if u32::from(address) >> (32 - subnet.bits) != u32::from(subnet.base) >> (32 - subnet.bits) {
        return Err(Refusal::new("InvalidParameterValue", "Address does not fall within the subnet's address range"));
    }
    if world.network_interfaces.values().any(|row| row.private_ip == address && world.subnets[&row.subnet].vpc == subnet.vpc) {
        return Err(Refusal::new("InvalidIPAddress.InUse", format!("Address {text} is in use.")));
    }
    Ok(address)
}

/// The volumes of a launch: the image's own, changed and added to by the request.
fn volumes(scope: &Scope<'_>, world: &World, image: &Image) -> Result<Vec<NewVolume>, Refusal> {
    let mut volumes: Vec<NewVolume> = image
        .devices
        .iter()
        .map(|mapping| NewVolume {
            device: mapping.device.to_string(),
            size: mapping.size,
            volume_type: mapping.volume_type,
            iops: None,
            throughput: None,
            snapshot: Some(mapping.snapshot.clone()),
            encrypted: mapping.encrypted,
            delete_on_termination: mapping.delete_on_termination,
        })
        .collect();
    let mut seen: Vec<&str> = vec![];
    for mapping in scope.structures("BlockDeviceMapping") {
        let device = mapping.require("DeviceName")?;
        if seen.contains(&device) {
            return Err(Refusal::new(
                "InvalidBlockDeviceMapping",
                format!("The device '{device}' is used in more than one block-device mapping"),
            ));
        }
        seen.push(device);
        let known = volumes.iter().position(|volume| volume.device == device);
        if mapping.get("NoDevice").is_some() {
            if device == image.root_device {
                return Err(Refusal::new("InvalidBlockDeviceMapping", "The root device may not be suppressed."));
            }
            volumes.retain(|volume| volume.device != device);
        } else if mapping.text("VirtualName").is_none() {
            let volume = new_volume(&mapping.structure("Ebs"), world, device, known.map(|at| &volumes[at]))?;
            match known {
                Some(at) => volumes[at] = volume,
                None => volumes.push(volume),
            }
        }
    }
    Ok(volumes)
}

fn new_volume(ebs: &Scope<'_>, world: &World, device: &str, before: Option<&NewVolume>) -> Result<NewVolume, Refusal> {
    let snapshot = match ebs.text("SnapshotId") {
        // The image's own may belong to another account, and need not be in the world.
        Some(id) if before.is_some_and(|volume| volume.snapshot.as_deref() == Some(id)) => Some(id.into()),
        Some(id) => Some(Snapshot::key(world, id)?),
        None => before.and_then(|volume| volume.snapshot.clone()),
    };
    // Snapshots of public images are not all in the world; what is not there sets no least size.
    let least = snapshot.as_ref().and_then(|id| world.snapshots.get(id)).map_or(before.map_or(0, |volume| volume.size), |row| row.size);
    let size = match ebs.number::<u32>("VolumeSize")? {
        Some(size) => size,
        None if least > 0 => least,
        None => return Err(Refusal::new("MissingParameter", "The request must contain the parameter size or snapshotId")),
    };
    if size < least {
        let id = snapshot.as_deref().unwrap_or_default();
        let message = format!("Volume of size {size}GB is smaller than snapshot '{id}', expect size >= {least}GB");
        return Err(Refusal::new("InvalidBlockDeviceMapping", message));
    }
    let wanted = ebs.text("VolumeType").unwrap_or(before.map_or("gp2", |volume| volume.volume_type));
    let &(volume_type, low, high) = volume::TYPES
        .iter()
        .find(|(name, ..)| *name == wanted)
        .ok_or_else(|| Refusal::new("InvalidParameterValue", format!("Invalid value '{wanted}' for VolumeType.")))?;
    if !(low..=high).contains(&size) {
        let message = format!("Volume size {size} is not valid for volume type {volume_type}: it must be between {low} and {high} GiB.");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    let iops = ebs.number::<u32>("Iops")?;
    if matches!(volume_type, "io1" | "io2") && iops.is_none() {
        return Err(Refusal::new("MissingParameter", format!("The parameter iops must be specified for {volume_type} volumes.")));
    }
    Ok(NewVolume {
        device: device.to_owned(),
        size,
        volume_type,
        iops,
        throughput: ebs.number("Throughput")?,
        snapshot,
        encrypted: ebs.flag("Encrypted")?.unwrap_or(false),
        delete_on_termination: ebs.flag("DeleteOnTermination")?.unwrap_or(true),
    })
}

fn attach(world: &mut World, new: &NewVolume, instance: &Text, zone: &Text, tags: &Tags) -> Device {
    let id = world.id("vol-");
    let row = Volume {
        size: new.size,
        volume_type: new.volume_type,
        iops: new.iops.or_else(|| volume::default_iops(new.volume_type, new.size)),
        throughput: new.throughput.or_else(|| volume::default_throughput(new.volume_type)),
        zone: zone.clone(),
        snapshot: new.snapshot.clone(),
        encrypted: new.encrypted,
        created_at: world.now,
        ready_at: world.now,
        instance: Some(instance.clone()),
        tags: tags.clone(),
    };
    world.volumes.insert(id.clone(), row);
    let (name, delete_on_termination) = (new.device.as_str().into(), new.delete_on_termination);
    Device { name, volume: id, attached_at: world.now, delete_on_termination, detaching: false }
}

/// The instance profile, by ARN or by name.
pub fn profile(scope: &Scope<'_>, call: &Call<'_>) -> Result<Option<Profile>, Refusal> {
    let given = scope.structure("IamInstanceProfile");
    let arn = |name: &str, row: &crate::iam::InstanceProfile| row.entity.arn(&call.iam.account, "instance-profile", name);
    let (found, what, value) = match (given.text("Name"), given.text("Arn")) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            let message = "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'";
            return Err(Refusal::new("InvalidParameterCombination", message));
        }
        (Some(name), None) => (call.iam.instance_profiles.get_key_value(name), "name", name),
        (None, Some(text)) => (call.iam.instance_profiles.iter().find(|(name, row)| arn(name, row) == text), "arn", text),
    };
    let (name, row) = found.ok_or_else(|| {
        let message = format!("Value ({value}) for parameter iamInstanceProfile.{what} is invalid. Invalid IAM Instance Profile {what}");
        Refusal::new("InvalidParameterValue", message)
    })?;
    Ok(Some(Profile { arn: arn(name, row).into(), id: row.entity.id.as_str().into(), association: "".into() }))
}
