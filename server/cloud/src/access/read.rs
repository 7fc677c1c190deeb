//! Reading policies: those of everybody in one paged call, or those of one by calls of its own.

use api::{
    access::sort,
    error::{ApiError, ErrorCode},
    group::Group,
    kind::Kind,
    permissions::Permissions,
    role::Role,
    user::User,
};
use aws_sdk_iam::{
    operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput,
    types::{self, EntityType},
};
use futures::{StreamExt, TryStreamExt, stream};

use super::known::{Found, Known};
use crate::{
    Cloud,
    error::{failed, not_found},
    identity::{details, document, permissions, tags},
    permissions::{of_group, of_role, of_user},
    policy::default_document,
};

/// How many calls about one thing each are under way at once.
const PARALLEL: usize = 4;

/// What a page has, by name or ARN.
enum Piece {
    User(User),
    Group(Group),
    Role(Role),
    Document(String),
}

/// The policies of everybody. Fails where the cloud does not have the call, or does not let everybody make it.
pub async fn everybody(cloud: &Cloud) -> Result<Known, ApiError> {
    let sorts = [EntityType::User, EntityType::Group, EntityType::Role, EntityType::LocalManagedPolicy, EntityType::AwsManagedPolicy];
    let mut found = Found::default();
    let mut pages = details(cloud, &sorts, pieces);
    while let Some(page) = pages.next().await {
        for (key, piece) in page? {
            match piece {
                Piece::User(user) => found.users.push(user),
                Piece::Group(group) => found.groups.push(group),
                Piece::Role(role) => found.roles.push(role),
                Piece::Document(document) => _ = found.documents.insert(key, document),
            }
        }
    }
    Ok(known(cloud, found).await)
}

/// The policies of one user or role, by its ARN. What it may do cannot be said without any of them, so that each refusal is one of the whole.
pub async fn one(cloud: &Cloud, arn: &str) -> Result<Known, ApiError> {
    let mut found = Found::default();
    match sort(arn) {
        Some((Kind::User, name)) => {
            let (user, groups) = user(cloud, name).await?;
            found.users.push(user);
            found.groups = groups;
        }
        Some((_, name)) => found.roles.push(role(cloud, name).await?),
        None => return Err(ApiError::new(ErrorCode::Invalid, "This is the ARN of neither a user nor a role.")),
    }
    Ok(known(cloud, found).await)
}

async fn known(cloud: &Cloud, mut found: Found) -> Known {
    let missing = stream::iter(found.missing()).map(async |arn| Some((default_document(cloud, &arn).await?, arn)));
    let documents: Vec<_> = missing.buffer_unordered(PARALLEL).filter_map(std::future::ready).collect().await;
    found.documents.extend(documents.into_iter().map(|(document, arn)| (arn, document)));
    Known::of(found)
}

async fn user(cloud: &Cloud, name: &str) -> Result<(User, Vec<Group>), ApiError> {
    const GET: &str = "iam:GetUser";
    let iam = cloud.iam();
    let (found, groups, allowed) = futures::join!(
        iam.get_user().user_name(name).send(),
        iam.list_groups_for_user().user_name(name).into_paginator().items().send().collect::<Result<Vec<_>, _>>(),
        of_user::look(cloud, name),
    );
    let found = found.map_err(failed(GET))?.user.ok_or_else(|| not_found(GET, name))?;
    let names: Vec<_> = groups.map_err(failed("iam:ListGroupsForUser"))?.into_iter().map(|group| group.group_name).collect();
    let group =
        async |name: String| Ok::<_, ApiError>(Group { permissions: Some(of_group::look(cloud, &name).await?), name, ..Group::default() });
    let groups = stream::iter(names.clone()).map(group).buffered(PARALLEL).try_collect().await?;
    let boundary = permissions(None, None, found.permissions_boundary).boundary;
    let user = User {
        name: found.user_name,
        user_id: found.user_id,
        arn: found.arn,
        groups: Some(names),
        permissions: Some(Permissions { boundary, ..allowed? }),
        tags: tags(found.tags),
        ..User::default()
    };
    Ok((user, groups))
}

async fn role(cloud: &Cloud, name: &str) -> Result<Role, ApiError> {
    const GET: &str = "iam:GetRole";
    let (found, allowed) = futures::join!(cloud.iam().get_role().role_name(name).send(), of_role::look(cloud, name));
    let found = found.map_err(failed(GET))?.role.ok_or_else(|| not_found(GET, name))?;
    let boundary = permissions(None, None, found.permissions_boundary).boundary;
    Ok(Role {
        name: found.role_name,
        role_id: found.role_id,
        arn: found.arn,
        trust: document(found.assume_role_policy_document.as_deref()),
        permissions: Some(Permissions { boundary, ..allowed? }),
        tags: tags(found.tags),
        ..Role::default()
    })
}

fn pieces(page: GetAccountAuthorizationDetailsOutput) -> Vec<(String, Piece)> {
    let users = page.user_detail_list.unwrap_or_default().into_iter().map(|user| {
        let name = user.user_name.unwrap_or_default();
        let user = User {
            name: name.clone(),
            user_id: user.user_id.unwrap_or_default(),
            arn: user.arn.unwrap_or_default(),
            groups: Some(user.group_list.unwrap_or_default()),
            permissions: Some(permissions(user.attached_managed_policies, user.user_policy_list, user.permissions_boundary)),
            tags: tags(user.tags),
            ..User::default()
        };
        (name, Piece::User(user))
    });
    let groups = page.group_detail_list.unwrap_or_default().into_iter().map(|group| {
        let name = group.group_name.unwrap_or_default();
        let permissions = Some(permissions(group.attached_managed_policies, group.group_policy_list, None));
        (name.clone(), Piece::Group(Group { name, permissions, ..Group::default() }))
    });
    let roles = page.role_detail_list.unwrap_or_default().into_iter().map(|role| {
        let name = role.role_name.unwrap_or_default();
        let role = Role {
            name: name.clone(),
            role_id: role.role_id.unwrap_or_default(),
            arn: role.arn.unwrap_or_default(),
            trust: document(role.assume_role_policy_document.as_deref()),
            permissions: Some(permissions(role.attached_managed_policies, role.role_policy_list, role.permissions_boundary)),
            tags: tags(role.tags),
            ..Role::default()
        };
        (name, Piece::Role(role))
    });
    let policies = page.policies.unwrap_or_default().into_iter().filter_map(|policy| {
        let is_default = |version: &types::PolicyVersion| version.is_default_version || version.version_id == policy.default_version_id;
        let version = policy.policy_version_list.iter().flatten().find(|version| is_default(version))?;
        let text = document(version.document.as_deref());
        (!text.is_empty()).then(|| (policy.arn.clone().unwrap_or_default(), Piece::Document(text)))
    });
    users.chain(groups).chain(roles).chain(policies).collect()
}
