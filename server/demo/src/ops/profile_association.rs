//! Which instance profile an instance has.

use crate::{
    filter::Filters,
    noun::Noun as _,
    ops::{Call, Reply, launch},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    world::{
        Text, World,
        instance::{Instance, Profile, State},
    },
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let names: &[_] = &[("instance-id", "instanceId"), ("state", "state")];
    let filters = Filters::read(&scope, names)?;
    let asked = scope.list("AssociationId");
    let rows = call.world.instances.iter().filter(|(_, instance)| instance.is_alive()).filter_map(|(id, instance)| {
        let profile = instance.profile.as_ref()?;
        let row = show(id, profile, "associated");
        ((asked.is_empty() || asked.contains(&&*profile.association)) && filters.hold(&row)).then_some(row)
    });
    Ok(map! { "iamInstanceProfileAssociationSet" => Value::list(rows) })
}

fn show(instance: &str, profile: &Profile, state: &str) -> Value {
    map! {
        "associationId" => &profile.association,
        "instanceId" => instance,
        "iamInstanceProfile" => map! { "arn" => &profile.arn, "id" => &profile.id },
        "state" => state,
    }
}

pub fn associate(call: &mut Call<'_>) -> Reply {
    let id = Instance::key(call.world, call.scope().require("InstanceId")?)?;
    let instance = &call.world.instances[&id];
    if instance.profile.is_some() {
        let message = format!("There is an existing association for instance {id}");
        return Err(Refusal::new("IncorrectState", message));
    }
    if !matches!(instance.state, State::Pending | State::Running | State::Stopping | State::Stopped) {
        let message = format!("The instance '{id}' is not in a valid state for this operation.");
        return Err(Refusal::new("IncorrectInstanceState", message));
    }
    put(call, &id)
}

pub fn replace(call: &mut Call<'_>) -> Reply {
    let id = holder(call)?;
    put(call, &id)
}

/// Gives an instance the profile that the request names, in place of the one it has.
fn put(call: &mut Call<'_>, id: &Text) -> Reply {
    let scope = call.scope();
    let profile = launch::profile(&scope, call)?.ok_or_else(|| Refusal::missing("IamInstanceProfile"))?;
    let profile = Profile { association: call.world.id("iip-assoc-"), ..profile };
    let shown = show(id, &profile, "associating");
    if let Some(instance) = call.world.instances.get_mut(id) {
        instance.profile = Some(profile);
    }
    Ok(map! { "iamInstanceProfileAssociation" => shown })
}

pub fn disassociate(call: &mut Call<'_>) -> Reply {
    let id = holder(call)?;
    let profile = call.world.instances.get_mut(&id).and_then(|instance| instance.profile.take());
    Ok(map! { "iamInstanceProfileAssociation" => profile.map(|profile| show(&id, &profile, "disassociating")) })
}

/// The instance with the association that the request names.
fn holder(call: &Call<'_>) -> Result<Text, Refusal> {
    let wanted = call.scope().require("AssociationId")?;
    let has = |world: &World| {
        let is = |instance: &Instance| instance.profile.as_ref().is_some_and(|profile| &*profile.association == wanted);
        world.instances.iter().find(|(_, instance)| is(instance)).map(|(id, _)| id.clone())
    };
    let unknown = || Refusal::new("InvalidAssociationID.NotFound", format!("An invalid association-id of '{wanted}' was given"));
    has(call.world).ok_or_else(unknown)
}
