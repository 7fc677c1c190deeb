//! Route tables of VPCs.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    route_table::{Association, NewRoute, Route, RouteTable, RouteTableAction, RouteTableDraft},
};
use aws_sdk_ec2::types::{self, ResourceType};

use crate::{
    Args, Backend, Cloud, bulk,
    described::described,
    error::{failed, not_found},
    made, once,
    paging::filters,
    tag::{specification, tags},
    word::{given, word},
};

const DESCRIBE: &str = "ec2:DescribeRouteTables";
const REPLACE: &str = "ec2:ReplaceRouteTableAssociation";

impl Backend for RouteTable {
    described! {
        "ec2:DescribeRouteTables", describe_route_tables(route_table_ids, set_filters, 100) => route_tables, table,
        { "vpc" => "vpc-id", "subnet" => "association.subnet-id" }
    }

    async fn create(cloud: &Cloud, draft: &RouteTableDraft) -> Result<Created, ApiError> {
        // The SDK adds a client token, which makes its own retries safe.
        let call = cloud.ec2().create_route_table().vpc_id(&draft.vpc_id);
        let call = call.set_tag_specifications(specification(ResourceType::RouteTable, &draft.tags));
        let made = call.send().await.map_err(failed("ec2:CreateRouteTable"))?;
        made::one(made.route_table.and_then(|table| table.route_table_id))
    }

    async fn act(cloud: &Cloud, action: &RouteTableAction, ids: &[String]) -> Vec<Outcome> {
        bulk::one_by_one(ids, |id| act(cloud, action, id)).await
    }
}

async fn act(cloud: &Cloud, action: &RouteTableAction, id: String) -> Result<(), ApiError> {
    let ec2 = cloud.ec2();
    match action {
        RouteTableAction::AddRoute(route) => add_route(cloud, route, id).await,
        RouteTableAction::RemoveRoute { destination } => {
            let (v4, v6, list) = destinations(destination);
            let call = ec2.delete_route().route_table_id(id).set_destination_cidr_block(v4);
            let call = call.set_destination_ipv6_cidr_block(v6).set_destination_prefix_list_id(list);
            call.send().await.map(drop).map_err(failed("ec2:DeleteRoute"))
        }
        RouteTableAction::Associate { subnet_id } => match association(cloud, "association.subnet-id", subnet_id, None).await? {
            Some(before) => replace(cloud, before, id).await,
            None => {
                let call = ec2.associate_route_table().route_table_id(id).subnet_id(subnet_id);
                let answer = call.customize().config_override(once::ec2()).send().await;
                answer.map(drop).map_err(failed("ec2:AssociateRouteTable"))
            }
        },
        RouteTableAction::Disassociate { association_id } => {
            let call = ec2.disassociate_route_table().association_id(association_id);
            call.send().await.map(drop).map_err(failed("ec2:DisassociateRouteTable"))
        }
        RouteTableAction::MakeMain => {
            let vpc = RouteTable::get(cloud, &id).await?.vpc_id;
            let before = association(cloud, "association.main", "true", Some(vpc.clone())).await?;
            replace(cloud, before.ok_or_else(|| not_found(DESCRIBE, &vpc))?, id).await
        }
        RouteTableAction::Delete => {
            ec2.delete_route_table().route_table_id(id).send().await.map(drop).map_err(failed("ec2:DeleteRouteTable"))
        }
    }
}

async fn add_route(cloud: &Cloud, route: &NewRoute, id: String) -> Result<(), ApiError> {
    let (v4, v6, list) = destinations(&route.destination);
    let call = cloud.ec2().create_route().route_table_id(id).set_destination_cidr_block(v4);
    let call = call.set_destination_ipv6_cidr_block(v6).set_destination_prefix_list_id(list);
    let (_, target) = route.target();
    let call = match target.split('-').next().unwrap_or_default() {
        "nat" => call.nat_gateway_id(target),
        "eni" => call.network_interface_id(target),
        "i" => call.instance_id(target),
        "pcx" => call.vpc_peering_connection_id(target),
        "tgw" => call.transit_gateway_id(target),
        "eigw" => call.egress_only_internet_gateway_id(target),
        "vpce" => call.vpc_endpoint_id(target),
        _ => call.gateway_id(target),
    };
    call.customize().config_override(once::ec2()).send().await.map(drop).map_err(failed("ec2:CreateRoute"))
}

/// The destination as the API wants it: an IPv4 block, an IPv6 block, or a prefix list.
fn destinations(text: &str) -> (Option<String>, Option<String>, Option<String>) {
    if text.starts_with("pl-") {
        (None, None, given(text))
    } else if text.contains(':') {
        (None, given(text), None)
    } else {
        (given(text), None, None)
    }
}

/// The id of the association that the filter means, among the tables of a VPC or among all.
async fn association(cloud: &Cloud, filter: &'static str, value: &str, vpc: Option<String>) -> Result<Option<String>, ApiError> {
    let vpc = vpc.map(|vpc| ("vpc".to_owned(), vpc));
    let args: Args = vpc.into_iter().chain([("value".to_owned(), value.to_owned())]).collect();
    let call = cloud.ec2().describe_route_tables().set_filters(filters(&args, &[("vpc", "vpc-id"), ("value", filter)]));
    let answer = call.send().await.map_err(failed(DESCRIBE))?;
    let mut all = answer.route_tables.unwrap_or_default().into_iter().flat_map(|table| table.associations.unwrap_or_default());
    let is_main = filter == "association.main";
    let meant = |known: &types::RouteTableAssociation| {
        if is_main { known.main.unwrap_or_default() } else { known.subnet_id.as_deref() == Some(value) }
    };
    Ok(all.find(meant).and_then(|found| found.route_table_association_id))
}

async fn replace(cloud: &Cloud, association: String, id: String) -> Result<(), ApiError> {
    let call = cloud.ec2().replace_route_table_association().association_id(association).route_table_id(id);
    call.send().await.map(drop).map_err(failed(REPLACE))
}

fn table(table: types::RouteTable) -> RouteTable {
    let association = |association: types::RouteTableAssociation| Association {
        id: association.route_table_association_id.unwrap_or_default(),
        subnet_id: association.subnet_id.unwrap_or_default(),
    };
    // One with a gateway, for traffic that comes in, is neither a subnet's nor the VPC's.
    let is_shown = |association: &types::RouteTableAssociation| association.gateway_id.is_none();
    RouteTable {
        id: table.route_table_id.unwrap_or_default(),
        vpc_id: table.vpc_id.unwrap_or_default(),
        routes: table.routes.unwrap_or_default().into_iter().map(route).collect(),
        associations: table.associations.unwrap_or_default().into_iter().filter(is_shown).map(association).collect(),
        tags: tags(table.tags),
    }
}

fn route(route: types::Route) -> Route {
    let destination = route.destination_cidr_block.or(route.destination_ipv6_cidr_block).or(route.destination_prefix_list_id);
    // An instance stands beside its interface: people know the instance.
    let target = route
        .gateway_id
        .or(route.nat_gateway_id)
        .or(route.instance_id)
        .or(route.network_interface_id)
        .or(route.vpc_peering_connection_id)
        .or(route.transit_gateway_id)
        .or(route.egress_only_internet_gateway_id)
        .or(route.local_gateway_id)
        .or(route.carrier_gateway_id)
        .or(route.core_network_arn);
    Route {
        destination: destination.unwrap_or_default(),
        target: target.unwrap_or_default(),
        state: word(route.state),
        origin: word(route.origin),
    }
}
