//! Snapshots of volumes. Never all public ones: there are hundreds of thousands, and nobody looks for one of them in a list.

use api::{
    error::{ApiError, ErrorCode, FieldErrors},
    outcome::{Created, Outcome},
    snapshot::{Snapshot, SnapshotAction, SnapshotDraft},
    tag as names,
};
use aws_sdk_ec2::types::{self, PermissionGroup, ResourceType, SnapshotAttributeName};
use futures::{StreamExt, TryStreamExt, stream};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    image, once,
    paging::{both, filter, pages, refused, searched},
    sharing,
    tag::{specification, tags},
    time::seconds,
    word::{given, natural, word},
};

const DESCRIBE: &str = "ec2:DescribeSnapshots";

impl Backend for Snapshot {
    const ARGS: &'static [&'static str] = &["owner", "volume"];

    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        match args.get("owner").map_or("self", String::as_str) {
            "self" => of(cloud, Some("self"), None, args),
            "mine" => of(cloud, None, Some("self"), args),
            "shared" => shared(cloud, args),
            other => refused(ApiError::invalid(FieldErrors::from([("owner".into(), format!("There is no owner {other}."))]))),
        }
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let found = async {
            let answer = cloud.ec2().describe_snapshots().snapshot_ids(id).send().await.map_err(failed(DESCRIBE))?;
            answer.snapshots.unwrap_or_default().into_iter().next().map(snapshot).ok_or_else(|| not_found(DESCRIBE, id))
        };
        // Only the owner may ask: without it the rest is still worth showing.
        let call = cloud.ec2().describe_snapshot_attribute().snapshot_id(id).attribute(SnapshotAttributeName::CreateVolumePermission);
        let permissions = async { call.send().await.map_err(failed("ec2:DescribeSnapshotAttribute")).ok() };
        let (found, permissions) = futures::join!(found, permissions);
        let permissions = permissions.map(|answer| answer.create_volume_permissions.unwrap_or_default());
        Ok(Snapshot {
            public: permissions.as_ref().map(|all| all.iter().any(|one| one.group == Some(PermissionGroup::All))),
            shared_with: permissions.map(|all| all.into_iter().filter_map(|one| one.user_id).collect()),
            ..found?
        })
    }

    async fn create(cloud: &Cloud, draft: &SnapshotDraft) -> Result<Created, ApiError> {
        let call = cloud
            .ec2()
            .create_snapshot()
            .volume_id(&draft.volume_id)
            .set_description(given(&draft.description))
            .set_tag_specifications(specification(ResourceType::Snapshot, &names::named(&draft.name, &draft.tags)));
        let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateSnapshot"))?;
        let id = made.snapshot_id.ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud did not say which snapshot it made."))?;
        Ok(Created { ids: vec![id], secret: None, warnings: vec![] })
    }

    async fn act(cloud: &Cloud, action: &SnapshotAction, ids: &[String]) -> Vec<Outcome> {
        let ec2 = cloud.ec2();
        match action {
            SnapshotAction::Copy { region, description, encrypted } => {
                let there = match cloud.in_region(region).await {
                    Ok(there) => there,
                    Err(error) => return ids.iter().map(|id| Outcome::failed(id, error.clone())).collect(),
                };
                bulk::one_by_one(ids, async |id| {
                    let call = there.ec2().copy_snapshot().source_region(cloud.region()).source_snapshot_id(id);
                    let call = call.set_description(given(description)).set_encrypted(encrypted.then_some(true));
                    call.customize().config_override(once::ec2()).send().await.map(drop).map_err(failed("ec2:CopySnapshot"))
                })
                .await
            }
            SnapshotAction::Share(change) => {
                bulk::one_by_one(ids, async |id| {
                    let call = ec2.modify_snapshot_attribute().snapshot_id(id).attribute(SnapshotAttributeName::CreateVolumePermission);
                    let call = call.create_volume_permission(sharing::create_volume(change));
                    call.send().await.map(drop).map_err(failed("ec2:ModifySnapshotAttribute"))
                })
                .await
            }
            SnapshotAction::Delete { with_images } => {
                bulk::one_by_one(ids, async |id| {
                    if *with_images {
                        image::deregister_those_of(cloud, &id).await?;
                    }
                    delete(cloud, id).await
                })
                .await
            }
        }
    }
}

pub async fn delete(cloud: &Cloud, id: String) -> Result<(), ApiError> {
    cloud.ec2().delete_snapshot().snapshot_id(id).send().await.map(drop).map_err(failed("ec2:DeleteSnapshot"))
}

fn of(cloud: &Cloud, owner: Option<&str>, restorable_by: Option<&str>, args: &Args) -> Pages<Snapshot> {
    let list = |value: Option<&str>| value.map(|value| vec![value.to_owned()]);
    let call = cloud.ec2().describe_snapshots().set_owner_ids(list(owner)).set_restorable_by_user_ids(list(restorable_by));
    let filters = both(filter("volume-id", args.get("volume")), searched::<Snapshot>(args));
    let call = call.set_filters(filters).set_max_results(cloud.page_size(1000));
    pages(call.into_paginator().send(), DESCRIBE, |page| page.snapshots.unwrap_or_default().into_iter().map(snapshot).collect())
}

/// What the account may use, without its own: EC2 has no question of its own for these.
fn shared(cloud: &Cloud, args: &Args) -> Pages<Snapshot> {
    let caller = cloud.sts().get_caller_identity();
    let all = of(cloud, None, Some("self"), args);
    let pages = async move {
        let answer = caller.send().await.map_err(failed("sts:GetCallerIdentity"))?;
        let account = answer.account.unwrap_or_default();
        Ok::<_, ApiError>(all.map_ok(move |mut page| {
            page.retain(|snapshot| snapshot.owner != account);
            page
        }))
    };
    stream::once(pages).try_flatten().boxed()
}

fn snapshot(snapshot: types::Snapshot) -> Snapshot {
    Snapshot {
        id: snapshot.snapshot_id.unwrap_or_default(),
        state: word(snapshot.state),
        state_reason: snapshot.state_message.unwrap_or_default(),
        progress: snapshot.progress.unwrap_or_default(),
        volume_id: snapshot.volume_id.unwrap_or_default(),
        size: natural(snapshot.volume_size).unwrap_or_default(),
        description: snapshot.description.unwrap_or_default(),
        encrypted: snapshot.encrypted.unwrap_or_default(),
        owner: snapshot.owner_id.unwrap_or_default(),
        owner_alias: snapshot.owner_alias.unwrap_or_default(),
        started_at: seconds(snapshot.start_time.as_ref()),
        completed_at: seconds(snapshot.completion_time.as_ref()),
        storage_tier: word(snapshot.storage_tier),
        public: None,
        shared_with: None,
        tags: tags(snapshot.tags),
    }
}
