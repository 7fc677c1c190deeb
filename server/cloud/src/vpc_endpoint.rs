//! VPC endpoints.

use api::{
    outcome::Outcome,
    vpc_endpoint::{VpcEndpoint, VpcEndpointAction},
};
use aws_sdk_ec2::types;

use crate::{
    Backend, Cloud, bulk,
    described::{described, never_made},
    error::{failed, unsuccessful},
    tag::tags,
    time::seconds,
    word::word,
};

impl Backend for VpcEndpoint {
    described! {
        "ec2:DescribeVpcEndpoints", describe_vpc_endpoints(vpc_endpoint_ids, set_filters, 1000) => vpc_endpoints, endpoint,
        { "vpc" => "vpc-id" }
    }
    never_made! {}

    async fn act(cloud: &Cloud, VpcEndpointAction::Delete: &VpcEndpointAction, ids: &[String]) -> Vec<Outcome> {
        const DELETE: &str = "ec2:DeleteVpcEndpoints";
        // One at a time: the call succeeds whatever becomes of each, and says what did not work in its answer.
        bulk::one_by_one(ids, async |id| {
            let answer = cloud.ec2().delete_vpc_endpoints().vpc_endpoint_ids(id).send().await.map_err(failed(DELETE))?;
            match answer.unsuccessful.unwrap_or_default().into_iter().find_map(|item| item.error) {
                Some(error) => Err(unsuccessful(DELETE, error.code.as_deref(), error.message.as_deref())),
                None => Ok(()),
            }
        })
        .await
    }
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
