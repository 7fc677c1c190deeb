//! Virtual private clouds.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    vpc::{Vpc, VpcAction, VpcDraft},
};
use aws_sdk_ec2::{
    operation::modify_vpc_attribute::builders::ModifyVpcAttributeFluentBuilder,
    types::{self, AttributeBooleanValue, ResourceType, VpcAttributeName},
};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    made, once,
    paging::pages,
    tag::{specification, tags},
    word::{given, word},
};

const DESCRIBE: &str = "ec2:DescribeVpcs";

impl Backend for Vpc {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_vpcs().set_max_results(cloud.page_size(1000));
        pages(call.into_paginator().send(), DESCRIBE, |page| page.vpcs.unwrap_or_default().into_iter().map(vpc).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_vpcs().vpc_ids(id).send().await.map_err(failed(DESCRIBE))?;
        let found = answer.vpcs.unwrap_or_default().into_iter().next().map(vpc).ok_or_else(|| not_found(DESCRIBE, id))?;
        // Not every cloud has the attributes, and not everybody may ask for them: without them the rest is still worth showing.
        let attribute = async |name: VpcAttributeName| {
            let call = cloud.ec2().describe_vpc_attribute().vpc_id(id).attribute(name);
            call.send().await.map_err(failed("ec2:DescribeVpcAttribute")).ok()
        };
        let (support, hostnames) =
            futures::join!(attribute(VpcAttributeName::EnableDnsSupport), attribute(VpcAttributeName::EnableDnsHostnames));
        Ok(Vpc {
            dns_support: support.and_then(|answer| answer.enable_dns_support?.value),
            dns_hostnames: hostnames.and_then(|answer| answer.enable_dns_hostnames?.value),
            ..found
        })
    }

    async fn create(cloud: &Cloud, draft: &VpcDraft) -> Result<Created, ApiError> {
        let call = cloud.ec2().create_vpc().cidr_block(&draft.cidr_block);
        let call =
            call.set_instance_tenancy(given(&draft.tenancy).filter(|tenancy| tenancy != "default").map(|tenancy| tenancy.as_str().into()));
        let call = call.set_tag_specifications(specification(ResourceType::Vpc, &draft.tags));
        let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateVpc"))?;
        let mut created = made::one(made.vpc.and_then(|vpc| vpc.vpc_id))?;
        let (support, hostnames) = ((!draft.dns_support).then_some(false), draft.dns_hostnames.then_some(true));
        let settings = set_dns(cloud, created.ids[0].clone(), support, hostnames).await;
        // The VPC is there all the same.
        created.warnings.extend(settings.err());
        Ok(created)
    }

    async fn act(cloud: &Cloud, action: &VpcAction, ids: &[String]) -> Vec<Outcome> {
        match action {
            VpcAction::SetDns { support, hostnames } => {
                bulk::one_by_one(ids, |id| set_dns(cloud, id, support.value(), hostnames.value())).await
            }
            VpcAction::Delete => {
                bulk::one_by_one(ids, async |id| {
                    cloud.ec2().delete_vpc().vpc_id(id).send().await.map(drop).map_err(failed("ec2:DeleteVpc"))
                })
                .await
            }
        }
    }
}

/// The API takes one attribute at a time; what gives names goes on last and off first, because it needs the other.
async fn set_dns(cloud: &Cloud, id: String, support: Option<bool>, hostnames: Option<bool>) -> Result<(), ApiError> {
    let value = |on: bool| AttributeBooleanValue::builder().value(on).build();
    let set_support = async || match support {
        None => Ok(()),
        Some(on) => modify(cloud.ec2().modify_vpc_attribute().vpc_id(&id).enable_dns_support(value(on))).await,
    };
    if hostnames != Some(false) {
        set_support().await?;
    }
    if let Some(on) = hostnames {
        modify(cloud.ec2().modify_vpc_attribute().vpc_id(&id).enable_dns_hostnames(value(on))).await?;
    }
    if hostnames == Some(false) { set_support().await } else { Ok(()) }
}

async fn modify(call: ModifyVpcAttributeFluentBuilder) -> Result<(), ApiError> {
    call.send().await.map(drop).map_err(failed("ec2:ModifyVpcAttribute"))
}

fn vpc(vpc: types::Vpc) -> Vpc {
    Vpc {
        id: vpc.vpc_id.unwrap_or_default(),
        state: word(vpc.state),
        cidr_block: vpc.cidr_block.unwrap_or_default(),
        is_default: vpc.is_default.unwrap_or_default(),
        tenancy: word(vpc.instance_tenancy),
        dns_support: None,
        dns_hostnames: None,
        tags: tags(vpc.tags),
    }
}
