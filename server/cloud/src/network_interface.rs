//! Network interfaces.

use api::{
    error::ApiError,
    network_interface::{NetworkInterface, NetworkInterfaceAction, NetworkInterfaceDraft},
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::types::{AttributeBooleanValue, AttributeValue, Filter, ResourceType};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    paging::pages,
    tag::specification,
};

mod map;

const DESCRIBE: &str = "ec2:DescribeNetworkInterfaces";
const MODIFY: &str = "ec2:ModifyNetworkInterfaceAttribute";

impl Backend for NetworkInterface {
    const ARGS: &'static [&'static str] = &["vpc", "subnet", "group", "instance"];

    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        let names = [("vpc", "vpc-id"), ("subnet", "subnet-id"), ("group", "group-id"), ("instance", "attachment.instance-id")];
        let filter = |(arg, name): &(&str, &str)| Some(Filter::builder().name(*name).values(args.get(*arg)?).build());
        let filters: Vec<_> = names.iter().filter_map(filter).collect();
        let call = cloud.ec2().describe_network_interfaces().set_max_results(cloud.page_size(1000));
        let call = call.set_filters(Some(filters).filter(|filters| !filters.is_empty()));
        pages(call.into_paginator().send(), DESCRIBE, |page| {
            page.network_interfaces.unwrap_or_default().into_iter().map(map::interface).collect()
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_network_interfaces().network_interface_ids(id).send().await.map_err(failed(DESCRIBE))?;
        answer.network_interfaces.unwrap_or_default().into_iter().next().map(map::interface).ok_or_else(|| not_found(DESCRIBE, id))
    }

    async fn create(cloud: &Cloud, draft: &NetworkInterfaceDraft) -> Result<Created, ApiError> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let groups = Some(draft.security_group_ids.clone()).filter(|groups| !groups.is_empty());
        // The SDK adds a client token, which makes its own retries safe.
        let call = cloud.ec2().create_network_interface().subnet_id(&draft.subnet_id).set_groups(groups);
        let call = call.set_description(given(&draft.description)).set_private_ip_address(given(&draft.private_ip));
        let call = call.set_tag_specifications(specification(ResourceType::NetworkInterface, &draft.tags));
        let made = call.send().await.map_err(failed("ec2:CreateNetworkInterface"))?;
        let id = made.network_interface.and_then(|interface| interface.network_interface_id);
        Ok(Created { ids: id.into_iter().collect(), secret: None, warnings: vec![] })
    }

    async fn act(cloud: &Cloud, action: &NetworkInterfaceAction, ids: &[String]) -> Vec<Outcome> {
        bulk::one_by_one(ids, |id| act(cloud, action, id)).await
    }
}

async fn act(cloud: &Cloud, action: &NetworkInterfaceAction, id: String) -> Result<(), ApiError> {
    let ec2 = cloud.ec2();
    let modify = || ec2.modify_network_interface_attribute().network_interface_id(&id);
    match action {
        NetworkInterfaceAction::Attach { instance_id, device_index } => {
            let index = i32::try_from(*device_index).unwrap_or(i32::MAX);
            let call = ec2.attach_network_interface().network_interface_id(&id).instance_id(instance_id).device_index(index);
            call.send().await.map(drop).map_err(failed("ec2:AttachNetworkInterface"))
        }
        NetworkInterfaceAction::Detach { force } => {
            let found = NetworkInterface::get(cloud, &id).await?;
            if found.attachment_id.is_empty() {
                return Ok(());
            }
            let call = ec2.detach_network_interface().attachment_id(found.attachment_id).set_force(force.then_some(true));
            call.send().await.map(drop).map_err(failed("ec2:DetachNetworkInterface"))
        }
        NetworkInterfaceAction::SetSourceDestCheck { enabled } => {
            let call = modify().source_dest_check(AttributeBooleanValue::builder().value(*enabled).build());
            call.send().await.map(drop).map_err(failed(MODIFY))
        }
        NetworkInterfaceAction::SetSecurityGroups { security_group_ids } => {
            modify().set_groups(Some(security_group_ids.clone())).send().await.map(drop).map_err(failed(MODIFY))
        }
        NetworkInterfaceAction::SetDescription { description } => {
            let call = modify().description(AttributeValue::builder().value(description).build());
            call.send().await.map(drop).map_err(failed(MODIFY))
        }
        NetworkInterfaceAction::Delete => {
            let call = ec2.delete_network_interface().network_interface_id(&id);
            call.send().await.map(drop).map_err(failed("ec2:DeleteNetworkInterface"))
        }
    }
}
