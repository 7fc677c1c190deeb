//! IAM roles.

use api::{
    error::ApiError,
    identity::one_or_many,
    outcome::{Created, Outcome},
    permissions::Permissions,
    role::{Profile, Role, RoleAction, RoleDraft},
    tag::TagChange,
};
use aws_sdk_iam::types::{self, EntityType};
use serde_json::Value;

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    identity::{details, document, joined, permissions, retag, sdk_tags, tags},
    instance_profile, once,
    paging::pages,
    permissions::of_role,
    time::seconds,
    word::{given, natural},
};

/// What the other list knows of a role.
struct Details {
    permissions: Permissions,
    profiles: Vec<Profile>,
    tags: Vec<api::tag::Tag>,
    last_used: Option<types::RoleLastUsed>,
}

impl Backend for Role {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.iam().list_roles().set_max_items(cloud.page_size(1000));
        let rows = pages(call.into_paginator().send(), "iam:ListRoles", |page| page.roles.into_iter().map(role).collect());
        let details = details(cloud, &[EntityType::Role], |page| {
            let known = |role: types::RoleDetail| {
                let details = Details {
                    permissions: permissions(role.attached_managed_policies, role.role_policy_list, role.permissions_boundary),
                    profiles: role.instance_profile_list.unwrap_or_default().into_iter().map(profile).collect(),
                    tags: tags(role.tags),
                    last_used: role.role_last_used,
                };
                (role.role_name.unwrap_or_default(), details)
            };
            page.role_detail_list.unwrap_or_default().into_iter().map(known).collect()
        });
        joined(rows, details, |role, details| {
            role.permissions = Some(details.permissions);
            role.profiles = Some(details.profiles);
            role.tags = details.tags;
            used(role, details.last_used);
        })
    }

    /// What may not be looked at is left open: the rest is still worth showing.
    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        const GET: &str = "iam:GetRole";
        let iam = cloud.iam();
        let (found, allowed, profiles) = futures::join!(
            iam.get_role().role_name(id).send(),
            of_role::look(cloud, id),
            iam.list_instance_profiles_for_role().role_name(id).into_paginator().items().send().collect::<Result<Vec<_>, _>>(),
        );
        let found = found.map_err(failed(GET))?.role.ok_or_else(|| not_found(GET, id))?;
        let boundary = permissions(None, None, found.permissions_boundary.clone()).boundary;
        Ok(Self {
            permissions: allowed.ok().map(|allowed| Permissions { boundary, ..allowed }),
            profiles: profiles.ok().map(|profiles| profiles.into_iter().map(profile).collect()),
            ..role(found)
        })
    }

    async fn create(cloud: &Cloud, draft: &RoleDraft) -> Result<Created, ApiError> {
        let call = cloud.iam().create_role().role_name(&draft.name).assume_role_policy_document(draft.trust_policy());
        let call = call.set_path(given(&draft.path)).set_description(given(&draft.description)).set_tags(sdk_tags(&draft.tags));
        // An hour is what every cloud gives, and what older ones have no word for.
        let seconds = draft.max_session.filter(|seconds| *seconds != 3_600).and_then(|seconds| seconds.try_into().ok());
        let call = call.set_max_session_duration(seconds);
        call.customize().config_override(once::iam()).send().await.map_err(failed("iam:CreateRole"))?;
        let mut created = Created { ids: vec![draft.name.clone()], secret: None, warnings: vec![] };
        if draft.is_for_ec2() {
            // The role is there all the same, and gets its profile with the first instance.
            created.warnings.extend(instance_profile::of_role(cloud, &draft.name).await.err());
        }
        Ok(created)
    }

    async fn act(cloud: &Cloud, action: &RoleAction, ids: &[String]) -> Vec<Outcome> {
        let iam = cloud.iam();
        bulk::one_by_one(ids, async |id| match action {
            RoleAction::Permissions(change) => of_role::change(cloud, change, &id).await,
            RoleAction::SetTrust { document } => {
                let call = iam.update_assume_role_policy().role_name(id).policy_document(document);
                call.send().await.map(drop).map_err(failed("iam:UpdateAssumeRolePolicy"))
            }
            RoleAction::Describe { description, max_session } => {
                let call = iam.update_role().role_name(id).description(description);
                let call = call.set_max_session_duration(max_session.and_then(|seconds| seconds.try_into().ok()));
                call.send().await.map(drop).map_err(failed("iam:UpdateRole"))
            }
            RoleAction::DeleteProfile { profile } => instance_profile::remove(cloud, profile, &id).await,
            RoleAction::Delete => iam.delete_role().role_name(id).send().await.map(drop).map_err(failed("iam:DeleteRole")),
        })
        .await
    }

    async fn retag(cloud: &Cloud, change: &TagChange, ids: &[String]) -> Vec<Outcome> {
        let set =
            async |id, tags| cloud.iam().tag_role().role_name(id).set_tags(tags).send().await.map(drop).map_err(failed("iam:TagRole"));
        let unset = async |id, keys| {
            cloud.iam().untag_role().role_name(id).set_tag_keys(keys).send().await.map(drop).map_err(failed("iam:UntagRole"))
        };
        retag(change, ids, set, unset).await
    }
}

fn role(from: types::Role) -> Role {
    let trust = document(from.assume_role_policy_document.as_deref());
    let mut role = Role {
        for_ec2: trusts_ec2(&trust),
        trust,
        name: from.role_name,
        role_id: from.role_id,
        arn: from.arn,
        path: from.path,
        description: from.description.unwrap_or_default(),
        created_at: Some(from.create_date.secs()),
        max_session: natural(from.max_session_duration),
        tags: tags(from.tags),
        ..Role::default()
    };
    used(&mut role, from.role_last_used);
    role
}

fn used(role: &mut Role, last: Option<types::RoleLastUsed>) {
    if let Some(last) = last.filter(|last| last.last_used_date.is_some()) {
        role.last_used_at = seconds(last.last_used_date.as_ref());
        role.last_used_in = last.region.unwrap_or_default();
    }
}

fn profile(profile: types::InstanceProfile) -> Profile {
    Profile { name: profile.instance_profile_name, arn: profile.arn }
}

/// Whether a trust policy lets EC2 take the role on.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
fn trusts_ec2(policy: &str) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(policy) else { return false };
    one_or_many(&policy["Statement"]).any(|statement| {
        statement["Effect"] == "Allow"
            && one_or_many(&statement["Action"]).any(|action| matches!(action.as_str(), Some("sts:AssumeRole" | "sts:*" | "*")))
            && one_or_many(&statement["Principal"]["Service"])
                // ec2.amazonaws.com.cn in China.
                .any(|service| service.as_str().is_some_and(|service| service.starts_with("ec2.amazonaws.com")))
    })
}
