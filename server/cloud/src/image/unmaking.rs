//! Deregistering images, and what becomes of the snapshots that they are made of.

use std::collections::BTreeSet;

use api::error::ApiError;
use aws_sdk_ec2::types::{Filter, Image};

use super::DESCRIBE;
use crate::{
    Cloud,
    error::{failed, not_found},
    snapshot,
};

/// Deregisters an image. With its snapshots, those go that no other image of the account is made of: EC2 would keep them anyway, but not every
/// cloud does.
pub async fn deregister(cloud: &Cloud, id: &str, with_snapshots: bool) -> Result<(), ApiError> {
    let snapshots = if with_snapshots { snapshots_of_this_alone(cloud, id).await? } else { vec![] };
    call(cloud, id).await?;
    for snapshot in snapshots {
        snapshot::delete(cloud, snapshot.clone()).await.map_err(|mut error| {
            error.message = format!("The image is deregistered, but its snapshot {snapshot} could not be deleted: {}", error.message);
            error
        })?;
    }
    Ok(())
}

/// Deregisters the account's images that are made of a snapshot.
pub async fn deregister_those_of(cloud: &Cloud, snapshot: &str) -> Result<(), ApiError> {
    for image in made_of(cloud, [snapshot.to_owned()]).await? {
        if let Some(id) = &image.image_id {
            call(cloud, id).await?;
        }
    }
    Ok(())
}

async fn call(cloud: &Cloud, id: &str) -> Result<(), ApiError> {
    cloud.ec2().deregister_image().image_id(id).send().await.map(drop).map_err(failed("ec2:DeregisterImage"))
}

async fn snapshots_of_this_alone(cloud: &Cloud, id: &str) -> Result<Vec<String>, ApiError> {
    let answer = cloud.ec2().describe_images().image_ids(id).send().await.map_err(failed(DESCRIBE))?;
    let image = answer.images.unwrap_or_default().into_iter().next().ok_or_else(|| not_found(DESCRIBE, id))?;
    let own = snapshots(&image);
    if own.is_empty() {
        return Ok(vec![]);
    }
    let others = made_of(cloud, own.clone()).await?;
    let others: BTreeSet<_> = others.iter().filter(|other| other.image_id.as_deref() != Some(id)).flat_map(snapshots).collect();
    Ok(own.into_iter().filter(|snapshot| !others.contains(snapshot)).collect())
}

async fn made_of(cloud: &Cloud, snapshots: impl IntoIterator<Item = String>) -> Result<Vec<Image>, ApiError> {
    let values = Some(snapshots.into_iter().collect());
    let filter = Filter::builder().name("block-device-mapping.snapshot-id").set_values(values).build();
    let answer = cloud.ec2().describe_images().owners("self").filters(filter).send().await.map_err(failed(DESCRIBE))?;
    Ok(answer.images.unwrap_or_default())
}

fn snapshots(image: &Image) -> BTreeSet<String> {
    let mappings = image.block_device_mappings.as_deref().unwrap_or_default();
    mappings.iter().filter_map(|mapping| mapping.ebs.as_ref()?.snapshot_id.clone()).collect()
}
