//! NAT gateways.

use api::{
    error::ApiError,
    nat_gateway::{NatGateway, NatGatewayAction, NatGatewayDraft},
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::types::{self, ConnectivityType, ResourceType};

use crate::{
    Backend, Cloud, bulk,
    described::described,
    error::failed,
    made,
    tag::{specification, tags},
    time::seconds,
    word::{given, word},
};

impl Backend for NatGateway {
    described! {
        "ec2:DescribeNatGateways", describe_nat_gateways(nat_gateway_ids, set_filter, 1000) => nat_gateways, gateway,
        { "vpc" => "vpc-id", "subnet" => "subnet-id" }
    }

    async fn create(cloud: &Cloud, draft: &NatGatewayDraft) -> Result<Created, ApiError> {
        // The SDK adds a client token, which makes its own retries safe.
        let call = cloud.ec2().create_nat_gateway().subnet_id(&draft.subnet_id);
        let call = if draft.is_private() {
            call.connectivity_type(ConnectivityType::Private)
        } else {
            call.set_allocation_id(given(&draft.allocation_id))
        };
        let call = call.set_tag_specifications(specification(ResourceType::Natgateway, &draft.tags));
        let made = call.send().await.map_err(failed("ec2:CreateNatGateway"))?;
        made::one(made.nat_gateway.and_then(|gateway| gateway.nat_gateway_id))
    }

    async fn act(cloud: &Cloud, NatGatewayAction::Delete: &NatGatewayAction, ids: &[String]) -> Vec<Outcome> {
        bulk::one_by_one(ids, async |id| {
            let call = cloud.ec2().delete_nat_gateway().nat_gateway_id(id);
            call.send().await.map(drop).map_err(failed("ec2:DeleteNatGateway"))
        })
        .await
    }
}

fn gateway(gateway: types::NatGateway) -> NatGateway {
    let mut addresses = gateway.nat_gateway_addresses.unwrap_or_default();
    // The first address is the one it began with, unless the cloud says which is.
    let first = addresses.iter().position(|address| address.is_primary.unwrap_or_default()).unwrap_or_default();
    let address = if first < addresses.len() { Some(addresses.swap_remove(first)) } else { None };
    let (public_ip, private_ip, allocation, interface) =
        address.map_or_else(Default::default, |it| (it.public_ip, it.private_ip, it.allocation_id, it.network_interface_id));
    NatGateway {
        id: gateway.nat_gateway_id.unwrap_or_default(),
        state: word(gateway.state),
        failure: gateway.failure_message.unwrap_or_default(),
        connectivity: word(gateway.connectivity_type),
        vpc_id: gateway.vpc_id.unwrap_or_default(),
        subnet_id: gateway.subnet_id.unwrap_or_default(),
        public_ip: public_ip.unwrap_or_default(),
        private_ip: private_ip.unwrap_or_default(),
        allocation_id: allocation.unwrap_or_default(),
        network_interface_id: interface.unwrap_or_default(),
        created_at: seconds(gateway.create_time.as_ref()),
        deleted_at: seconds(gateway.delete_time.as_ref()),
        tags: tags(gateway.tags),
    }
}
