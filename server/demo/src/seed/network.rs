//! VPCs, subnets and security groups; how they are connected is in `network/routing.rs`.

use std::{collections::HashMap, net::Ipv4Addr};

use crate::{
    ops::{internet_gateway, subnet, vpc},
    region::ZONES,
    seed,
    world::{
        Text, World,
        route_table::Route,
        security_group::{self, Peer, Rule, Traffic},
        subnet::Subnet,
    },
};

mod routing;

/// What the instances of a new account are put into.
#[derive(Default)]
pub struct Network {
    /// Public and private subnets of the production VPC, and the default VPC's, one per zone.
    pub public: Vec<Text>,
    pub private: Vec<Text>,
    pub default: Vec<Text>,
    /// By name; groups of the default VPC begin with `default/`.
    pub groups: HashMap<&'static str, Text>,
}

pub fn furnish(world: &mut World, furnished: bool) -> Network {
    let mut network = Network::default();
    let vpc = add_vpc(world, "172.31.0.0/16", true, "");
    for (index, letter) in (0u8..).zip(ZONES) {
        network.default.push(add_subnet(world, &vpc, letter, [172, 31, index * 16, 0], 20, true, ""));
    }
    let gateway = internet_gateway::add(world, Some(vpc.clone()), vec![]);
    route(world, &main_table(world, &vpc), "0.0.0.0/0", gateway);
    network.groups.extend(security_group::by_name(world, Some(&vpc), "default").map(|group| ("default/default", group)));
    if furnished {
        production(world, &mut network, &vpc);
        let group = add_group(world, &vpc, "launch-wizard-1", "launch-wizard-1 created 2024-03-18T09:14:22.118Z");
        add_rule(world, &group, "tcp", Some((22, 22)), anywhere(), "");
        network.groups.insert("default/launch-wizard-1", group);
    }
    network
}

fn production(world: &mut World, network: &mut Network, default: &Text) {
    let vpc = add_vpc(world, "10.0.0.0/16", false, "production");
    for (index, letter) in (0u8..).zip(ZONES) {
        network.public.push(add_subnet(world, &vpc, letter, [10, 0, index, 0], 24, true, &format!("production-public-{letter}")));
        let base = [10, 0, (index + 1) * 16, 0];
        network.private.push(add_subnet(world, &vpc, letter, base, 20, false, &format!("production-private-{letter}")));
    }
    routing::furnish(world, network, &vpc, default);
    network.groups.extend(security_group::by_name(world, Some(&vpc), "default").map(|group| ("default", group)));
    let office = || Peer::Ipv4("203.0.113.0/24".into());
    let within = || Peer::Ipv4("10.0.0.0/16".into());

    let bastion = add_group(world, &vpc, "bastion", "SSH from the office");
    add_rule(world, &bastion, "tcp", Some((22, 22)), office(), "office network");
    let web = add_group(world, &vpc, "web", "Web servers");
    add_rule(world, &web, "tcp", Some((80, 80)), anywhere(), "redirects to HTTPS");
    add_rule(world, &web, "tcp", Some((443, 443)), anywhere(), "the world");
    add_rule(world, &web, "tcp", Some((443, 443)), Peer::Ipv6("::/0".into()), "the world");
    add_rule(world, &web, "tcp", Some((22, 22)), Peer::Group(bastion.clone()), "operators");
    let api = add_group(world, &vpc, "api", "API servers");
    add_rule(world, &api, "tcp", Some((8080, 8080)), Peer::Group(web.clone()), "web servers");
    add_rule(world, &api, "tcp", Some((22, 22)), Peer::Group(bastion.clone()), "operators");
    let batch = add_group(world, &vpc, "batch", "Batch workers and CI runners");
    add_rule(world, &batch, "tcp", Some((22, 22)), Peer::Group(bastion.clone()), "operators");
    let db = add_group(world, &vpc, "db", "PostgreSQL");
    add_rule(world, &db, "tcp", Some((5432, 5432)), Peer::Group(api.clone()), "API servers");
    add_rule(world, &db, "tcp", Some((5432, 5432)), Peer::Group(batch.clone()), "reports");
    add_rule(world, &db, "tcp", Some((5432, 5432)), Peer::Group(db.clone()), "replication");
    let windows = add_group(world, &vpc, "windows", "Remote desktop and file shares");
    add_rule(world, &windows, "tcp", Some((3389, 3389)), office(), "office network");
    add_rule(world, &windows, "tcp", Some((445, 445)), within(), "");
    add_rule(world, &windows, "udp", Some((137, 138)), within(), "");
    let monitoring = add_group(world, &vpc, "monitoring", "Prometheus and Grafana");
    add_rule(world, &monitoring, "tcp", Some((3000, 3000)), office(), "Grafana");
    add_rule(world, &monitoring, "tcp", Some((9090, 9100)), within(), "Prometheus and its exporters");
    add_rule(world, &monitoring, "icmp", Some((-1, -1)), within(), "");
    let named = [("bastion", bastion), ("web", web), ("api", api), ("batch", batch), ("db", db), ("windows", windows)];
    network.groups.extend(named);
    network.groups.insert("monitoring", monitoring);
}

fn anywhere() -> Peer {
    Peer::Ipv4("0.0.0.0/0".into())
}

fn named(name: &str) -> crate::tag::Tags {
    if name.is_empty() { vec![] } else { seed::tags(&[("Name", name), ("env", "prod")]) }
}

fn add_vpc(world: &mut World, cidr: &str, is_default: bool, name: &str) -> Text {
    vpc::add(world, cidr, is_default, "default", named(name))
}

fn add_subnet(world: &mut World, vpc: &Text, letter: char, base: [u8; 4], bits: u32, public: bool, name: &str) -> Text {
    let row = Subnet {
        vpc: vpc.clone(),
        zone: format!("{}{letter}", world.region.name).into(),
        base: Ipv4Addr::from(base),
        bits,
        default_for_zone: name.is_empty(),
        public,
        given: 0,
        used: 0,
        tags: named(name),
    };
    subnet::add(world, row)
}

fn main_table(world: &World, vpc: &Text) -> Text {
    let found = world.route_tables.iter().find(|(_, table)| table.vpc == *vpc && table.is_main());
    found.map(|(id, _)| id.clone()).expect("every VPC has a main route table")
}

fn route(world: &mut World, table: &Text, destination: &str, target: Text) {
    if let Some(table) = world.route_tables.get_mut(table) {
        table.routes.push(Route { destination: destination.into(), target });
    }
}

fn add_group(world: &mut World, vpc: &Text, name: &str, description: &str) -> Text {
    let tags = if name == "default" || name.starts_with("launch-wizard") { vec![] } else { seed::tags(&[("env", "prod")]) };
    crate::ops::security_group::add(world, vpc.clone(), name, description, tags)
}

fn add_rule(world: &mut World, group: &Text, protocol: &str, ports: Option<(i32, i32)>, peer: Peer, description: &str) {
    let id = world.id("sgr-");
    let description = (!description.is_empty()).then(|| description.to_owned());
    let rule = Rule { id, egress: false, traffic: Traffic { protocol: protocol.to_owned(), ports, peer }, description };
    if let Some(group) = world.security_groups.get_mut(group) {
        group.rules.push(rule);
    }
}
