//! EBS volumes. Attaching them is in `volume/attachment.rs`.

use api::{
    error::{ApiError, ErrorCode},
    outcome::{Created, Outcome},
    tag as names,
    volume::{Volume, VolumeAction, VolumeDraft},
};
use aws_sdk_ec2::types::{self, ResourceType};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    once,
    paging::{both, filter, pages, searched},
    tag::{specification, tags},
    time::seconds,
    word::{given, natural, word},
};

mod attachment;

const DESCRIBE: &str = "ec2:DescribeVolumes";

impl Backend for Volume {
    const ARGS: &'static [&'static str] = &["instance"];

    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        let filters = both(filter("attachment.instance-id", args.get("instance")), searched::<Self>(args));
        let call = cloud.ec2().describe_volumes().set_max_results(cloud.page_size(1000)).set_filters(filters);
        pages(call.into_paginator().send(), DESCRIBE, |page| page.volumes.unwrap_or_default().into_iter().map(volume).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_volumes().volume_ids(id).send().await.map_err(failed(DESCRIBE))?;
        let found = answer.volumes.unwrap_or_default().into_iter().next().map(volume).ok_or_else(|| not_found(DESCRIBE, id))?;
        Ok(Self { is_live_root: attachment::is_live_root(cloud, &found).await, ..found })
    }

    async fn create(cloud: &Cloud, draft: &VolumeDraft) -> Result<Created, ApiError> {
        let call = cloud
            .ec2()
            .create_volume()
            .availability_zone(&draft.zone)
            .set_snapshot_id(given(&draft.snapshot_id))
            .set_size(integer(draft.size))
            .set_volume_type(given(&draft.volume_type).map(|name| name.as_str().into()))
            .set_iops(integer(draft.iops()))
            .set_throughput(integer(draft.throughput()))
            // Said only where wanted: "not encrypted" is refused for a snapshot that is.
            .set_encrypted(draft.encrypted.then_some(true))
            .set_tag_specifications(specification(ResourceType::Volume, &names::named(&draft.name, &draft.tags)));
        // The SDK adds a client token, which older clouds do not look at.
        let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateVolume"))?;
        let id = made.volume_id.ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud did not say which volume it made."))?;
        Ok(Created { ids: vec![id], secret: None, warnings: vec![] })
    }

    async fn act(cloud: &Cloud, action: &VolumeAction, ids: &[String]) -> Vec<Outcome> {
        let ec2 = cloud.ec2();
        match action {
            VolumeAction::Attach { instance_id, device } => attachment::attach(cloud, instance_id, device, ids).await,
            VolumeAction::Detach { force } => attachment::detach(cloud, *force, ids).await,
            VolumeAction::Modify { volume_type, size, .. } => {
                bulk::one_by_one(ids, async |id| {
                    let call = ec2
                        .modify_volume()
                        .volume_id(id)
                        .set_size(integer(*size))
                        .set_volume_type(given(volume_type).map(|name| name.as_str().into()))
                        .set_iops(integer(action.iops()))
                        .set_throughput(integer(action.throughput()));
                    call.send().await.map(drop).map_err(failed("ec2:ModifyVolume"))
                })
                .await
            }
            VolumeAction::Delete => {
                bulk::one_by_one(ids, async |id| {
                    ec2.delete_volume().volume_id(id).send().await.map(drop).map_err(failed("ec2:DeleteVolume"))
                })
                .await
            }
        }
    }
}

fn integer(value: Option<u32>) -> Option<i32> {
    value.and_then(|value| value.try_into().ok())
}

fn volume(volume: types::Volume) -> Volume {
    // Only io1 and io2 volumes can have several attachments; the first one stands for them.
    let attached = volume.attachments.unwrap_or_default().into_iter().next();
    let (mut instance_id, mut device, mut attachment) = <(String, String, String)>::default();
    let (mut attached_at, mut delete_on_termination) = (None, None);
    if let Some(attached) = attached {
        instance_id = attached.instance_id.unwrap_or_default();
        device = attached.device.unwrap_or_default();
        attachment = word(attached.state);
        attached_at = seconds(attached.attach_time.as_ref());
        delete_on_termination = attached.delete_on_termination;
    }
    Volume {
        id: volume.volume_id.unwrap_or_default(),
        state: word(volume.state),
        size: natural(volume.size).unwrap_or_default(),
        volume_type: word(volume.volume_type),
        iops: natural(volume.iops),
        throughput: natural(volume.throughput),
        zone: volume.availability_zone.unwrap_or_default(),
        snapshot_id: volume.snapshot_id.unwrap_or_default(),
        encrypted: volume.encrypted.unwrap_or_default(),
        created_at: seconds(volume.create_time.as_ref()),
        instance_id,
        device,
        attachment,
        attached_at,
        is_live_root: None,
        delete_on_termination,
        tags: tags(volume.tags),
    }
}
