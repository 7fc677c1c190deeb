//! Tags of EC2 resources, whatever their kind.

use api::{
    outcome::Outcome,
    tag::{Tag, TagChange},
};
use aws_sdk_ec2::types;

use crate::{Cloud, bulk, error::failed};

/// From the SDK's tags, by key: clouds hand them out in no order.
pub fn tags(tags: Option<Vec<types::Tag>>) -> Vec<Tag> {
    let pair = |tag: types::Tag| Tag { key: tag.key.unwrap_or_default(), value: tag.value.unwrap_or_default() };
    let mut tags: Vec<_> = tags.unwrap_or_default().into_iter().map(pair).collect();
    tags.sort();
    tags
}

/// To the SDK's.
pub fn sdk_tags(tags: &[Tag]) -> Vec<types::Tag> {
    tags.iter().map(|tag| types::Tag::builder().key(&tag.key).value(&tag.value).build()).collect()
}

/// For calls that take the tags of what they make; nothing without tags, since older clouds do not know the parameter.
pub fn specification(resource_type: types::ResourceType, tags: &[Tag]) -> Option<Vec<types::TagSpecification>> {
    let made = || types::TagSpecification::builder().resource_type(resource_type).set_tags(Some(sdk_tags(tags))).build();
    (!tags.is_empty()).then(|| vec![made()])
}

/// Both calls overwrite or remove what is named, so that repeating them does no harm.
pub async fn retag(cloud: &Cloud, change: &TagChange, ids: &[String]) -> Vec<Outcome> {
    let set = sdk_tags(&change.set);
    // A key without a value is removed whatever its value.
    let remove: Vec<_> = change.remove.iter().map(|key| types::Tag::builder().key(key).build()).collect();
    let (ec2, set, remove) = (cloud.ec2(), &set, &remove);
    bulk::in_halves(ids, async |ids| {
        if !set.is_empty() {
            let call = ec2.create_tags().set_resources(Some(ids.clone())).set_tags(Some(set.clone()));
            call.send().await.map_err(failed("ec2:CreateTags"))?;
        }
        if !remove.is_empty() {
            let call = ec2.delete_tags().set_resources(Some(ids)).set_tags(Some(remove.clone()));
            call.send().await.map_err(failed("ec2:DeleteTags"))?;
        }
        Ok(())
    })
    .await
}
