//! Launching instances. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>

use std::time::Duration;

use api::{
    error::{ApiError, ErrorCode},
    instance::{BlockDevice, InstanceDraft},
    outcome::Created,
    tag::Tag,
};
use aws_sdk_ec2::{
    operation::run_instances::builders::RunInstancesFluentBuilder,
    types::{
        BlockDeviceMapping, EbsBlockDevice, IamInstanceProfileSpecification, InstanceNetworkInterfaceSpecification,
        LaunchTemplateSpecification, Placement, ResourceType, RunInstancesMonitoringEnabled, TagSpecification,
    },
};
use futures::{StreamExt, stream};

use crate::{
    Cloud,
    error::failed,
    instance_profile::{self, PROFILE_WAITS, Profile},
    tag::sdk_tags,
};

pub async fn launch(cloud: &Cloud, draft: &InstanceDraft) -> Result<Created, ApiError> {
    if draft.role.is_empty() {
        return run(cloud, draft, None).await;
    }
    let profile = instance_profile::of_role(cloud, &draft.role).await.map_err(|mut err| {
        err.fields.insert("role".into(), err.message.clone());
        err
    })?;
    let mut launched = run(cloud, draft, Some(&profile)).await;
    for seconds in PROFILE_WAITS {
        match &launched {
            Err(err) if profile.made && err.fields.contains_key("role") => {}
            _ => break,
        }
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        launched = run(cloud, draft, Some(&profile)).await;
    }
    if launched.is_err() && profile.made {
        instance_profile::unmake(cloud, &profile).await;
    }
    launched
}

async fn run(cloud: &Cloud, draft: &InstanceDraft, profile: Option<&Profile>) -> Result<Created, ApiError> {
    // The SDK adds a client token, which makes its own retries safe: a repeated call answers with the instances of the first.
    let answer = request(cloud, draft, profile).send().await.map_err(failed("ec2:RunInstances"))?;
    let mut launched = answer.instances.unwrap_or_default();
    launched.sort_by_key(|instance| instance.ami_launch_index);
    let ids: Vec<_> = launched.into_iter().filter_map(|instance| instance.instance_id).collect();
    if ids.is_empty() {
        return Err(ApiError::new(ErrorCode::CloudFailure, "The cloud did not say which instances it launched."));
    }
    let warnings = if draft.names.len() > 1 { name(cloud, &ids, &draft.names).await } else { vec![] };
    Ok(Created { ids, secret: None, warnings })
}

/// Gives each instance its own name; what that failed with does not undo the launch.
async fn name(cloud: &Cloud, ids: &[String], names: &[String]) -> Vec<ApiError> {
    let pairs: Vec<_> = ids.iter().cloned().zip(names.iter().cloned()).filter(|(_, name)| !name.is_empty()).collect();
    let calls = stream::iter(pairs).map(|(id, name)| {
        let call = cloud.ec2().create_tags().resources(&id).set_tags(Some(sdk_tags(&[Tag::new("Name", &name)])));
        async move {
            call.send().await.map_err(failed("ec2:CreateTags")).err().map(|mut err| {
                err.message = format!("{id} was launched, but could not be named {name}: {}", err.message);
                err
            })
        }
    });
    calls.buffered(8).filter_map(async |error| error).collect().await
}

fn request(cloud: &Cloud, draft: &InstanceDraft, profile: Option<&Profile>) -> RunInstancesFluentBuilder {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let count = i32::try_from(draft.count).unwrap_or(i32::MAX);
    let mut call = cloud
        .ec2()
        .run_instances()
        .set_launch_template(template(draft))
        .set_image_id(given(&draft.image_id))
        .min_count(count)
        .max_count(count)
        .set_instance_type(given(&draft.instance_type).map(|name| name.as_str().into()))
        .set_key_name(given(&draft.key_name))
        .set_user_data(given(&draft.user_data));
    let groups = Some(draft.security_group_ids.clone()).filter(|groups| !groups.is_empty());
    if let Some(public) = draft.public_ip {
        // The wish for an address belongs to an interface, and then subnet and groups belong to it as well.
        let interface = InstanceNetworkInterfaceSpecification::builder()
            .device_index(0)
            .associate_public_ip_address(public)
            .delete_on_termination(true)
            .set_subnet_id(given(&draft.subnet_id))
            .set_groups(groups);
        call = call.network_interfaces(interface.build());
    } else {
        call = call.set_subnet_id(given(&draft.subnet_id)).set_security_group_ids(groups);
    }
    // A subnet lies in a zone already.
    if draft.subnet_id.is_empty() && !draft.zone.is_empty() {
        call = call.placement(Placement::builder().availability_zone(&draft.zone).build());
    }
    if draft.monitoring {
        call = call.monitoring(RunInstancesMonitoringEnabled::builder().enabled(true).build());
    }
    if draft.termination_protection {
        call = call.disable_api_termination(true);
    }
    if let Some(profile) = profile {
        call = call.iam_instance_profile(IamInstanceProfileSpecification::builder().name(&profile.name).build());
    }
    let tags = shared_tags(draft);
    if !tags.is_empty() {
        let tags = TagSpecification::builder().resource_type(ResourceType::Instance).set_tags(Some(sdk_tags(&tags)));
        call = call.tag_specifications(tags.build());
    }
    call.set_block_device_mappings(
        Some(draft.block_devices.iter().map(block_device).collect()).filter(|devices: &Vec<_>| !devices.is_empty()),
    )
}

fn template(draft: &InstanceDraft) -> Option<LaunchTemplateSpecification> {
    let version = draft.launch_template_version.map(|number| number.to_string());
    let template = LaunchTemplateSpecification::builder().launch_template_id(&draft.launch_template_id).set_version(version);
    (!draft.launch_template_id.is_empty()).then(|| template.build())
}

/// The tags that all instances of the launch have: set in the launch itself, so that no instance is ever without them.
fn shared_tags(draft: &InstanceDraft) -> Vec<Tag> {
    let mut tags = draft.tags.clone();
    if let [name] = draft.names.as_slice()
        && !name.is_empty()
    {
        tags.push(Tag::new("Name", name));
    }
    tags
}

fn block_device(device: &BlockDevice) -> BlockDeviceMapping {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let ebs = EbsBlockDevice::builder()
        .set_snapshot_id(given(&device.snapshot_id))
        .set_volume_size(device.size.and_then(|size| size.try_into().ok()))
        .set_volume_type(given(&device.volume_type).map(|kind| kind.as_str().into()))
        .delete_on_termination(device.delete_on_termination)
        // Said only where wanted: "not encrypted" is refused for a snapshot that is.
        .set_encrypted(device.encrypted.then_some(true));
    BlockDeviceMapping::builder().device_name(&device.device).ebs(ebs.build()).build()
}
