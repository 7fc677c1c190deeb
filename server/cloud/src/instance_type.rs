//! Instance types.

use api::{error::ApiError, instance_type::InstanceType};
use aws_sdk_ec2::types::InstanceTypeInfo;

use crate::{
    Args, Backend, Cloud, Pages,
    described::only_looked_at,
    error::{failed, not_found},
    paging::pages,
    word::word,
};

const DESCRIBE: &str = "ec2:DescribeInstanceTypes";
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html>: no more than 100 at once.
const MAX_PAGE: u16 = 100;

impl Backend for InstanceType {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_instance_types().set_max_results(cloud.page_size(MAX_PAGE));
        pages(call.into_paginator().send(), DESCRIBE, |page| {
            page.instance_types.unwrap_or_default().into_iter().map(instance_type).collect()
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_instance_types().instance_types(id.into()).send().await.map_err(failed(DESCRIBE))?;
        answer.instance_types.unwrap_or_default().into_iter().next().map(instance_type).ok_or_else(|| not_found(DESCRIBE, id))
    }

    only_looked_at!();
}

fn instance_type(info: InstanceTypeInfo) -> InstanceType {
    let architectures = info.processor_info.and_then(|processor| processor.supported_architectures).unwrap_or_default();
    InstanceType {
        name: word(info.instance_type),
        vcpus: info.v_cpu_info.and_then(|cpu| cpu.default_v_cpus?.try_into().ok()).unwrap_or_default(),
        memory: info.memory_info.and_then(|memory| memory.size_in_mib?.try_into().ok()).unwrap_or_default(),
        architectures: architectures.iter().map(|architecture| architecture.as_str().to_owned()).collect(),
        storage: info.instance_storage_info.and_then(|storage| storage.total_size_in_gb?.try_into().ok()).unwrap_or_default(),
        network: info.network_info.and_then(|network| network.network_performance).unwrap_or_default(),
        current_generation: info.current_generation.unwrap_or_default(),
        free_tier: info.free_tier_eligible.unwrap_or_default(),
    }
}
