//! Attaching volumes, and what only the instance knows of an attachment.

use std::collections::HashMap;

use api::{
    error::{ApiError, ErrorCode, FieldErrors},
    outcome::Outcome,
    volume::Volume,
};
use aws_sdk_ec2::types::{self, Instance, InstanceStateName};

use crate::{
    Cloud, bulk,
    error::{failed, not_found},
};

const DESCRIBE: &str = "ec2:DescribeInstances";

/// Attaches each as the device of this name, or as the next that is free. One after the other: they compete for the names.
pub async fn attach(cloud: &Cloud, instance_id: &str, device: &str, ids: &[String]) -> Vec<Outcome> {
    let mut taken = vec![];
    if device.is_empty() {
        match devices(cloud, instance_id).await {
            Ok(devices) => taken = devices,
            Err(error) => return ids.iter().map(|id| Outcome::failed(id, error.clone())).collect(),
        }
    }
    let mut outcomes = Vec::with_capacity(ids.len());
    for id in ids {
        let device = if device.is_empty() { api::volume::free_device(&taken) } else { Some(device.to_owned()) };
        let Some(device) = device else {
            outcomes.push(Outcome::failed(id, full()));
            continue;
        };
        let call = cloud.ec2().attach_volume().volume_id(id).instance_id(instance_id).device(&device);
        let error = call.send().await.map_err(failed("ec2:AttachVolume")).err();
        taken.push(device);
        outcomes.push(Outcome { error, ..Outcome::done(id) });
    }
    outcomes
}

/// Detaches each. From which instance has to be said of a volume that may be attached to several, and some clouds always want to know.
pub async fn detach(cloud: &Cloud, force: bool, ids: &[String]) -> Vec<Outcome> {
    let holders = &holders(cloud, ids).await;
    bulk::one_by_one(ids, async |id| {
        let call = cloud.ec2().detach_volume().set_instance_id(holders.get(&id).cloned()).volume_id(id);
        call.set_force(force.then_some(true)).send().await.map(drop).map_err(failed("ec2:DetachVolume"))
    })
    .await
}

/// The first instance that each is attached to. Nothing where the cloud does not tell: then it is left to the cloud to know.
async fn holders(cloud: &Cloud, ids: &[String]) -> HashMap<String, String> {
    let call = cloud.ec2().describe_volumes().set_volume_ids(Some(ids.to_vec()));
    let Ok(answer) = call.send().await.map_err(failed("ec2:DescribeVolumes")) else { return HashMap::new() };
    let holder = |volume: types::Volume| Some((volume.volume_id?, volume.attachments?.into_iter().next()?.instance_id?));
    answer.volumes.unwrap_or_default().into_iter().filter_map(holder).collect()
}

/// Whether it is the root device of an instance that is not stopped; `None` where the cloud does not tell.
pub async fn is_live_root(cloud: &Cloud, volume: &Volume) -> Option<bool> {
    if volume.instance_id.is_empty() {
        return Some(false);
    }
    let instance = instance(cloud, &volume.instance_id).await.ok()?;
    let state = instance.state?.name?;
    Some(instance.root_device_name? == volume.device && state != InstanceStateName::Stopped)
}

async fn devices(cloud: &Cloud, id: &str) -> Result<Vec<String>, ApiError> {
    let mappings = instance(cloud, id).await?.block_device_mappings.unwrap_or_default();
    Ok(mappings.into_iter().filter_map(|mapping| mapping.device_name).collect())
}

async fn instance(cloud: &Cloud, id: &str) -> Result<Instance, ApiError> {
    let answer = cloud.ec2().describe_instances().instance_ids(id).send().await.map_err(failed(DESCRIBE))?;
    let mut instances =
        answer.reservations.unwrap_or_default().into_iter().flat_map(|reservation| reservation.instances.unwrap_or_default());
    instances.next().ok_or_else(|| not_found(DESCRIBE, id))
}

fn full() -> ApiError {
    let message = "No device name from /dev/sdf to /dev/sdp is free on this instance. Enter another one.";
    ApiError { fields: FieldErrors::from([("device".into(), message.into())]), ..ApiError::new(ErrorCode::Quota, message) }
}
