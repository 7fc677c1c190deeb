//! Subnets of VPCs.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    resource::Never,
    subnet::Subnet,
};
use aws_sdk_ec2::types;

use crate::{
    Args, Backend, Cloud, Pages,
    error::{failed, not_found},
    paging::{filter, pages},
    tag::tags,
    word::{natural, word},
};

const DESCRIBE: &str = "ec2:DescribeSubnets";

impl Backend for Subnet {
    const ARGS: &'static [&'static str] = &["vpc"];

    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_subnets().set_max_results(cloud.page_size(1000)).set_filters(filter("vpc-id", args.get("vpc")));
        pages(call.into_paginator().send(), DESCRIBE, |page| page.subnets.unwrap_or_default().into_iter().map(subnet).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_subnets().subnet_ids(id).send().await.map_err(failed(DESCRIBE))?;
        answer.subnets.unwrap_or_default().into_iter().next().map(subnet).ok_or_else(|| not_found(DESCRIBE, id))
    }

    async fn create(_: &Cloud, draft: &Never) -> Result<Created, ApiError> {
        match *draft {}
    }

    async fn act(_: &Cloud, action: &Never, _: &[String]) -> Vec<Outcome> {
        match *action {}
    }
}

fn subnet(subnet: types::Subnet) -> Subnet {
    Subnet {
        id: subnet.subnet_id.unwrap_or_default(),
        state: word(subnet.state),
        vpc_id: subnet.vpc_id.unwrap_or_default(),
        zone: subnet.availability_zone.unwrap_or_default(),
        cidr_block: subnet.cidr_block.unwrap_or_default(),
        free_addresses: natural(subnet.available_ip_address_count).unwrap_or_default(),
        public_ip_on_launch: subnet.map_public_ip_on_launch.unwrap_or_default(),
        default_for_zone: subnet.default_for_az.unwrap_or_default(),
        tags: tags(subnet.tags),
    }
}
