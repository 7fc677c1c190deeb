//! Instances after their launch.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    clock::iso,
    filter::{Filters, Names},
    noun::{self, Noun as _},
    ops::{Call, Reply, launch},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    seed::console,
    world::{
        Text, World,
        instance::{self, Instance, State},
        instance_type::{self, InstanceType},
        security_group::SecurityGroup,
    },
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    if scope.text("MaxResults").is_some() && !scope.list("InstanceId").is_empty() {
        let message = "The parameter instancesSet cannot be used with the parameter maxResults";
        return Err(Refusal::new("InvalidParameterCombination", message));
    }
    let world = &*call.world;
    // The reservation's fields stand beside the instance's own while filters look at them.
    let show = |row: &Instance, id: &str| Some(row.show(id, world).with("reservationId", &row.reservation).with("ownerId", &world.account));
    let found = noun::describe_as(&scope, world, Instance::FILTERS, show)?;
    Ok(map! { "reservationSet" => reservations(found.rows, &world.account), "nextToken" => found.next })
}

/// The instances of a page by reservation. One whose instances are on two pages is on both.
fn reservations(rows: Vec<Value>, account: &str) -> Value {
    let mut reservations: Vec<(String, Vec<Value>)> = vec![];
    for mut row in rows {
        let mut id = String::new();
        if let Value::Map(fields) = &mut row {
            fields.pop();
            if let Some((_, Value::Text(text))) = fields.pop() {
                id = text.into_owned();
            }
        }
        match reservations.iter_mut().rev().take(50).find(|(known, _)| *known == id) {
            Some((_, instances)) => instances.push(row),
            None => reservations.push((id, vec![row])),
        }
    }
    Value::list(reservations.into_iter().map(|(id, instances)| {
        map! { "reservationId" => id, "ownerId" => account, "groupSet" => vec![], "instancesSet" => instances }
    }))
}

const STATUS_FILTERS: Names = &[
    ("availability-zone", "availabilityZone"),
    ("instance-state-code", "instanceState.code"),
    ("instance-state-name", "instanceState.name"),
    ("instance-status.status", "instanceStatus.status"),
    ("instance-status.reachability", "instanceStatus.details.status"),
    ("system-status.status", "systemStatus.status"),
    ("system-status.reachability", "systemStatus.details.status"),
];

pub fn describe_status(call: &mut Call<'_>) -> Reply {
    let all = call.scope().flag("IncludeAllInstances")?.unwrap_or(false);
    let world = &*call.world;
    let show = |row: &Instance, id: &str| (all || row.state == State::Running).then(|| instance::show_status(row, id, world));
    noun::describe_as(&call.scope(), world, STATUS_FILTERS, show).map(|rows| rows.reply("instanceStatusSet"))
}

pub fn describe_types(call: &mut Call<'_>) -> Reply {
    noun::describe(&call.scope(), call.world, |_: &InstanceType| true).map(|rows| rows.reply("instanceTypeSet"))
}

pub fn describe_type_offerings(call: &mut Call<'_>) -> Reply {
    const FILTERS: Names = &[("instance-type", "instanceType"), ("location", "location")];
    let scope = call.scope();
    let by_zone = match scope.text("LocationType") {
        None | Some("region") => false,
        Some("availability-zone") => true,
        Some(other) => return Err(Refusal::invalid_value("LocationType", other, "")),
    };
    let region = call.world.region;
    let locations: Vec<String> = if by_zone { region.zones().collect() } else { vec![region.name.to_owned()] };
    let filters = Filters::read(&scope, FILTERS)?;
    let names = InstanceType::table(call.world).keys();
    let kind = if by_zone { "availability-zone" } else { "region" };
    let rows = names.flat_map(|name| {
        locations.iter().map(move |location| map! { "instanceType" => name, "locationType" => kind, "location" => location })
    });
    Ok(map! { "instanceTypeOfferingSet" => Value::list(rows.filter(|row| filters.hold(row))) })
}

/// The instances a request names; all must be there.
fn named(call: &Call<'_>) -> Result<Vec<Text>, Refusal> {
    let ids = Instance::asked(&call.scope(), call.world)?;
    if ids.is_empty() { Err(Refusal::missing("InstanceId")) } else { Ok(ids) }
}

/// Moves instances from state to state, all or none: `to` says where one goes from where it is, or refuses.
fn change(call: &mut Call<'_>, to: impl Fn(&Text, &Instance) -> Result<State, Refusal>, then: impl Fn(&mut World, &Text)) -> Reply {
    let ids = named(call)?;
    let world = &mut *call.world;
    let targets: Vec<State> = ids.iter().map(|id| to(id, &world.instances[id])).collect::<Result<_, _>>()?;
    let mut changes = vec![];
    for (id, target) in ids.iter().zip(targets) {
        let before = world.instances[id].state;
        if before != target {
            instance::enter(world, id, target);
            then(world, id);
        }
        changes.push(map! { "instanceId" => id, "currentState" => target.show(), "previousState" => before.show() });
    }
    Ok(map! { "instancesSet" => Value::List(changes) })
}

fn wrong_state(id: &str, verb: &str) -> Refusal {
    Refusal::new("IncorrectInstanceState", format!("The instance '{id}' is not in a state from which it can be {verb}."))
}

pub fn start(call: &mut Call<'_>) -> Reply {
    let to = |id: &Text, instance: &Instance| match instance.state {
        State::Stopped => Ok(State::Pending),
        same @ (State::Pending | State::Running) => Ok(same),
        _ => Err(wrong_state(id, "started")),
    };
    change(call, to, |world, id| {
        let address =
            world.instances.get(id).is_some_and(|row| row.wants_public_ip && row.public_ip.is_none()).then(|| world.public_address());
        let now = world.now;
        if let Some(instance) = world.instances.get_mut(id) {
            instance.launched_at = now;
            instance.reason = None;
            instance.public_ip = address.or(instance.public_ip);
        }
    })
}

pub fn stop(call: &mut Call<'_>) -> Reply {
    let force = call.scope().flag("Force")?.unwrap_or(false);
    let to = |id: &Text, instance: &Instance| match instance.state {
        State::Running => Ok(State::Stopping),
        State::Pending if force => Ok(State::Stopping),
        same @ (State::Stopping | State::Stopped) => Ok(same),
        _ => Err(wrong_state(id, "stopped")),
    };
    change(call, to, |world, id| set_reason(world, id, "Client.UserInitiatedShutdown"))
}

pub fn terminate(call: &mut Call<'_>) -> Reply {
    let to = |id: &Text, instance: &Instance| match instance.state {
        same @ (State::ShuttingDown | State::Terminated) => Ok(same),
        _ if instance.protected => Err(Refusal::new(
            "OperationNotPermitted",
            format!("The instance '{id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again."),
        )),
        _ => Ok(State::ShuttingDown),
    };
    change(call, to, |world, id| set_reason(world, id, "Client.UserInitiatedShutdown"))
}

fn set_reason(world: &mut World, id: &Text, reason: &'static str) {
    if let Some(instance) = world.instances.get_mut(id) {
        instance.reason = Some(reason);
    }
}

pub fn reboot(call: &mut Call<'_>) -> Reply {
    for id in named(call)? {
        if call.world.instances[&id].state != State::Running {
            return Err(wrong_state(&id, "rebooted"));
        }
    }
    Ok(Value::Absent)
}

pub fn monitor(call: &mut Call<'_>) -> Reply {
    set_monitoring(call, true)
}

pub fn unmonitor(call: &mut Call<'_>) -> Reply {
    set_monitoring(call, false)
}

fn set_monitoring(call: &mut Call<'_>, on: bool) -> Reply {
    let ids = named(call)?;
    for id in &ids {
        if let Some(instance) = call.world.instances.get_mut(id) {
            instance.monitoring = on;
        }
    }
    let state = if on { "pending" } else { "disabling" };
    Ok(map! { "instancesSet" => Value::list(ids.iter().map(|id| map! { "instanceId" => id, "monitoring" => map! { "state" => state } })) })
}

/// What `DescribeInstanceAttribute` and `ModifyInstanceAttribute` know, by the name of the wire.
const ATTRIBUTES: &[&str] = &[
    "blockDeviceMapping",
    "disableApiStop",
    "disableApiTermination",
    "ebsOptimized",
    "enaSupport",
    "groupSet",
    "instanceInitiatedShutdownBehavior",
    "instanceType",
    "kernel",
    "productCodes",
    "ramdisk",
    "rootDeviceName",
    "sourceDestCheck",
    "sriovNetSupport",
    "userData",
];

pub fn describe_attribute(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = Instance::key(call.world, scope.require("InstanceId")?)?;
    let instance = &call.world.instances[&id];
    let wanted = scope.require("Attribute")?;
    let Some(attribute) = ATTRIBUTES.iter().find(|name| **name == wanted) else {
        return Err(Refusal::invalid_value("attribute", wanted, "Unknown attribute."));
    };
    let value = match *attribute {
        "disableApiTermination" => holding(instance.protected),
        "disableApiStop" => holding(false),
        "ebsOptimized" => holding(instance.ebs_optimized),
        "enaSupport" => holding(true),
        "instanceInitiatedShutdownBehavior" => holding(if instance.terminate_on_shutdown { "terminate" } else { "stop" }),
        "instanceType" => holding(&instance.instance_type),
        "rootDeviceName" => holding(instance.root_device),
        "sourceDestCheck" => holding(instance.source_dest_check),
        "userData" => holding(instance.user_data.as_ref()),
        "groupSet" => Value::list(instance.groups.iter().map(|id| map! { "groupId" => id })),
        "blockDeviceMapping" => {
            let mut devices = Value::Absent;
            if let Value::Map(fields) = instance.show(&id, call.world)
                && let Some((_, value)) = fields.into_iter().find(|(name, _)| name == attribute)
            {
                devices = value;
            }
            devices
        }
        "productCodes" => vec![].into(),
        // Kernel, RAM disk and SR-IOV say nothing on today's instances.
        _ => Value::Map(vec![]),
    };
    Ok(Value::Map(vec![("instanceId", (&id).into()), (attribute, value)]))
}

/// An attribute as EC2 wraps it.
fn holding(value: impl Into<Value>) -> Value {
    Value::Map(vec![("value", value.into())])
}

pub fn modify_attribute(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = Instance::key(call.world, scope.require("InstanceId")?)?;
    // Either `DisableApiTermination.Value=…`, or `Attribute=disableApiTermination&Value=…`.
    let flat = scope.text("Attribute").map(|name| (name, scope.get("Value").unwrap_or_default()));
    let value = |structure: &str, name: &str| {
        scope.structure(structure).get("Value").or(flat.filter(|(known, _)| *known == name).map(|(_, value)| value))
    };
    let boolean = |structure: &str, name: &str| match value(structure, name) {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(other) => Err(Refusal::invalid_value(name, other, "Expecting a boolean.")),
    };
    let protected = boolean("DisableApiTermination", "disableApiTermination")?;
    let checked = boolean("SourceDestCheck", "sourceDestCheck")?;
    let optimized = boolean("EbsOptimized", "ebsOptimized")?;
    let shutdown = match value("InstanceInitiatedShutdownBehavior", "instanceInitiatedShutdownBehavior") {
        None => None,
        Some("terminate") => Some(true),
        Some("stop") => Some(false),
        Some(other) => return Err(Refusal::invalid_value("instanceInitiatedShutdownBehavior", other, "")),
    };
    let groups: Vec<Text> =
        scope.list("GroupId").into_iter().map(|group| SecurityGroup::key(call.world, group)).collect::<Result<_, _>>()?;
    let instance = &call.world.instances[&id];
    let stopped = |name: &str| {
        if instance.state == State::Stopped {
            return Ok(());
        }
        Err(Refusal::new(
            "IncorrectInstanceState",
            format!("The instance '{id}' is not in the 'stopped' state. The attribute '{name}' cannot be changed."),
        ))
    };
    let new_type = value("InstanceType", "instanceType").filter(|name| **name != *instance.instance_type);
    if let Some(name) = new_type {
        stopped("instanceType")?;
        let known = instance_type::find(name).ok_or_else(|| Refusal::invalid_value("instanceType", name, "Invalid instance type."))?;
        if !known.runs(instance.architecture) {
            return Err(launch::unfit(name, instance.architecture));
        }
    }
    let user_data = value("UserData", "userData");
    if let Some(data) = user_data {
        stopped("userData")?;
        launch::check_user_data(data)?;
    }
    if let Some(name) = ["Kernel", "Ramdisk"].into_iter().find(|name| scope.structure(name).text("Value").is_some()) {
        // All instances of the demo cloud are of today's sort.
        stopped(&name.to_lowercase())?;
        let message = format!("Modifying the {} attribute is not supported for HVM instances.", name.to_lowercase());
        return Err(Refusal::new("UnsupportedOperation", message));
    }
    if (checked.is_some() || !groups.is_empty()) && !instance.further_interfaces.is_empty() {
        let message =
            format!("There are multiple interfaces attached to instance '{id}'. Please specify an interface ID for the operation instead.");
        return Err(Refusal::new("InvalidInstanceID", message));
    }
    for group in &groups {
        if call.world.security_groups[group].vpc != instance.vpc {
            return Err(launch::foreign_group(group, &instance.vpc));
        }
    }
    // Nothing was changed up to here: a request is followed as a whole or not at all.
    let Some(instance) = call.world.instances.get_mut(&id) else { return Err(Instance::unknown(&id)) };
    if let Some(name) = new_type {
        instance.instance_type = name.into();
    }
    if let Some(data) = user_data {
        instance.user_data = (!data.is_empty()).then(|| data.into());
    }
    if !groups.is_empty() {
        instance.groups = groups;
    }
    instance.protected = protected.unwrap_or(instance.protected);
    instance.source_dest_check = checked.unwrap_or(instance.source_dest_check);
    instance.ebs_optimized = optimized.unwrap_or(instance.ebs_optimized);
    instance.terminate_on_shutdown = shutdown.unwrap_or(instance.terminate_on_shutdown);
    for mapping in scope.structures("BlockDeviceMapping") {
        let name = mapping.require("DeviceName")?;
        if let Some(keep) = mapping.structure("Ebs").flag("DeleteOnTermination")?
            && let Some(device) = instance.devices.iter_mut().find(|device| &*device.name == name)
        {
            device.delete_on_termination = keep;
        }
    }
    Ok(Value::Absent)
}

pub fn get_console_output(call: &mut Call<'_>) -> Reply {
    let id = Instance::key(call.world, call.scope().require("InstanceId")?)?;
    let instance = &call.world.instances[&id];
    // The console is read a while after the boot; a stopped instance keeps what it said last.
    let log = (instance.state != State::Pending).then(|| console::boot_log(&id, instance, call.world));
    Ok(map! {
        "instanceId" => &id,
        "timestamp" => iso(call.world.now),
        "output" => log.map(|text| STANDARD.encode(text)),
    })
}

/// The reply of a launch: one reservation with its instances.
pub fn reservation(world: &World, ids: &[Text]) -> Value {
    let reservation = ids.first().and_then(|id| world.instances.get(id)).map(|instance| &instance.reservation);
    map! {
        "reservationId" => reservation,
        "ownerId" => &world.account,
        "groupSet" => vec![],
        "instancesSet" => Value::list(ids.iter().filter_map(|id| Some(world.instances.get(id)?.show(id, world)))),
    }
}
