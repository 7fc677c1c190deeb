//! Security groups.

use api::{
    error::{ApiError, ErrorCode},
    outcome::{Created, Outcome},
    security_group::{Call, RulesChange, SecurityGroup, SecurityGroupAction, SecurityGroupDraft, Step, everywhere},
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
        // What a new group lets out, which depends on its VPC. One that is too new to be shown is as AWS makes them.
        let made = match &draft.egress {
            Some(_) => Self::get(cloud, &id).await.map_or_else(|_| vec![everywhere()], |group| group.egress),
            None => vec![],
        };
        if let Err(mut error) = change_rules(cloud, &id, &draft.rules(&made)).await {
            if delete(cloud, id.clone()).await.is_err() {
                error.message = format!("{} The group {id} was made without rules and could not be deleted again.", error.message);
            }
            return Err(error);
        }
        Ok(Created { ids: vec![id], secret: None, warnings: vec![] })
    }

    async fn act(cloud: &Cloud, action: &SecurityGroupAction, ids: &[String]) -> Vec<Outcome> {
        match action {
            SecurityGroupAction::ChangeRules(change) => bulk::one_by_one(ids, async |id| change_rules(cloud, &id, change).await).await,
            SecurityGroupAction::Delete => bulk::one_by_one(ids, |id| delete(cloud, id)).await,
        }
    }
}

/// Call by call, and none after one that failed: what is new is let in before what is old is shut out.
async fn change_rules(cloud: &Cloud, id: &str, change: &RulesChange) -> Result<(), ApiError> {
    for call in change.calls() {
        send(cloud, id, &call).await?;
    }
    Ok(())
}

async fn send(cloud: &Cloud, id: &str, call: &Call<'_>) -> Result<(), ApiError> {
    let ec2 = cloud.ec2();
    let rules = Some(call.rules.iter().map(|rule| rule::permission(rule)).collect());
    // A second try of a call that was carried out would be refused: the rule is there already, or no longer.
    macro_rules! once {
        ($operation:ident, $name:literal) => {{
            let call = ec2.$operation().group_id(id).set_ip_permissions(rules);
            call.customize().config_override(once::ec2()).send().await.map(drop).map_err(failed($name))
        }};
    }
    match (call.step, call.egress) {
        (Step::Authorize, false) => once!(authorize_security_group_ingress, "ec2:AuthorizeSecurityGroupIngress"),
        (Step::Authorize, true) => once!(authorize_security_group_egress, "ec2:AuthorizeSecurityGroupEgress"),
        (Step::Describe, false) => {
            once!(update_security_group_rule_descriptions_ingress, "ec2:UpdateSecurityGroupRuleDescriptionsIngress")
        }
        (Step::Describe, true) => {
            once!(update_security_group_rule_descriptions_egress, "ec2:UpdateSecurityGroupRuleDescriptionsEgress")
        }
        (Step::Revoke, false) => once!(revoke_security_group_ingress, "ec2:RevokeSecurityGroupIngress"),
        (Step::Revoke, true) => once!(revoke_security_group_egress, "ec2:RevokeSecurityGroupEgress"),
    }
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
