//! Machine images: their lists, and what can be done to them. Making them is in `image/making.rs`.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use api::{
    error::{ApiError, FieldErrors},
    image::{Image, ImageAction, ImageDraft},
    instance::BlockDevice,
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::types::{self, AttributeValue, ImageAttributeName};
use futures::StreamExt;

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    once,
    paging::{pages, refused, searched},
    sharing,
    tag::tags,
    time::parsed,
    word::{given, natural, word},
};

mod making;
mod unmaking;

pub use unmaking::deregister_those_of;

const DESCRIBE: &str = "ec2:DescribeImages";

impl Backend for Image {
    const ARGS: &'static [&'static str] = &["owner"];

    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        match args.get("owner").map_or("mine", String::as_str) {
            "mine" => mine(cloud, args),
            "self" => of(cloud, Some("self"), None, args),
            "shared" => of(cloud, None, Some("self"), args),
            "amazon" => of(cloud, Some("amazon"), None, args),
            "marketplace" => of(cloud, Some("aws-marketplace"), None, args),
            "all" => of(cloud, None, None, args),
            other => refused(ApiError::invalid(FieldErrors::from([("owner".into(), format!("There is no owner {other}."))]))),
        }
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let found = async {
            let answer = cloud.ec2().describe_images().image_ids(id).send().await.map_err(failed(DESCRIBE))?;
            answer.images.unwrap_or_default().into_iter().next().map(image).ok_or_else(|| not_found(DESCRIBE, id))
        };
        // Only the owner may ask: without it the rest is still worth showing.
        let call = cloud.ec2().describe_image_attribute().image_id(id).attribute(ImageAttributeName::LaunchPermission);
        let permissions = async { call.send().await.map_err(failed("ec2:DescribeImageAttribute")).ok() };
        let (found, permissions) = futures::join!(found, permissions);
        let accounts = |permissions: Vec<types::LaunchPermission>| permissions.into_iter().filter_map(|one| one.user_id).collect();
        let launch_permissions = permissions.map(|answer| accounts(answer.launch_permissions.unwrap_or_default()));
        Ok(Image { launch_permissions, ..found? })
    }

    async fn create(cloud: &Cloud, draft: &ImageDraft) -> Result<Created, ApiError> {
        making::make(cloud, draft).await
    }

    async fn act(cloud: &Cloud, action: &ImageAction, ids: &[String]) -> Vec<Outcome> {
        const MODIFY: &str = "ec2:ModifyImageAttribute";
        let ec2 = cloud.ec2();
        match action {
            ImageAction::Share(change) => {
                bulk::one_by_one(ids, async |id| {
                    let call = ec2.modify_image_attribute().image_id(id).launch_permission(sharing::launch(change));
                    call.send().await.map(drop).map_err(failed(MODIFY))
                })
                .await
            }
            ImageAction::Describe { description } => {
                bulk::one_by_one(ids, async |id| {
                    let text = AttributeValue::builder().value(description).build();
                    ec2.modify_image_attribute().image_id(id).description(text).send().await.map(drop).map_err(failed(MODIFY))
                })
                .await
            }
            ImageAction::Copy { region, name, description, encrypted } => {
                let there = match cloud.in_region(region).await {
                    Ok(there) => there,
                    Err(error) => return ids.iter().map(|id| Outcome::failed(id, error.clone())).collect(),
                };
                bulk::one_by_one(ids, async |id| {
                    let call = there.ec2().copy_image().source_region(cloud.region()).source_image_id(id).name(name);
                    let call = call.set_description(given(description)).set_encrypted(encrypted.then_some(true));
                    call.customize().config_override(once::ec2()).send().await.map(drop).map_err(failed("ec2:CopyImage"))
                })
                .await
            }
            ImageAction::Deregister { with_snapshots } => {
                bulk::one_by_one(ids, async |id| unmaking::deregister(cloud, &id, *with_snapshots).await).await
            }
        }
    }
}

fn of(cloud: &Cloud, owner: Option<&str>, executable_by: Option<&str>, args: &Args) -> Pages<Image> {
    let list = |value: Option<&str>| value.map(|value| vec![value.to_owned()]);
    let call = cloud.ec2().describe_images().set_owners(list(owner)).set_executable_users(list(executable_by));
    let call = call.set_filters(searched::<Image>(args)).set_max_results(cloud.page_size(1000));
    pages(call.into_paginator().send(), DESCRIBE, |page| page.images.unwrap_or_default().into_iter().map(image).collect())
}

/// The account's own and those that others let it use. EC2 has no one call for both, and an image can be in both answers.
fn mine(cloud: &Cloud, args: &Args) -> Pages<Image> {
    let seen = Arc::new(Mutex::new(HashSet::new()));
    let both = of(cloud, Some("self"), None, args).chain(of(cloud, None, Some("self"), args));
    both.map(move |page| {
        let mut page = page?;
        let mut seen = seen.lock().expect("nothing panics while it is held");
        page.retain(|image| seen.insert(image.id.clone()));
        Ok(page)
    })
    .boxed()
}

fn image(image: types::Image) -> Image {
    Image {
        id: image.image_id.unwrap_or_default(),
        name: image.name.unwrap_or_default(),
        description: image.description.unwrap_or_default(),
        state: word(image.state),
        owner: image.owner_id.unwrap_or_default(),
        owner_alias: image.image_owner_alias.unwrap_or_default(),
        public: image.public.unwrap_or_default(),
        architecture: word(image.architecture),
        platform: word(image.platform).to_lowercase(),
        platform_details: image.platform_details.unwrap_or_default(),
        image_type: word(image.image_type),
        root_device_type: word(image.root_device_type),
        root_device_name: image.root_device_name.unwrap_or_default(),
        virtualization_type: word(image.virtualization_type),
        hypervisor: word(image.hypervisor),
        created_at: parsed(image.creation_date.as_deref()),
        deprecated_at: parsed(image.deprecation_time.as_deref()),
        location: image.image_location.unwrap_or_default(),
        kernel_id: image.kernel_id.unwrap_or_default(),
        ramdisk_id: image.ramdisk_id.unwrap_or_default(),
        launch_permissions: None,
        block_devices: image.block_device_mappings.unwrap_or_default().into_iter().filter_map(block_device).collect(),
        tags: tags(image.tags),
    }
}

/// Only volumes: instance stores and suppressed devices are made or left out by the cloud alone.
fn block_device(mapping: types::BlockDeviceMapping) -> Option<BlockDevice> {
    let ebs = mapping.ebs?;
    Some(BlockDevice {
        device: mapping.device_name.unwrap_or_default(),
        snapshot_id: ebs.snapshot_id.unwrap_or_default(),
        size: natural(ebs.volume_size),
        volume_type: word(ebs.volume_type),
        delete_on_termination: ebs.delete_on_termination.unwrap_or_default(),
        encrypted: ebs.encrypted.unwrap_or_default(),
    })
}
