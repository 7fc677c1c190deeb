//! Route tables. The local route, which every table has, is read from the VPC.

use crate::{
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World, vpc_peering::VpcPeering},
};

pub struct RouteTable {
    pub vpc: Text,
    pub routes: Vec<Route>,
    pub associations: Vec<Association>,
    pub tags: Tags,
}

pub struct Route {
    pub destination: Text,
    /// The id of what traffic is sent to.
    pub target: Text,
}

pub struct Association {
    pub id: Text,
    /// `None` for the VPC itself, whose main table this is.
    pub subnet: Option<Text>,
}

impl RouteTable {
    pub fn is_main(&self) -> bool {
        self.associations.iter().any(|association| association.subnet.is_none())
    }
}

/// The table that has an association, and the association's place in it.
pub fn associated(world: &World, association: &str) -> Option<(Text, usize)> {
    let place = |table: &RouteTable| table.associations.iter().position(|known| &*known.id == association);
    world.route_tables.iter().find_map(|(id, table)| Some((id.clone(), place(table)?)))
}

/// Under which name a route says where traffic goes, by what the target's id begins with.
fn target_name(target: &str) -> Option<&'static str> {
    Some(match target.rsplit_once('-')?.0 {
        "igw" | "vgw" | "vpce" => "gatewayId",
        "nat" => "natGatewayId",
        "eni" => "networkInterfaceId",
        "i" => "instanceId",
        "pcx" => "vpcPeeringConnectionId",
        _ => return None,
    })
}

/// Whether traffic of the VPC still gets through to there.
pub fn is_there(world: &World, vpc: &str, target: &str) -> bool {
    match target_name(target) {
        Some("gatewayId") => {
            world.internet_gateways.get(target).is_some_and(|gateway| gateway.vpc.as_deref() == Some(vpc))
                || world.vpc_endpoints.contains_key(target)
        }
        Some("natGatewayId") => world.nat_gateways.get(target).is_some_and(|gateway| &*gateway.vpc == vpc && gateway.state.is_alive()),
        Some("networkInterfaceId") => world.network_interfaces.contains_key(target),
        Some("instanceId") => world.instances.get(target).is_some_and(|row| row.is_alive() && &*row.vpc == vpc),
        Some("vpcPeeringConnectionId") => world.vpc_peerings.get(target).is_some_and(VpcPeering::is_active),
        _ => false,
    }
}

impl Noun for RouteTable {
    const ID: &'static str = "RouteTableId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("rtb-", "InvalidRouteTableId.Malformed"));
    const MAX_RESULTS: (usize, usize) = (5, 100);
    const FILTERS: Names = &[
        ("route-table-id", "routeTableId"),
        ("vpc-id", "vpcId"),
        ("association.main", "associationSet.main"),
        ("association.subnet-id", "associationSet.subnetId"),
        ("association.route-table-id", "associationSet.routeTableId"),
        ("association.route-table-association-id", "associationSet.routeTableAssociationId"),
        ("route.destination-cidr-block", "routeSet.destinationCidrBlock"),
        ("route.gateway-id", "routeSet.gatewayId"),
        ("route.nat-gateway-id", "routeSet.natGatewayId"),
        ("route.instance-id", "routeSet.instanceId"),
        ("route.vpc-peering-connection-id", "routeSet.vpcPeeringConnectionId"),
        ("route.state", "routeSet.state"),
        ("route.origin", "routeSet.origin"),
        ("owner-id", "ownerId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.route_tables
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidRouteTableID.NotFound", format!("The routeTable ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let local = map! {
            "destinationCidrBlock" => world.vpcs.get(&self.vpc).map(|vpc| &vpc.cidr),
            "gatewayId" => "local",
            "state" => "active",
            "origin" => "CreateRouteTable",
        };
        let route = |route: &Route| {
            let name = if route.destination.starts_with("pl-") {
                "destinationPrefixListId"
            } else if route.destination.contains(':') {
                "destinationIpv6CidrBlock"
            } else {
                "destinationCidrBlock"
            };
            let shown = Value::Map(vec![(name, (&route.destination).into())]);
            let shown = shown.with(target_name(&route.target).unwrap_or("gatewayId"), &route.target);
            let state = if is_there(world, &self.vpc, &route.target) { "active" } else { "blackhole" };
            shown.with("state", state).with("origin", "CreateRoute")
        };
        map! {
            "routeTableId" => id,
            "vpcId" => &self.vpc,
            "ownerId" => &world.account,
            "routeSet" => Value::list([local].into_iter().chain(self.routes.iter().map(route))),
            "associationSet" => Value::list(self.associations.iter().map(|association| map! {
                "routeTableAssociationId" => &association.id,
                "routeTableId" => id,
                "subnetId" => association.subnet.as_ref(),
                "main" => association.subnet.is_none(),
                "associationState" => map! { "state" => "associated" },
            })),
            "propagatingVgwSet" => vec![],
            "tagSet" => tag::show(&self.tags),
        }
    }
}
