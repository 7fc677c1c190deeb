//! Peering connections between VPCs.

use api::{
    outcome::Outcome,
    vpc_peering::{Side, VpcPeering, VpcPeeringAction},
};
use aws_sdk_ec2::types;

use crate::{
    Backend, Cloud, bulk,
    described::{described, never_made},
    error::failed,
    tag::tags,
    word::word,
};

impl Backend for VpcPeering {
    described! {
        "ec2:DescribeVpcPeeringConnections", describe_vpc_peering_connections(vpc_peering_connection_ids, set_filters, 1000)
            => vpc_peering_connections, peering, { "requester" => "requester-vpc-info.vpc-id", "accepter" => "accepter-vpc-info.vpc-id" }
    }
    never_made! {}

    async fn act(cloud: &Cloud, VpcPeeringAction::Delete: &VpcPeeringAction, ids: &[String]) -> Vec<Outcome> {
        bulk::one_by_one(ids, async |id| {
            let call = cloud.ec2().delete_vpc_peering_connection().vpc_peering_connection_id(id);
            call.send().await.map(drop).map_err(failed("ec2:DeleteVpcPeeringConnection"))
        })
        .await
    }
}

fn peering(peering: types::VpcPeeringConnection) -> VpcPeering {
    let (state, message) = peering.status.map_or_else(Default::default, |status| (word(status.code), status.message.unwrap_or_default()));
    VpcPeering {
        id: peering.vpc_peering_connection_id.unwrap_or_default(),
        state,
        message,
        requester: peering.requester_vpc_info.map(side).unwrap_or_default(),
        accepter: peering.accepter_vpc_info.map(side).unwrap_or_default(),
        tags: tags(peering.tags),
    }
}

fn side(side: types::VpcPeeringConnectionVpcInfo) -> Side {
    Side {
        vpc_id: side.vpc_id.unwrap_or_default(),
        owner: side.owner_id.unwrap_or_default(),
        region: side.region.unwrap_or_default(),
        cidr_block: side.cidr_block.unwrap_or_default(),
    }
}
