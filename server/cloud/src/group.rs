//! Groups of IAM users.

use std::collections::BTreeMap;

use api::{
    error::ApiError,
    group::{Group, GroupAction, GroupDraft},
    outcome::{Created, Outcome},
    permissions::Permissions,
};
use aws_sdk_iam::types::{self, EntityType};
use futures::{StreamExt, TryStreamExt, stream};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    identity::{details, joined, permissions},
    once,
    paging::pages,
    permissions::of_group,
    word::{given, other},
};

impl Backend for Group {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.iam().list_groups().set_max_items(cloud.page_size(1000));
        let rows = pages(call.into_paginator().send(), "iam:ListGroups", |page| page.groups.into_iter().map(group).collect());
        joined(rows, contents(cloud), |group, (permissions, users)| {
            group.permissions = Some(permissions);
            group.users = Some(users);
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        const GET: &str = "iam:GetGroup";
        let mut answers = cloud.iam().get_group().group_name(id).into_paginator().send();
        let mut found = None;
        let mut users = vec![];
        while let Some(page) = answers.next().await {
            let page = page.map_err(failed(GET))?;
            users.extend(page.users.into_iter().map(|user| user.user_name));
            found = found.or(page.group);
        }
        let found = found.map(group).ok_or_else(|| not_found(GET, id))?;
        Ok(Self { users: Some(users), permissions: of_group::look(cloud, id).await.ok(), ..found })
    }

    async fn create(cloud: &Cloud, draft: &GroupDraft) -> Result<Created, ApiError> {
        let call = cloud.iam().create_group().group_name(&draft.name).set_path(given(&draft.path));
        call.customize().config_override(once::iam()).send().await.map_err(failed("iam:CreateGroup"))?;
        // The group is there all the same.
        let warnings = bulk::one_by_one(&draft.users, |user| add(cloud, draft.name.clone(), user)).await;
        let warnings = warnings.into_iter().filter_map(|outcome| outcome.error).collect();
        Ok(Created { ids: vec![draft.name.clone()], secret: None, warnings })
    }

    async fn act(cloud: &Cloud, action: &GroupAction, ids: &[String]) -> Vec<Outcome> {
        bulk::one_by_one(ids, async |id| match action {
            GroupAction::AddUsers { users } => all(users, |user| add(cloud, id.clone(), user)).await,
            GroupAction::RemoveUsers { users } => all(users, |user| remove(cloud, id.clone(), user)).await,
            GroupAction::Permissions(change) => of_group::change(cloud, change, &id).await,
            GroupAction::Rename { name, path } => {
                let call = cloud.iam().update_group().set_new_path(given(path)).set_new_group_name(other(name, &id)).group_name(id);
                call.customize().config_override(once::iam()).send().await.map(drop).map_err(failed("iam:UpdateGroup"))
            }
            GroupAction::Delete => cloud.iam().delete_group().group_name(id).send().await.map(drop).map_err(failed("iam:DeleteGroup")),
        })
        .await
    }
}

/// Does it for each, and says the first refusal.
pub async fn all<F: Future<Output = Result<(), ApiError>>>(names: &[String], call: impl Fn(String) -> F) -> Result<(), ApiError> {
    bulk::one_by_one(names, call).await.into_iter().find_map(|outcome| outcome.error).map_or(Ok(()), Err)
}

pub async fn add(cloud: &Cloud, group: String, user: String) -> Result<(), ApiError> {
    let call = cloud.iam().add_user_to_group().group_name(group).user_name(user);
    call.send().await.map(drop).map_err(failed("iam:AddUserToGroup"))
}

pub async fn remove(cloud: &Cloud, group: String, user: String) -> Result<(), ApiError> {
    let call = cloud.iam().remove_user_from_group().group_name(group).user_name(user);
    call.send().await.map(drop).map_err(failed("iam:RemoveUserFromGroup"))
}

fn group(group: types::Group) -> Group {
    Group {
        name: group.group_name,
        group_id: group.group_id,
        arn: group.arn,
        path: group.path,
        created_at: Some(group.create_date.secs()),
        users: None,
        permissions: None,
    }
}

/// What a page of details says: of a group what it may do, or of a user in which group it is.
enum Said {
    Permissions(Permissions),
    User(String),
}

type Contents = (Permissions, Vec<String>);

/// What groups may do and who is in them: known when every user was looked at, for users tell their groups and groups not their users.
fn contents(cloud: &Cloud) -> Pages<(String, Contents)> {
    let said = details(cloud, &[EntityType::Group, EntityType::User], |page| {
        let groups = page.group_detail_list.unwrap_or_default().into_iter().map(|group| {
            let permissions = permissions(group.attached_managed_policies, group.group_policy_list, None);
            (group.group_name.unwrap_or_default(), Said::Permissions(permissions))
        });
        let users = page.user_detail_list.unwrap_or_default().into_iter().flat_map(|user| {
            let name = user.user_name.unwrap_or_default();
            user.group_list.unwrap_or_default().into_iter().map(move |group| (group, Said::User(name.clone())))
        });
        groups.chain(users).collect()
    });
    let all = said.try_fold(BTreeMap::<String, Contents>::new(), async |mut all, page| {
        for (group, said) in page {
            let contents = all.entry(group).or_default();
            match said {
                Said::Permissions(permissions) => contents.0 = permissions,
                Said::User(name) => contents.1.push(name),
            }
        }
        Ok(all)
    });
    stream::once(async { all.await.map(|all| all.into_iter().collect()) }).boxed()
}
