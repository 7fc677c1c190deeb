//! From what `GetLaunchTemplateData` tells of an instance to what `CreateLaunchTemplate` takes: the API has two types for the same thing.
//!
//! What belongs to the one instance (its private address, its client token, its reservation) stays behind; so do the rarer settings.

use aws_sdk_ec2::types::{
    LaunchTemplateBlockDeviceMapping, LaunchTemplateBlockDeviceMappingRequest, LaunchTemplateEbsBlockDeviceRequest,
    LaunchTemplateIamInstanceProfileSpecificationRequest, LaunchTemplateInstanceNetworkInterfaceSpecification,
    LaunchTemplateInstanceNetworkInterfaceSpecificationRequest, LaunchTemplatePlacementRequest, LaunchTemplateTagSpecification,
    LaunchTemplateTagSpecificationRequest, LaunchTemplatesMonitoringRequest, RequestLaunchTemplateData, ResponseLaunchTemplateData,
};

pub fn request(data: ResponseLaunchTemplateData) -> RequestLaunchTemplateData {
    let profile = data
        .iam_instance_profile
        .map(|profile| LaunchTemplateIamInstanceProfileSpecificationRequest::builder().set_arn(profile.arn).set_name(profile.name).build());
    let monitoring = data.monitoring.map(|monitoring| LaunchTemplatesMonitoringRequest::builder().set_enabled(monitoring.enabled).build());
    let placement = data.placement.map(|placement| {
        let request = LaunchTemplatePlacementRequest::builder().set_availability_zone(placement.availability_zone);
        request.set_tenancy(placement.tenancy).build()
    });
    let interfaces: Vec<_> = data.network_interfaces.unwrap_or_default().into_iter().map(interface).collect();
    // Groups stand either with the interfaces or by themselves; the API refuses both.
    let groups = data.security_group_ids.filter(|groups| interfaces.is_empty() && !groups.is_empty());
    let devices: Vec<_> = data.block_device_mappings.unwrap_or_default().into_iter().map(device).collect();
    let tags: Vec<_> = data.tag_specifications.unwrap_or_default().into_iter().filter_map(tags).collect();
    RequestLaunchTemplateData::builder()
        .set_image_id(data.image_id)
        .set_instance_type(data.instance_type)
        .set_key_name(data.key_name)
        .set_ebs_optimized(data.ebs_optimized)
        .set_user_data(data.user_data.filter(|data| !data.is_empty()))
        .set_disable_api_termination(data.disable_api_termination)
        .set_instance_initiated_shutdown_behavior(data.instance_initiated_shutdown_behavior)
        .set_kernel_id(data.kernel_id)
        .set_ram_disk_id(data.ram_disk_id)
        .set_iam_instance_profile(profile)
        .set_monitoring(monitoring)
        .set_placement(placement)
        .set_security_group_ids(groups)
        .set_network_interfaces(Some(interfaces).filter(|interfaces| !interfaces.is_empty()))
        .set_block_device_mappings(Some(devices).filter(|devices| !devices.is_empty()))
        .set_tag_specifications(Some(tags).filter(|tags| !tags.is_empty()))
        .build()
}

fn interface(interface: LaunchTemplateInstanceNetworkInterfaceSpecification) -> LaunchTemplateInstanceNetworkInterfaceSpecificationRequest {
    LaunchTemplateInstanceNetworkInterfaceSpecificationRequest::builder()
        .set_device_index(interface.device_index)
        .set_subnet_id(interface.subnet_id)
        .set_groups(interface.groups)
        .set_associate_public_ip_address(interface.associate_public_ip_address)
        .set_delete_on_termination(interface.delete_on_termination)
        .build()
}

fn device(device: LaunchTemplateBlockDeviceMapping) -> LaunchTemplateBlockDeviceMappingRequest {
    let ebs = device.ebs.map(|ebs| {
        LaunchTemplateEbsBlockDeviceRequest::builder()
            .set_volume_size(ebs.volume_size)
            .set_volume_type(ebs.volume_type)
            .set_iops(ebs.iops)
            .set_throughput(ebs.throughput)
            .set_snapshot_id(ebs.snapshot_id)
            .set_encrypted(ebs.encrypted)
            .set_delete_on_termination(ebs.delete_on_termination)
            .build()
    });
    let request = LaunchTemplateBlockDeviceMappingRequest::builder().set_device_name(device.device_name);
    request.set_virtual_name(device.virtual_name).set_no_device(device.no_device).set_ebs(ebs).build()
}

/// Without the cloud's own tags, which nobody may set, and without the name, which is one instance's.
fn tags(specification: LaunchTemplateTagSpecification) -> Option<LaunchTemplateTagSpecificationRequest> {
    let own = |tag: &aws_sdk_ec2::types::Tag| tag.key.as_deref().is_some_and(|key| key != "Name" && !key.starts_with("aws:"));
    let tags: Vec<_> = specification.tags.unwrap_or_default().into_iter().filter(own).collect();
    let request = LaunchTemplateTagSpecificationRequest::builder().set_resource_type(specification.resource_type);
    (!tags.is_empty()).then(|| request.set_tags(Some(tags)).build())
}
