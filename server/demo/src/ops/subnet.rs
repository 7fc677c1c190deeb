//! Subnets.

use api::cidr::{self, Block};

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{refusal::Refusal, value::map},
    tag,
    world::{
        Text, World, network_acl,
        subnet::{self, Subnet},
        vpc::Vpc,
    },
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let vpc = noun::named::<Vpc>(call, "VpcId")?;
    let text = scope.require("CidrBlock")?;
    let tags = tag::specified(&scope, "subnet", &["subnet"])?;
    let world = &mut *call.world;
    let range = || Refusal::new("InvalidSubnet.Range", format!("The CIDR '{text}' is invalid."));
    let block = cidr::network(text).map_err(|_| range())?;
    if !world.vpcs[&vpc].cidr.parse().is_ok_and(|whole: Block| whole.contains(block)) {
        return Err(range());
    }
    if world.subnets.values().any(|row| row.vpc == vpc && row.block().is_some_and(|other| other.overlaps(block))) {
        return Err(Refusal::new("InvalidSubnet.Conflict", format!("The CIDR '{text}' conflicts with another subnet")));
    }
    let zone = match scope.text("AvailabilityZone") {
        Some(zone) if world.region.zones().any(|known| known == zone) => zone.to_owned(),
        Some(zone) => {
            let zones = world.region.zones().collect::<Vec<_>>().join(", ");
            let why = format!("Subnets can currently only be created in the following availability zones: {zones}.");
            return Err(Refusal::invalid_value("availabilityZone", zone, &why));
        }
        None => world.region.zones().next().unwrap_or_default(),
    };
    let row = Subnet {
        vpc,
        zone: zone.into(),
        base: block.base(),
        bits: block.bits(),
        default_for_zone: false,
        public: false,
        given: 0,
        used: 0,
        tags,
    };
    let id = add(world, row);
    Ok(map! { "subnet" => world.subnets[&id].show(&id, world) })
}

/// A subnet in the default ACL of its VPC.
pub fn add(world: &mut World, row: Subnet) -> Text {
    let id = world.id("subnet-");
    let acl = network_acl::default_of(world, &row.vpc);
    world.subnets.insert(id.clone(), row);
    if let Some(acl) = acl {
        network_acl::associate(world, &acl, &id);
    }
    id
}

pub fn modify_attribute(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<Subnet>(call, "SubnetId")?;
    let public = call.scope().structure("MapPublicIpOnLaunch").flag("Value")?;
    let public = public.ok_or_else(|| Refusal::new("InvalidParameterCombination", "No attributes specified."))?;
    if let Some(row) = call.world.subnets.get_mut(&id) {
        row.public = public;
    }
    Ok(map! { "return" => true })
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<Subnet>(call, "SubnetId")?;
    let world = &mut *call.world;
    if subnet::is_in_use(world, &id) {
        return Err(Refusal::new("DependencyViolation", format!("The subnet '{id}' has dependencies and cannot be deleted.")));
    }
    world.route_tables.values_mut().for_each(|table| table.associations.retain(|known| known.subnet.as_ref() != Some(&id)));
    world.network_acls.values_mut().for_each(|acl| acl.associations.retain(|(_, subnet)| *subnet != id));
    world.subnets.remove(&id);
    Ok(map! { "return" => true })
}
