//! Subnets of VPCs.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    subnet::{Subnet, SubnetAction, SubnetDraft},
};
use aws_sdk_ec2::types::{self, AttributeBooleanValue, ResourceType};

use crate::{
    Backend, Cloud, bulk,
    described::described,
    error::failed,
    made, once,
    tag::{specification, tags},
    word::{given, natural, word},
};

impl Backend for Subnet {
    described! {
        "ec2:DescribeSubnets", describe_subnets(subnet_ids, set_filters, 1000) => subnets, subnet, { "vpc" => "vpc-id", "zone" => "availability-zone" }
    }

    async fn create(cloud: &Cloud, draft: &SubnetDraft) -> Result<Created, ApiError> {
        let call = cloud.ec2().create_subnet().vpc_id(&draft.vpc_id).cidr_block(&draft.cidr_block);
        let call = call.set_availability_zone(given(&draft.zone));
        let call = call.set_tag_specifications(specification(ResourceType::Subnet, &draft.tags));
        let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateSubnet"))?;
        let mut created = made::one(made.subnet.and_then(|subnet| subnet.subnet_id))?;
        if draft.public_ip_on_launch {
            // The subnet is there all the same.
            created.warnings.extend(set_public(cloud, created.ids[0].clone(), true).await.err());
        }
        Ok(created)
    }

    async fn act(cloud: &Cloud, action: &SubnetAction, ids: &[String]) -> Vec<Outcome> {
        match *action {
            SubnetAction::SetPublicIpOnLaunch { enabled } => bulk::one_by_one(ids, |id| set_public(cloud, id, enabled)).await,
            SubnetAction::Delete => {
                bulk::one_by_one(ids, async |id| {
                    cloud.ec2().delete_subnet().subnet_id(id).send().await.map(drop).map_err(failed("ec2:DeleteSubnet"))
                })
                .await
            }
        }
    }
}

async fn set_public(cloud: &Cloud, id: String, on: bool) -> Result<(), ApiError> {
    let value = AttributeBooleanValue::builder().value(on).build();
    let call = cloud.ec2().modify_subnet_attribute().subnet_id(id).map_public_ip_on_launch(value);
    call.send().await.map(drop).map_err(failed("ec2:ModifySubnetAttribute"))
}

fn subnet(subnet: types::Subnet) -> Subnet {
    Subnet {
        id: subnet.subnet_id.unwrap_or_default(),
        state: word(subnet.state),
        vpc_id: subnet.vpc_id.unwrap_or_default(),
        zone: subnet.availability_zone.unwrap_or_default(),
        cidr_block: subnet.cidr_block.unwrap_or_default(),
        free_addresses: natural(subnet.available_ip_address_count).unwrap_or_default(),
        public_ip_on_launch: subnet.map_public_ip_on_launch.unwrap_or_default(),
        default_for_zone: subnet.default_for_az.unwrap_or_default(),
        tags: tags(subnet.tags),
    }
}
