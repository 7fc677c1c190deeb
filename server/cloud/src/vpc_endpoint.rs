//! VPC endpoints.

use api::vpc_endpoint::VpcEndpoint;
use aws_sdk_ec2::types;

use crate::{
    Backend,
    described::{described, read_only},
    tag::tags,
    time::seconds,
    word::word,
};

impl Backend for VpcEndpoint {
    described! {
        "ec2:DescribeVpcEndpoints", describe_vpc_endpoints(vpc_endpoint_ids, set_filters, 1000) => vpc_endpoints, endpoint,
        { "vpc" => "vpc-id" }
    }
    read_only! {}
}

fn endpoint(endpoint: types::VpcEndpoint) -> VpcEndpoint {
    VpcEndpoint {
        id: endpoint.vpc_endpoint_id.unwrap_or_default(),
        state: word(endpoint.state),
        endpoint_type: word(endpoint.vpc_endpoint_type),
        service: endpoint.service_name.unwrap_or_default(),
        vpc_id: endpoint.vpc_id.unwrap_or_default(),
        subnets: endpoint.subnet_ids.unwrap_or_default(),
        route_tables: endpoint.route_table_ids.unwrap_or_default(),
        private_dns: endpoint.private_dns_enabled.unwrap_or_default(),
        created_at: seconds(endpoint.creation_timestamp.as_ref()),
        tags: tags(endpoint.tags),
    }
}
