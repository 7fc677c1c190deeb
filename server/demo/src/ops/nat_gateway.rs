//! NAT gateways. What is wrong with one shows only after a while, in its state, as on EC2.

use std::net::Ipv4Addr;

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{refusal::Refusal, value::map},
    tag::{self, Tags},
    world::{
        Change, Text, World,
        address::{Address, Association},
        nat_gateway::{self, NatGateway, State},
        network_interface::NetworkInterface,
        subnet::Subnet,
    },
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let subnet = noun::named::<Subnet>(call, "SubnetId")?;
    let allocation = match scope.text("ConnectivityType") {
        None | Some("public") => Some(noun::named::<Address>(call, "AllocationId")?),
        Some("private") if scope.text("AllocationId").is_some() => {
            return Err(Refusal::new("InvalidParameterCombination", "AllocationId is not valid for private NAT gateways"));
        }
        Some("private") => None,
        Some(other) => return Err(Refusal::invalid_value("connectivityType", other, "")),
    };
    let tags = tag::specified(&scope, "natgateway", &["natgateway"])?;
    let world = &mut *call.world;
    let outcome = outcome(world, &subnet, allocation.as_ref());
    let id = add(world, subnet, allocation, tags);
    world.later(world.transition, Change::NatGateway { id: id.clone(), to: outcome });
    Ok(map! { "natGateway" => world.nat_gateways[&id].show(&id, world) })
}

/// What becomes of it.
fn outcome(world: &World, subnet: &Text, allocation: Option<&Text>) -> State {
    let Some(allocation) = allocation else { return State::Available };
    let vpc = &world.subnets[subnet].vpc;
    if !world.internet_gateways.values().any(|gateway| gateway.vpc.as_ref() == Some(vpc)) {
        return State::Failed("Gateway.NotAttached", format!("Network {vpc} has no Internet gateway attached"));
    }
    let taken = world.addresses.get(allocation).is_some_and(|address| address.association.is_some());
    if taken {
        return State::Failed("Resource.AlreadyAssociated", format!("Elastic IP address [{allocation}] is already associated"));
    }
    State::Available
}

pub fn add(world: &mut World, subnet: Text, allocation: Option<Text>, tags: Tags) -> Text {
    let id = world.id("nat-");
    let vpc = world.subnets[&subnet].vpc.clone();
    let private_ip = world.subnets.get_mut(&subnet).map_or(Ipv4Addr::UNSPECIFIED, Subnet::next_address);
    let interface = world.id("eni-");
    let created_at = world.now;
    let association = Association { id: world.id("eipassoc-"), interface: interface.clone() };
    if let Some(address) = allocation.as_ref().and_then(|id| world.addresses.get_mut(id)) {
        address.association.get_or_insert(association);
    }
    let row = NetworkInterface {
        subnet: subnet.clone(),
        description: format!("Interface for NAT Gateway {id}").into(),
        private_ip,
        mac: private_ip.to_bits(),
        groups: vec![],
        source_dest_check: false,
        attachment: None,
        gateway: Some(id.clone()),
        tags: vec![],
    };
    world.network_interfaces.insert(interface.clone(), row);
    let row = NatGateway { state: State::Pending, vpc, subnet, allocation, private_ip, interface, created_at, deleted_at: None, tags };
    world.nat_gateways.insert(id.clone(), row);
    id
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<NatGateway>(call, "NatGatewayId")?;
    if call.world.nat_gateways[&id].state != State::Deleted {
        nat_gateway::enter(call.world, &id, State::Deleting);
    }
    Ok(map! { "natGatewayId" => &id })
}
