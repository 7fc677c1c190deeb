//! EBS volumes.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    resource::Never,
    volume::Volume,
};
use aws_sdk_ec2::types;

use crate::{
    Args, Backend, Cloud, Pages,
    error::{failed, not_found},
    paging::{filter, pages},
    tag::tags,
    time::seconds,
    word::{natural, word},
};

const DESCRIBE: &str = "ec2:DescribeVolumes";

impl Backend for Volume {
    const ARGS: &'static [&'static str] = &["instance"];

    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        let attached = filter("attachment.instance-id", args.get("instance"));
        let call = cloud.ec2().describe_volumes().set_max_results(cloud.page_size(1000)).set_filters(attached);
        pages(call.into_paginator().send(), DESCRIBE, |page| page.volumes.unwrap_or_default().into_iter().map(volume).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_volumes().volume_ids(id).send().await.map_err(failed(DESCRIBE))?;
        answer.volumes.unwrap_or_default().into_iter().next().map(volume).ok_or_else(|| not_found(DESCRIBE, id))
    }

    async fn create(_: &Cloud, draft: &Never) -> Result<Created, ApiError> {
        match *draft {}
    }

    async fn act(_: &Cloud, action: &Never, _: &[String]) -> Vec<Outcome> {
        match *action {}
    }
}

fn volume(volume: types::Volume) -> Volume {
    // Only io1 and io2 volumes can have several attachments; the first one stands for them.
    let attachment = volume.attachments.unwrap_or_default().into_iter().next();
    let (instance_id, device, delete_on_termination) = attachment.map_or_else(Default::default, |attachment| {
        (attachment.instance_id.unwrap_or_default(), attachment.device.unwrap_or_default(), attachment.delete_on_termination)
    });
    Volume {
        id: volume.volume_id.unwrap_or_default(),
        state: word(volume.state),
        size: natural(volume.size).unwrap_or_default(),
        volume_type: word(volume.volume_type),
        iops: natural(volume.iops),
        zone: volume.availability_zone.unwrap_or_default(),
        snapshot_id: volume.snapshot_id.unwrap_or_default(),
        encrypted: volume.encrypted.unwrap_or_default(),
        created_at: seconds(volume.create_time.as_ref()),
        instance_id,
        device,
        delete_on_termination,
        tags: tags(volume.tags),
    }
}
