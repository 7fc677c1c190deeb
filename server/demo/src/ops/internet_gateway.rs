//! Internet gateways.

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{refusal::Refusal, value::map},
    tag::{self, Tags},
    world::{Text, World, internet_gateway::InternetGateway, vpc::Vpc},
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let tags = tag::specified(&call.scope(), "internet-gateway", &["internet-gateway"])?;
    let id = add(call.world, None, tags);
    Ok(map! { "internetGateway" => call.world.internet_gateways[&id].show(&id, call.world) })
}

pub fn add(world: &mut World, vpc: Option<Text>, tags: Tags) -> Text {
    let id = world.id("igw-");
    world.internet_gateways.insert(id.clone(), InternetGateway { vpc, tags });
    id
}

pub fn attach(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<InternetGateway>(call, "InternetGatewayId")?;
    let vpc = noun::named::<Vpc>(call, "VpcId")?;
    let gateways = &mut call.world.internet_gateways;
    if let Some(other) = &gateways[&id].vpc {
        let message = format!("resource {id} is already attached to network {other}");
        return Err(Refusal::new("Resource.AlreadyAssociated", message));
    }
    if gateways.values().any(|row| row.vpc.as_ref() == Some(&vpc)) {
        return Err(Refusal::new("InvalidParameterValue", format!("Network {vpc} already has an internet gateway attached")));
    }
    if let Some(row) = gateways.get_mut(&id) {
        row.vpc = Some(vpc);
    }
    Ok(map! { "return" => true })
}

pub fn detach(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<InternetGateway>(call, "InternetGatewayId")?;
    let vpc = noun::named::<Vpc>(call, "VpcId")?;
    let world = &mut *call.world;
    if world.internet_gateways[&id].vpc.as_ref() != Some(&vpc) {
        return Err(Refusal::new("Gateway.NotAttached", format!("resource {id} is not attached to network {vpc}")));
    }
    let mapped = world.instances.values().any(|row| row.is_alive() && row.vpc == vpc && row.public_ip.is_some())
        || world.nat_gateways.values().any(|row| row.vpc == vpc && row.state.holds() && row.allocation.is_some());
    if mapped {
        let message = format!(
            "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
        );
        return Err(Refusal::new("DependencyViolation", message));
    }
    if let Some(row) = world.internet_gateways.get_mut(&id) {
        row.vpc = None;
    }
    Ok(map! { "return" => true })
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<InternetGateway>(call, "InternetGatewayId")?;
    if call.world.internet_gateways[&id].vpc.is_some() {
        return Err(Refusal::new("DependencyViolation", format!("The internetGateway '{id}' has dependencies and cannot be deleted.")));
    }
    call.world.internet_gateways.remove(&id);
    Ok(map! { "return" => true })
}
