//! IAM roles.

use api::{error::ApiError, role::Role};
use aws_sdk_iam::types;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::{
    Args, Backend, Cloud, Pages,
    described::only_looked_at,
    error::{failed, not_found},
    paging::pages,
};

impl Backend for Role {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.iam().list_roles().set_max_items(cloud.page_size(1000));
        pages(call.into_paginator().send(), "iam:ListRoles", |page| page.roles.into_iter().map(role).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        const GET: &str = "iam:GetRole";
        let answer = cloud.iam().get_role().role_name(id).send().await.map_err(failed(GET))?;
        answer.role.map(role).ok_or_else(|| not_found(GET, id))
    }

    only_looked_at!();
}

fn role(role: types::Role) -> Role {
    Role {
        for_ec2: role.assume_role_policy_document.as_deref().is_some_and(trusts_ec2),
        name: role.role_name,
        arn: role.arn,
        path: role.path,
        description: role.description.unwrap_or_default(),
        created_at: Some(role.create_date.secs()),
    }
}

/// Whether a trust policy lets EC2 take the role on. IAM hands policies out URL-encoded; some other clouds do not.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
fn trusts_ec2(policy: &str) -> bool {
    let decoded = if policy.trim_start().starts_with('{') { policy.into() } else { percent_decode_str(policy).decode_utf8_lossy() };
    let Ok(policy) = serde_json::from_str::<Value>(&decoded) else { return false };
    one_or_many(&policy["Statement"]).any(|statement| {
        statement["Effect"] == "Allow"
            && one_or_many(&statement["Action"]).any(|action| matches!(action.as_str(), Some("sts:AssumeRole" | "sts:*" | "*")))
            && one_or_many(&statement["Principal"]["Service"])
                // ec2.amazonaws.com.cn in China.
                .any(|service| service.as_str().is_some_and(|service| service.starts_with("ec2.amazonaws.com")))
    })
}

/// Policies may leave out the brackets around a single value.
fn one_or_many(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice).iter()
}
