//! How the production VPC is connected: gateways, routes, ACLs, endpoints, peerings.

use super::{Network, main_table, named, route};
use crate::{
    clock::DAY,
    ops::{internet_gateway, nat_gateway, network_acl, route_table},
    seed,
    world::{
        Text, World,
        address::Address,
        nat_gateway::State,
        network_acl::{self as acl, Entry},
        vpc_endpoint::VpcEndpoint,
        vpc_peering::{Side, VpcPeering},
    },
};

pub fn furnish(world: &mut World, network: &Network, vpc: &Text, default: &Text) {
    let gateway = internet_gateway::add(world, Some(vpc.clone()), named("production"));
    internet_gateway::add(world, None, seed::tags(&[("Name", "left-over")]));
    let public = add_table(world, vpc, "production-public", &network.public);
    route(world, &public, "0.0.0.0/0", gateway);
    let private = add_table(world, vpc, "production-private", &network.private);
    let nat = add_nat(world, &network.public[0]);
    route(world, &private, "0.0.0.0/0", nat);
    let peering = add_peerings(world, vpc, default);
    for table in [&public, &private] {
        route(world, table, "172.31.0.0/16", peering.clone());
    }
    let main = main_table(world, default);
    route(world, &main, "10.0.0.0/16", peering);
    endpoints(world, vpc, private, &network.private[0]);
    private_acl(world, vpc, &network.private);
}

fn add_table(world: &mut World, vpc: &Text, name: &str, subnets: &[Text]) -> Text {
    let id = route_table::add(world, vpc.clone(), named(name));
    for subnet in subnets {
        route_table::add_association(world, &id, Some(subnet.clone()));
    }
    id
}

fn add_nat(world: &mut World, subnet: &Text) -> Text {
    let (allocation, ip) = (world.id("eipalloc-"), world.public_address());
    world.addresses.insert(allocation.clone(), Address { ip, association: None, tags: seed::tags(&[("Name", "nat")]) });
    let id = nat_gateway::add(world, subnet.clone(), Some(allocation), named("production"));
    if let Some(row) = world.nat_gateways.get_mut(&id) {
        row.created_at -= 612 * DAY;
        row.state = State::Available;
    }
    id
}

/// One between the two VPCs of the account, and one that somebody else has yet to accept.
fn add_peerings(world: &mut World, vpc: &Text, default: &Text) -> Text {
    let side = |world: &World, vpc: &Text| Side { owner: world.account.clone(), vpc: vpc.clone(), cidr: world.vpcs[vpc].cidr.clone() };
    let (ours, other) = (side(world, vpc), side(world, default));
    let partner = Side { owner: crate::PARTNER_ACCOUNT.into(), vpc: "vpc-0f00dfeedfacecafe".into(), cidr: "10.64.0.0/16".into() };
    let asked = VpcPeering {
        requester: side(world, vpc),
        accepter: partner,
        status: "pending-acceptance",
        tags: seed::tags(&[("Name", "partner")]),
    };
    let id = world.id("pcx-");
    world
        .vpc_peerings
        .insert(id.clone(), VpcPeering { requester: ours, accepter: other, status: "active", tags: named("production-default") });
    let pending = world.id("pcx-");
    world.vpc_peerings.insert(pending, asked);
    id
}

fn endpoints(world: &mut World, vpc: &Text, table: Text, subnet: &Text) {
    let service = |name: &str| format!("com.amazonaws.{}.{name}", world.region.name).into();
    let rows = [(service("s3"), vec![table], vec![], "s3"), (service("ssm"), vec![], vec![subnet.clone()], "ssm")];
    for (service, route_tables, subnets, name) in rows {
        let id = world.id("vpce-");
        let created_at = world.now - 240 * DAY;
        let tags = seed::tags(&[("Name", name)]);
        world.vpc_endpoints.insert(id, VpcEndpoint { vpc: vpc.clone(), service, created_at, route_tables, subnets, tags });
    }
}

/// Private subnets talk within the VPC, and get answers from outside.
fn private_acl(world: &mut World, vpc: &Text, subnets: &[Text]) {
    let id = network_acl::add(world, vpc.clone(), named("production-private"));
    let entry = |number: u32, egress: bool, cidr: &str| Entry { cidr: cidr.into(), ..Entry::everything(number, egress, true) };
    let tcp = |number: u32, ports: (i32, i32), allow: bool| Entry {
        protocol: "6".into(),
        ports: Some(ports),
        allow,
        ..entry(number, false, "0.0.0.0/0")
    };
    let entries = vec![
        entry(100, false, "10.0.0.0/16"),
        tcp(110, (3389, 3389), false),
        tcp(120, (1024, 65_535), true),
        entry(100, true, "0.0.0.0/0"),
    ];
    if let Some(row) = world.network_acls.get_mut(&id) {
        row.entries = entries;
    }
    for subnet in subnets {
        acl::associate(world, &id, subnet);
    }
}
