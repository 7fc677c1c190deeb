//! IAM users.

use api::{
    error::{ApiError, ErrorCode},
    outcome::{Created, Outcome},
    permissions::Permissions,
    tag::TagChange,
    user::{User, UserAction, UserDraft},
};
use aws_sdk_iam::types::{self, EntityType, StatusType};
use futures::{StreamExt, stream};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    credentials::{self, Handed},
    error::{failed, not_found},
    group,
    identity::{details, joined, permissions, retag, sdk_tags, tags},
    once,
    paging::pages,
    permissions::of_user,
    time::seconds,
    word::{given, other},
};

mod credential;
mod mfa;

/// How many users are made at once.
const PARALLEL: usize = 4;

impl Backend for User {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.iam().list_users().set_max_items(cloud.page_size(1000));
        let rows = pages(call.into_paginator().send(), "iam:ListUsers", |page| page.users.into_iter().map(user).collect());
        let details = details(cloud, &[EntityType::User], |page| {
            let known = |user: types::UserDetail| {
                let permissions = permissions(user.attached_managed_policies, user.user_policy_list, user.permissions_boundary);
                (user.user_name.unwrap_or_default(), (user.group_list.unwrap_or_default(), permissions, tags(user.tags)))
            };
            page.user_detail_list.unwrap_or_default().into_iter().map(known).collect()
        });
        joined(rows, details, |user, (groups, permissions, tags)| {
            user.groups = Some(groups);
            user.permissions = Some(permissions);
            user.tags = tags;
        })
    }

    /// What may not be looked at, or what the cloud does not have, is left open: the rest is still worth showing.
    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        const GET: &str = "iam:GetUser";
        let iam = cloud.iam();
        let (found, groups, allowed, password, access_keys, mfa_devices, credentials) = futures::join!(
            iam.get_user().user_name(id).send(),
            iam.list_groups_for_user().user_name(id).into_paginator().items().send().collect::<Result<Vec<_>, _>>(),
            of_user::look(cloud, id),
            credential::has_password(cloud, id),
            credential::access_keys(cloud, id),
            mfa::list(cloud, id),
            credential::others(cloud, id),
        );
        let found = found.map_err(failed(GET))?.user.ok_or_else(|| not_found(GET, id))?;
        let boundary = permissions(None, None, found.permissions_boundary.clone()).boundary;
        Ok(Self {
            groups: groups.ok().map(|groups| groups.into_iter().map(|group| group.group_name).collect()),
            permissions: allowed.ok().map(|allowed| Permissions { boundary, ..allowed }),
            password: password.ok(),
            access_keys: access_keys.ok(),
            mfa_devices: mfa_devices.ok(),
            credentials,
            ..user(found)
        })
    }

    /// What becomes of one does not keep the others from being made: once there are some, the rest is a warning.
    async fn create(cloud: &Cloud, draft: &UserDraft) -> Result<Created, ApiError> {
        let made = stream::iter(draft.names.clone()).map(|name| make(cloud, draft, name));
        let made: Vec<_> = made.buffered(PARALLEL).collect().await;
        let (mut ids, mut handed, mut warnings) = (vec![], vec![], vec![]);
        for one in made {
            match one {
                Ok((one, more)) => {
                    ids.push(one.user.clone());
                    handed.push(one);
                    warnings.extend(more);
                }
                Err(error) => warnings.push(error),
            }
        }
        if ids.is_empty() {
            return Err(warnings.swap_remove(0));
        }
        Ok(Created { ids, secret: credentials::file(&handed), warnings })
    }

    async fn act(cloud: &Cloud, action: &UserAction, ids: &[String]) -> Vec<Outcome> {
        let handed = |handed: Handed| credentials::file(&[handed]);
        bulk::with_secrets(ids, async |id| match action {
            UserAction::AddToGroups { groups } => group::all(groups, |group| group::add(cloud, group, id.clone())).await.map(|()| None),
            UserAction::RemoveFromGroups { groups } => {
                group::all(groups, |group| group::remove(cloud, group, id.clone())).await.map(|()| None)
            }
            UserAction::Permissions(change) => of_user::change(cloud, change, &id).await.map(|()| None),
            UserAction::Rename { name, path } => {
                let call = cloud.iam().update_user().set_new_path(given(path)).set_new_user_name(other(name, &id)).user_name(id);
                call.customize().config_override(once::iam()).send().await.map(|_| None).map_err(failed("iam:UpdateUser"))
            }
            UserAction::CreateAccessKey => credential::make_key(cloud, id).await.map(handed),
            UserAction::Activate { key_id } => credential::set_key(cloud, id, key_id, StatusType::Active).await.map(|()| None),
            UserAction::Deactivate { key_id } => credential::set_key(cloud, id, key_id, StatusType::Inactive).await.map(|()| None),
            UserAction::DeleteAccessKey { key_id } => {
                let call = cloud.iam().delete_access_key().user_name(id).access_key_id(key_id);
                call.send().await.map(|_| None).map_err(failed("iam:DeleteAccessKey"))
            }
            UserAction::SetPassword => credential::set_password(cloud, id).await.map(handed),
            UserAction::DeletePassword => {
                cloud.iam().delete_login_profile().user_name(id).send().await.map(|_| None).map_err(failed("iam:DeleteLoginProfile"))
            }
            UserAction::CreateMfa { name } => mfa::create(cloud, name).await.map(|device| Some(device.file())),
            UserAction::EnableMfa { serial, codes } => mfa::enable(cloud, id, serial, codes).await.map(|()| None),
            UserAction::ResyncMfa { serial, codes } => mfa::resync(cloud, id, serial, codes).await.map(|()| None),
            UserAction::DiscardMfa { serial } => mfa::discard(cloud, serial).await.map(|()| None),
            UserAction::DeactivateMfa { serial } => mfa::deactivate(cloud, id, serial).await.map(|()| None),
            UserAction::DeleteCredential { sort, id: credential } => credential::delete(cloud, id, *sort, credential).await.map(|()| None),
            UserAction::Delete => cloud.iam().delete_user().user_name(id).send().await.map(|_| None).map_err(failed("iam:DeleteUser")),
        })
        .await
    }

    async fn retag(cloud: &Cloud, change: &TagChange, ids: &[String]) -> Vec<Outcome> {
        let set =
            async |id, tags| cloud.iam().tag_user().user_name(id).set_tags(tags).send().await.map(drop).map_err(failed("iam:TagUser"));
        let unset = async |id, keys| {
            cloud.iam().untag_user().user_name(id).set_tag_keys(keys).send().await.map(drop).map_err(failed("iam:UntagUser"))
        };
        retag(change, ids, set, unset).await
    }
}

/// One user, with what was handed over and what did not work.
async fn make(cloud: &Cloud, draft: &UserDraft, name: String) -> Result<(Handed, Vec<ApiError>), ApiError> {
    let call = cloud.iam().create_user().user_name(&name).set_path(given(&draft.path)).set_tags(sdk_tags(&draft.tags));
    call.customize().config_override(once::iam()).send().await.map_err(failed("iam:CreateUser")).map_err(|error| about(&name, error))?;
    let mut warnings: Vec<_> = bulk::one_by_one(&draft.groups, |group| group::add(cloud, group, name.clone()))
        .await
        .into_iter()
        .filter_map(|outcome| outcome.error)
        .collect();
    let mut handed = Handed { user: name.clone(), ..Handed::default() };
    if draft.password {
        match credential::set_password(cloud, name.clone()).await {
            Ok(made) => handed.password = made.password,
            Err(error) => warnings.push(error),
        }
    }
    if draft.access_key {
        match credential::make_key(cloud, name.clone()).await {
            Ok(made) => handed = Handed { password: handed.password, ..made },
            Err(error) => warnings.push(error),
        }
    }
    Ok((handed, warnings.into_iter().map(|error| about(&name, error)).collect()))
}

/// Says of which of many users an error is, where its words do not.
fn about(name: &str, mut error: ApiError) -> ApiError {
    if error.code != ErrorCode::SessionExpired && !error.message.contains(name) {
        error.message = format!("{name}: {}", error.message);
    }
    error
}

fn user(user: types::User) -> User {
    User {
        name: user.user_name,
        user_id: user.user_id,
        arn: user.arn,
        path: user.path,
        created_at: Some(user.create_date.secs()),
        password_last_used: seconds(user.password_last_used.as_ref()),
        tags: tags(user.tags),
        ..User::default()
    }
}
