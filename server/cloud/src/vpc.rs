//! Virtual private clouds.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    resource::Never,
    vpc::Vpc,
};
use aws_sdk_ec2::types;

use crate::{
    Args, Backend, Cloud, Pages,
    error::{failed, not_found},
    paging::pages,
    tag::tags,
    word::word,
};

const DESCRIBE: &str = "ec2:DescribeVpcs";

impl Backend for Vpc {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_vpcs().set_max_results(cloud.page_size(1000));
        pages(call.into_paginator().send(), DESCRIBE, |page| page.vpcs.unwrap_or_default().into_iter().map(vpc).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_vpcs().vpc_ids(id).send().await.map_err(failed(DESCRIBE))?;
        answer.vpcs.unwrap_or_default().into_iter().next().map(vpc).ok_or_else(|| not_found(DESCRIBE, id))
    }

    async fn create(_: &Cloud, draft: &Never) -> Result<Created, ApiError> {
        match *draft {}
    }

    async fn act(_: &Cloud, action: &Never, _: &[String]) -> Vec<Outcome> {
        match *action {}
    }
}

fn vpc(vpc: types::Vpc) -> Vpc {
    Vpc {
        id: vpc.vpc_id.unwrap_or_default(),
        state: word(vpc.state),
        cidr_block: vpc.cidr_block.unwrap_or_default(),
        is_default: vpc.is_default.unwrap_or_default(),
        tags: tags(vpc.tags),
    }
}
