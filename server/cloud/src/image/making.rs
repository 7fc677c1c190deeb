//! Making images: of an instance, or of a snapshot.

use api::{
    error::{ApiError, ErrorCode},
    image::ImageDraft,
    outcome::Created,
};
use aws_sdk_ec2::types::{BlockDeviceMapping, EbsBlockDevice, ResourceType};

use crate::{Cloud, error::failed, once, tag::specification, word::given};

pub async fn make(cloud: &Cloud, draft: &ImageDraft) -> Result<Created, ApiError> {
    let id = match draft {
        ImageDraft::Instance { instance_id, name, description, no_reboot, tags } => {
            let call = cloud
                .ec2()
                .create_image()
                .instance_id(instance_id)
                .name(name)
                .set_description(given(description))
                .no_reboot(*no_reboot)
                .set_tag_specifications(specification(ResourceType::Image, tags));
            call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateImage"))?.image_id
        }
        ImageDraft::Snapshot { snapshot_id, name, description, architecture, root_device, volume_type, delete_on_termination, tags } => {
            let ebs = EbsBlockDevice::builder()
                .snapshot_id(snapshot_id)
                .set_volume_type(given(volume_type).map(|name| name.as_str().into()))
                .delete_on_termination(*delete_on_termination);
            let root = BlockDeviceMapping::builder().device_name(root_device).ebs(ebs.build()).build();
            let call = cloud
                .ec2()
                .register_image()
                .name(name)
                .set_description(given(description))
                .set_architecture(given(architecture).map(|name| name.as_str().into()))
                // Paravirtual images run on hardly anything any more, and network adapters of today want the flag.
                .virtualization_type("hvm")
                .ena_support(true)
                .root_device_name(root_device)
                .block_device_mappings(root)
                .set_tag_specifications(specification(ResourceType::Image, tags));
            call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:RegisterImage"))?.image_id
        }
    };
    let id = id.ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud did not say which image it made."))?;
    Ok(Created { ids: vec![id], secret: None, warnings: vec![] })
}
