//! Elastic addresses, and those of clouds that know no allocations: there the address is the id.

use api::{
    address::{Address, AddressAction, AddressDraft, is_ip},
    error::ApiError,
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::types::{self, DomainType, ResourceType};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    once,
    paging::single,
    tag::{specification, tags},
    word::word,
};

const DESCRIBE: &str = "ec2:DescribeAddresses";

impl Backend for Address {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_addresses();
        single(async move {
            let answer = call.send().await.map_err(failed(DESCRIBE))?;
            Ok(answer.addresses.unwrap_or_default().into_iter().map(address).collect())
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let call = cloud.ec2().describe_addresses();
        let call = if is_ip(id) { call.public_ips(id) } else { call.allocation_ids(id) };
        let answer = call.send().await.map_err(failed(DESCRIBE))?;
        answer.addresses.unwrap_or_default().into_iter().next().map(address).ok_or_else(|| not_found(DESCRIBE, id))
    }

    /// One call each. What was allocated before a refusal stays allocated, and the refusal is told.
    async fn create(cloud: &Cloud, draft: &AddressDraft) -> Result<Created, ApiError> {
        let mut created = Created { ids: vec![], secret: None, warnings: vec![] };
        for _ in 0..draft.count {
            let call = cloud.ec2().allocate_address().domain(DomainType::Vpc);
            let call = call.set_tag_specifications(specification(ResourceType::ElasticIp, &draft.tags));
            match call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:AllocateAddress")) {
                Ok(made) => created.ids.extend(made.allocation_id.filter(|id| !id.is_empty()).or(made.public_ip)),
                Err(error) if created.ids.is_empty() => return Err(error),
                Err(error) => {
                    created.warnings.push(error);
                    break;
                }
            }
        }
        Ok(created)
    }

    async fn act(cloud: &Cloud, action: &AddressAction, ids: &[String]) -> Vec<Outcome> {
        match action {
            AddressAction::Associate { .. } => bulk::one_by_one(ids, |id| associate(cloud, action, id)).await,
            AddressAction::Disassociate => bulk::one_by_one(ids, |id| disassociate(cloud, id)).await,
            AddressAction::Release => {
                bulk::one_by_one(ids, async |id| {
                    let call = cloud.ec2().release_address();
                    let call = if is_ip(&id) { call.public_ip(id) } else { call.allocation_id(id) };
                    call.send().await.map(drop).map_err(failed("ec2:ReleaseAddress"))
                })
                .await
            }
        }
    }
}

async fn associate(cloud: &Cloud, action: &AddressAction, id: String) -> Result<(), ApiError> {
    let AddressAction::Associate { instance_id, network_interface_id, private_ip, reassociate } = action else { return Ok(()) };
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let call = cloud.ec2().associate_address();
    let call = if is_ip(&id) { call.public_ip(id) } else { call.allocation_id(id) };
    let call = call.set_instance_id(given(instance_id)).set_network_interface_id(given(network_interface_id));
    let call = call.set_private_ip_address(given(private_ip)).set_allow_reassociation(reassociate.then_some(true));
    call.send().await.map(drop).map_err(failed("ec2:AssociateAddress"))
}

/// By its association, whose id changes with each; an address without one leads nowhere already.
async fn disassociate(cloud: &Cloud, id: String) -> Result<(), ApiError> {
    let call = cloud.ec2().disassociate_address();
    let call = if is_ip(&id) {
        call.public_ip(id)
    } else {
        let found = Address::get(cloud, &id).await?;
        if found.association_id.is_empty() {
            return Ok(());
        }
        call.association_id(found.association_id)
    };
    call.send().await.map(drop).map_err(failed("ec2:DisassociateAddress"))
}

fn address(address: types::Address) -> Address {
    let public_ip = address.public_ip.unwrap_or_default();
    Address {
        id: address.allocation_id.filter(|id| !id.is_empty()).unwrap_or_else(|| public_ip.clone()),
        public_ip,
        domain: word(address.domain),
        association_id: address.association_id.unwrap_or_default(),
        // Eucalyptus says "available" in words, and names the owner in brackets behind an instance.
        instance_id: address
            .instance_id
            .and_then(|text| text.split_whitespace().next().map(str::to_owned))
            .filter(|id| id.starts_with("i-"))
            .unwrap_or_default(),
        network_interface_id: address.network_interface_id.unwrap_or_default(),
        private_ip: address.private_ip_address.unwrap_or_default(),
        network_border_group: address.network_border_group.unwrap_or_default(),
        tags: tags(address.tags),
    }
}
