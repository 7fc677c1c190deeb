//! Security groups.

use api::{
    error::{ApiError, ErrorCode},
    outcome::{Created, Outcome},
    security_group::{SecurityGroup, SecurityGroupAction, SecurityGroupDraft},
};
use aws_sdk_ec2::types;

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    once,
    paging::{filter, pages},
    tag::tags,
};

mod rule;

const DESCRIBE: &str = "ec2:DescribeSecurityGroups";

impl Backend for SecurityGroup {
    const ARGS: &'static [&'static str] = &["vpc"];

    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_security_groups().set_max_results(cloud.page_size(1000));
        let call = call.set_filters(filter("vpc-id", args.get("vpc")));
        pages(call.into_paginator().send(), DESCRIBE, |page| page.security_groups.unwrap_or_default().into_iter().map(group).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_security_groups().group_ids(id).send().await.map_err(failed(DESCRIBE))?;
        answer.security_groups.unwrap_or_default().into_iter().next().map(group).ok_or_else(|| not_found(DESCRIBE, id))
    }

    /// All or nothing: a group whose rules are refused is deleted again.
    async fn create(cloud: &Cloud, draft: &SecurityGroupDraft) -> Result<Created, ApiError> {
        let vpc = Some(draft.vpc_id.clone()).filter(|vpc| !vpc.is_empty());
        let call = cloud.ec2().create_security_group().group_name(&draft.name).description(&draft.description).set_vpc_id(vpc);
        let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateSecurityGroup"))?;
        let id = made.group_id.ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud did not say which group it made."))?;
        if !draft.ingress.is_empty()
            && let Err(mut error) = authorize(cloud, &id, draft).await
        {
            if delete(cloud, id.clone()).await.is_err() {
                error.message = format!("{} The group {id} was made without rules and could not be deleted again.", error.message);
            }
            return Err(error);
        }
        Ok(Created { ids: vec![id], secret: None, warnings: vec![] })
    }

    async fn act(cloud: &Cloud, action: &SecurityGroupAction, ids: &[String]) -> Vec<Outcome> {
        match action {
            SecurityGroupAction::Delete => bulk::one_by_one(ids, |id| delete(cloud, id)).await,
        }
    }
}

async fn authorize(cloud: &Cloud, id: &str, draft: &SecurityGroupDraft) -> Result<(), ApiError> {
    let call = cloud.ec2().authorize_security_group_ingress().group_id(id);
    let call = call.set_ip_permissions(Some(draft.ingress.iter().map(rule::permission).collect()));
    let answer = call.customize().config_override(once::ec2()).send().await;
    answer.map(drop).map_err(failed("ec2:AuthorizeSecurityGroupIngress"))
}

async fn delete(cloud: &Cloud, id: String) -> Result<(), ApiError> {
    cloud.ec2().delete_security_group().group_id(id).send().await.map(drop).map_err(failed("ec2:DeleteSecurityGroup"))
}

fn group(group: types::SecurityGroup) -> SecurityGroup {
    SecurityGroup {
        id: group.group_id.unwrap_or_default(),
        name: group.group_name.unwrap_or_default(),
        description: group.description.unwrap_or_default(),
        vpc_id: group.vpc_id.unwrap_or_default(),
        owner: group.owner_id.unwrap_or_default(),
        ingress: rule::rules(group.ip_permissions),
        egress: rule::rules(group.ip_permissions_egress),
        tags: tags(group.tags),
    }
}
