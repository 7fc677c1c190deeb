//! The policies of users, groups and roles: for each of the three the API has the same calls under other names, so that only a macro can say
//! them once.

use api::{
    error::ApiError,
    permissions::{Inline, PermissionChange, Permissions},
};
use futures::{StreamExt, TryStreamExt, stream};

use crate::{
    Cloud,
    error::failed,
    identity::{attached, document},
};

/// How many inline policies are fetched at once.
const PARALLEL: usize = 4;

macro_rules! permitted {
    (
        $module:ident($by:ident, $bound:path): $list_attached:ident $list_attached_name:literal, $list:ident $list_name:literal, $get:ident $get_name:literal,
        $attach:ident $attach_name:literal, $detach:ident $detach_name:literal, $put:ident $put_name:literal, $delete:ident $delete_name:literal
    ) => {
        pub mod $module {
            use super::*;

            /// What it may do, but for its boundary, which its own call tells.
            pub async fn look(cloud: &Cloud, id: &str) -> Result<Permissions, ApiError> {
                let attached_pages = cloud.iam().$list_attached().$by(id).into_paginator().items().send();
                let names = cloud.iam().$list().$by(id).into_paginator().items().send();
                let (policies, names) = futures::join!(attached_pages.collect::<Result<Vec<_>, _>>(), names.collect::<Result<Vec<_>, _>>());
                let names = names.map_err(failed($list_name))?;
                let inline = stream::iter(names).map(async |name| {
                    let found = cloud.iam().$get().$by(id).policy_name(&name).send().await.map_err(failed($get_name))?;
                    Ok::<_, ApiError>(Inline { name, document: document(Some(&found.policy_document)) })
                });
                Ok(Permissions {
                    attached: attached(Some(policies.map_err(failed($list_attached_name))?)),
                    inline: inline.buffered(PARALLEL).try_collect().await?,
                    boundary: String::new(),
                })
            }

            pub async fn change(cloud: &Cloud, change: &PermissionChange, id: &str) -> Result<(), ApiError> {
                let iam = cloud.iam();
                match change {
                    PermissionChange::Attach { policy_arn, .. } => {
                        iam.$attach().$by(id).policy_arn(policy_arn).send().await.map(drop).map_err(failed($attach_name))
                    }
                    PermissionChange::Detach { policy_arn } => {
                        iam.$detach().$by(id).policy_arn(policy_arn).send().await.map(drop).map_err(failed($detach_name))
                    }
                    PermissionChange::Put { name, document } => {
                        let call = iam.$put().$by(id).policy_name(name).policy_document(document);
                        call.send().await.map(drop).map_err(failed($put_name))
                    }
                    PermissionChange::Remove { name } => {
                        iam.$delete().$by(id).policy_name(name).send().await.map(drop).map_err(failed($delete_name))
                    }
                    PermissionChange::Bound { policy_arn, .. } => $bound(cloud, policy_arn, id).await,
                }
            }
        }
    };
}

permitted!(of_user(user_name, boundary::of_user):
    list_attached_user_policies "iam:ListAttachedUserPolicies", list_user_policies "iam:ListUserPolicies", get_user_policy "iam:GetUserPolicy",
    attach_user_policy "iam:AttachUserPolicy", detach_user_policy "iam:DetachUserPolicy",
    put_user_policy "iam:PutUserPolicy", delete_user_policy "iam:DeleteUserPolicy");

permitted!(of_group(group_name, boundary::of_group):
    list_attached_group_policies "iam:ListAttachedGroupPolicies", list_group_policies "iam:ListGroupPolicies", get_group_policy "iam:GetGroupPolicy",
    attach_group_policy "iam:AttachGroupPolicy", detach_group_policy "iam:DetachGroupPolicy",
    put_group_policy "iam:PutGroupPolicy", delete_group_policy "iam:DeleteGroupPolicy");

permitted!(of_role(role_name, boundary::of_role):
    list_attached_role_policies "iam:ListAttachedRolePolicies", list_role_policies "iam:ListRolePolicies", get_role_policy "iam:GetRolePolicy",
    attach_role_policy "iam:AttachRolePolicy", detach_role_policy "iam:DetachRolePolicy",
    put_role_policy "iam:PutRolePolicy", delete_role_policy "iam:DeleteRolePolicy");

/// The policy beyond which no other goes; an empty ARN takes it away.
mod boundary {
    use api::error::{ApiError, ErrorCode};

    use crate::{Cloud, error::failed};

    macro_rules! bounded {
        ($of:ident($by:ident): $put:ident $put_name:literal, $delete:ident $delete_name:literal) => {
            pub async fn $of(cloud: &Cloud, arn: &str, id: &str) -> Result<(), ApiError> {
                let iam = cloud.iam();
                if arn.is_empty() {
                    return iam.$delete().$by(id).send().await.map(drop).map_err(failed($delete_name));
                }
                iam.$put().$by(id).permissions_boundary(arn).send().await.map(drop).map_err(failed($put_name))
            }
        };
    }

    bounded!(of_user(user_name):
        put_user_permissions_boundary "iam:PutUserPermissionsBoundary", delete_user_permissions_boundary "iam:DeleteUserPermissionsBoundary");

    bounded!(of_role(role_name):
        put_role_permissions_boundary "iam:PutRolePermissionsBoundary", delete_role_permissions_boundary "iam:DeleteRolePermissionsBoundary");

    /// The change has been checked: nobody comes here.
    pub async fn of_group(_: &Cloud, _: &str, id: &str) -> Result<(), ApiError> {
        Err(ApiError::new(ErrorCode::Invalid, format!("{id}: A group has no permissions boundary.")))
    }
}
