//! Changing instances: in one call where the operation takes many, else one by one.

use api::{error::ApiError, instance::InstanceAction, outcome::Outcome};
use aws_sdk_ec2::{
    primitives::Blob,
    types::{AttributeBooleanValue, AttributeValue, SecureBlobAttributeValue},
};

use super::role;
use crate::{Cloud, bulk, error::failed};

pub async fn act(cloud: &Cloud, action: &InstanceAction, ids: &[String]) -> Vec<Outcome> {
    use InstanceAction::{Reboot, RemoveRole, SetMonitoring, SetRole, Start, Stop, Terminate};
    match action {
        Start | Stop { .. } | Reboot | Terminate | SetMonitoring { .. } => bulk::in_halves(ids, |ids| on_all(cloud, action, ids)).await,
        SetRole { role } => role::set(cloud, role, ids).await,
        RemoveRole => bulk::one_by_one(ids, |id| role::remove(cloud, id)).await,
        _ => bulk::one_by_one(ids, |id| modify(cloud, action, id)).await,
    }
}

async fn on_all(cloud: &Cloud, action: &InstanceAction, ids: Vec<String>) -> Result<(), ApiError> {
    let (ec2, ids) = (cloud.ec2(), Some(ids));
    match action {
        InstanceAction::Start => ec2.start_instances().set_instance_ids(ids).send().await.map(drop).map_err(failed("ec2:StartInstances")),
        InstanceAction::Stop { force } => {
            let call = ec2.stop_instances().set_instance_ids(ids).set_force(force.then_some(true));
            call.send().await.map(drop).map_err(failed("ec2:StopInstances"))
        }
        InstanceAction::Reboot => {
            ec2.reboot_instances().set_instance_ids(ids).send().await.map(drop).map_err(failed("ec2:RebootInstances"))
        }
        InstanceAction::Terminate => {
            ec2.terminate_instances().set_instance_ids(ids).send().await.map(drop).map_err(failed("ec2:TerminateInstances"))
        }
        InstanceAction::SetMonitoring { enabled: true } => {
            ec2.monitor_instances().set_instance_ids(ids).send().await.map(drop).map_err(failed("ec2:MonitorInstances"))
        }
        InstanceAction::SetMonitoring { enabled: false } => {
            ec2.unmonitor_instances().set_instance_ids(ids).send().await.map(drop).map_err(failed("ec2:UnmonitorInstances"))
        }
        _ => Ok(()),
    }
}

/// Changes attributes of one instance. EC2 takes one attribute a call.
async fn modify(cloud: &Cloud, action: &InstanceAction, id: String) -> Result<(), ApiError> {
    let call = || cloud.ec2().modify_instance_attribute().instance_id(&id);
    let calls = match action {
        InstanceAction::SetTerminationProtection { enabled } => vec![call().disable_api_termination(flag(*enabled))],
        InstanceAction::SetType { instance_type } => vec![call().instance_type(text(instance_type))],
        // The SDK makes base64 of it.
        InstanceAction::SetUserData { user_data } => {
            vec![call().user_data(SecureBlobAttributeValue::builder().value(Blob::new(user_data.as_str())).build())]
        }
        InstanceAction::SetKernel { kernel_id, ramdisk_id } => {
            let kernel = (!kernel_id.is_empty()).then(|| call().kernel(text(kernel_id)));
            let ramdisk = (!ramdisk_id.is_empty()).then(|| call().ramdisk(text(ramdisk_id)));
            kernel.into_iter().chain(ramdisk).collect()
        }
        InstanceAction::SetSecurityGroups { security_group_ids } => vec![call().set_groups(Some(security_group_ids.clone()))],
        InstanceAction::SetSourceDestCheck { enabled } => vec![call().source_dest_check(flag(*enabled))],
        _ => vec![],
    };
    for call in calls {
        call.send().await.map_err(failed("ec2:ModifyInstanceAttribute"))?;
    }
    Ok(())
}

fn flag(value: bool) -> AttributeBooleanValue {
    AttributeBooleanValue::builder().value(value).build()
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::builder().value(value).build()
}
