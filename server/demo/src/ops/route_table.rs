//! Route tables, their routes and their associations.

use api::cidr::Block;

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{refusal::Refusal, value::map},
    tag::{self, Tags},
    world::{
        Text, World,
        route_table::{self, Association, Route, RouteTable},
        subnet::Subnet,
        vpc::Vpc,
    },
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let vpc = noun::named::<Vpc>(call, "VpcId")?;
    let tags = tag::specified(&call.scope(), "route-table", &["route-table"])?;
    let id = add(call.world, vpc, tags);
    Ok(map! { "routeTable" => call.world.route_tables[&id].show(&id, call.world) })
}

pub fn add(world: &mut World, vpc: Text, tags: Tags) -> Text {
    let id = world.id("rtb-");
    world.route_tables.insert(id.clone(), RouteTable { vpc, routes: vec![], associations: vec![], tags });
    id
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<RouteTable>(call, "RouteTableId")?;
    if !call.world.route_tables[&id].associations.is_empty() {
        return Err(Refusal::new("DependencyViolation", format!("The routeTable '{id}' has dependencies and cannot be deleted.")));
    }
    call.world.route_tables.remove(&id);
    Ok(map! { "return" => true })
}

pub fn associate(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<RouteTable>(call, "RouteTableId")?;
    let subnet = noun::named::<Subnet>(call, "SubnetId")?;
    let world = &mut *call.world;
    same_network(world, &id, &subnet)?;
    let taken = |table: &RouteTable| table.associations.iter().any(|known| known.subnet.as_ref() == Some(&subnet));
    if world.route_tables.values().any(taken) {
        let message = format!("the specified association for route table {id} conflicts with an existing association");
        return Err(Refusal::new("Resource.AlreadyAssociated", message));
    }
    let association = add_association(world, &id, Some(subnet));
    Ok(map! { "associationId" => &association, "associationState" => map! { "state" => "associated" } })
}

pub fn add_association(world: &mut World, id: &Text, subnet: Option<Text>) -> Text {
    let association = world.id("rtbassoc-");
    if let Some(table) = world.route_tables.get_mut(id) {
        table.associations.push(Association { id: association.clone(), subnet });
    }
    association
}

fn same_network(world: &World, id: &Text, subnet: &Text) -> Result<(), Refusal> {
    if world.route_tables[id].vpc == world.subnets[subnet].vpc {
        return Ok(());
    }
    Err(Refusal::new("InvalidParameterValue", format!("route table {id} and subnet {subnet} belong to different networks")))
}

/// The table and the place of the association that the request names.
fn association(call: &Call<'_>) -> Result<(Text, usize), Refusal> {
    let scope = call.scope();
    let id = scope.require("AssociationId")?;
    let unknown = || Refusal::new("InvalidAssociationID.NotFound", format!("The association ID '{id}' does not exist"));
    route_table::associated(call.world, id).ok_or_else(unknown)
}

pub fn disassociate(call: &mut Call<'_>) -> Reply {
    let (id, place) = association(call)?;
    let table = call.world.route_tables.get_mut(&id).ok_or_else(|| RouteTable::unknown(&id))?;
    if table.associations[place].subnet.is_none() {
        let message = format!("cannot disassociate the main route table association {}", table.associations[place].id);
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    table.associations.remove(place);
    Ok(map! { "return" => true })
}

/// Gives a subnet, or the VPC itself, another table.
pub fn replace_association(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<RouteTable>(call, "RouteTableId")?;
    let (before, place) = association(call)?;
    let world = &mut *call.world;
    let subnet = world.route_tables[&before].associations[place].subnet.clone();
    match &subnet {
        Some(subnet) => same_network(world, &id, subnet)?,
        None if world.route_tables[&id].vpc == world.route_tables[&before].vpc => {}
        None => {
            let message = format!("route table {id} and route table {before} belong to different networks");
            return Err(Refusal::new("InvalidParameterValue", message));
        }
    }
    if let Some(table) = world.route_tables.get_mut(&before) {
        table.associations.remove(place);
    }
    let association = add_association(world, &id, subnet);
    Ok(map! { "newAssociationId" => &association, "associationState" => map! { "state" => "associated" } })
}

pub fn create_route(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<RouteTable>(call, "RouteTableId")?;
    let destination = destination(call)?;
    let target = target(call, &id)?;
    let local = call.world.vpcs.get(&call.world.route_tables[&id].vpc).is_some_and(|vpc| vpc.cidr == destination);
    let table = call.world.route_tables.get_mut(&id).ok_or_else(|| RouteTable::unknown(&id))?;
    if local || table.routes.iter().any(|route| route.destination == destination) {
        return Err(Refusal::new("RouteAlreadyExists", format!("The route identified by {destination} already exists.")));
    }
    table.routes.push(Route { destination, target });
    Ok(map! { "return" => true })
}

pub fn replace_route(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<RouteTable>(call, "RouteTableId")?;
    let destination = destination(call)?;
    let target = target(call, &id)?;
    let table = call.world.route_tables.get_mut(&id).ok_or_else(|| RouteTable::unknown(&id))?;
    let route = table.routes.iter_mut().find(|route| route.destination == destination);
    route.ok_or_else(|| no_route(&id, &destination))?.target = target;
    Ok(map! { "return" => true })
}

pub fn delete_route(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<RouteTable>(call, "RouteTableId")?;
    let destination = destination(call)?;
    if call.world.vpcs.get(&call.world.route_tables[&id].vpc).is_some_and(|vpc| vpc.cidr == destination) {
        return Err(Refusal::new("InvalidParameterValue", format!("cannot remove local route {destination} in route table {id}")));
    }
    let table = call.world.route_tables.get_mut(&id).ok_or_else(|| RouteTable::unknown(&id))?;
    let place = table.routes.iter().position(|route| route.destination == destination).ok_or_else(|| no_route(&id, &destination))?;
    table.routes.remove(place);
    Ok(map! { "return" => true })
}

fn no_route(id: &str, destination: &str) -> Refusal {
    let message = format!("no route with destination-cidr-block {destination} in route table {id}");
    Refusal::new("InvalidRoute.NotFound", message)
}

/// Where the traffic wants to go, in canonical form.
fn destination(call: &Call<'_>) -> Result<Text, Refusal> {
    let scope = call.scope();
    if let Some(list) = scope.text("DestinationPrefixListId") {
        return Ok(list.into());
    }
    let invalid = |name: &str, text: &str| Refusal::invalid_value(name, text, "This is not a valid CIDR block.");
    if let Some(text) = scope.text("DestinationIpv6CidrBlock") {
        let fine = text.contains(':') && api::security_group::check_cidr(text).is_ok();
        return if fine { Ok(text.into()) } else { Err(invalid("destinationIpv6CidrBlock", text)) };
    }
    let text = scope.require("DestinationCidrBlock")?;
    let block: Block = text.parse().map_err(|_| invalid("destinationCidrBlock", text))?;
    Ok(block.to_string().into())
}

/// What the traffic is sent to; it has to be within reach of the table's VPC.
fn target(call: &Call<'_>, id: &str) -> Result<Text, Refusal> {
    const NAMES: [&str; 5] = ["GatewayId", "NatGatewayId", "InstanceId", "NetworkInterfaceId", "VpcPeeringConnectionId"];
    let scope = call.scope();
    let Some(target) = NAMES.iter().find_map(|name| scope.text(name)) else {
        return Err(Refusal::new("MissingParameter", "The request must contain a route target."));
    };
    let world = &*call.world;
    let exists = match target.rsplit_once('-').map(|(prefix, _)| prefix) {
        Some("igw") => world.internet_gateways.contains_key(target),
        Some("nat") => world.nat_gateways.contains_key(target),
        Some("i") => world.instances.contains_key(target),
        Some("pcx") => world.vpc_peerings.contains_key(target),
        _ => true,
    };
    if !exists {
        return Err(crate::world::tagged::unknown(target));
    }
    if !route_table::is_there(world, &world.route_tables[id].vpc, target) {
        let message = format!("route table {id} and network gateway {target} belong to different networks");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    Ok(target.into())
}
