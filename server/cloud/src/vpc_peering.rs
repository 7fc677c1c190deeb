//! Peering connections between VPCs.

use api::vpc_peering::{Side, VpcPeering};
use aws_sdk_ec2::types;

use crate::{
    Backend,
    described::{described, read_only},
    tag::tags,
    word::word,
};

impl Backend for VpcPeering {
    described! {
        "ec2:DescribeVpcPeeringConnections", describe_vpc_peering_connections(vpc_peering_connection_ids, set_filters, 1000)
            => vpc_peering_connections, peering, { "requester" => "requester-vpc-info.vpc-id", "accepter" => "accepter-vpc-info.vpc-id" }
    }
    read_only! {}
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
