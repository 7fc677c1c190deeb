//! Internet gateways of VPCs.

use api::{
    error::ApiError,
    internet_gateway::{InternetGateway, InternetGatewayAction, InternetGatewayDraft},
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::types::{self, ResourceType};

use crate::{
    Backend, Cloud, bulk,
    described::described,
    error::failed,
    made, once,
    tag::{specification, tags},
    word::word,
};

impl Backend for InternetGateway {
    described! {
        "ec2:DescribeInternetGateways", describe_internet_gateways(internet_gateway_ids, set_filters, 1000) => internet_gateways, gateway,
        { "vpc" => "attachment.vpc-id" }
    }

    async fn create(cloud: &Cloud, draft: &InternetGatewayDraft) -> Result<Created, ApiError> {
        let call = cloud.ec2().create_internet_gateway();
        let call = call.set_tag_specifications(specification(ResourceType::InternetGateway, &draft.tags));
        let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateInternetGateway"))?;
        let mut created = made::one(made.internet_gateway.and_then(|gateway| gateway.internet_gateway_id))?;
        if !draft.vpc_id.is_empty() {
            // The gateway is there all the same, and can be attached again.
            created.warnings.extend(attach(cloud, &created.ids[0], &draft.vpc_id).await.err());
        }
        Ok(created)
    }

    async fn act(cloud: &Cloud, action: &InternetGatewayAction, ids: &[String]) -> Vec<Outcome> {
        let ec2 = cloud.ec2();
        bulk::one_by_one(ids, async |id| match action {
            InternetGatewayAction::Attach { vpc_id } => attach(cloud, &id, vpc_id).await,
            InternetGatewayAction::Detach { vpc_id } => {
                let call = ec2.detach_internet_gateway().internet_gateway_id(id).vpc_id(vpc_id);
                call.send().await.map(drop).map_err(failed("ec2:DetachInternetGateway"))
            }
            InternetGatewayAction::Delete => {
                let call = ec2.delete_internet_gateway().internet_gateway_id(id);
                call.send().await.map(drop).map_err(failed("ec2:DeleteInternetGateway"))
            }
        })
        .await
    }
}

async fn attach(cloud: &Cloud, id: &str, vpc_id: &str) -> Result<(), ApiError> {
    let call = cloud.ec2().attach_internet_gateway().internet_gateway_id(id).vpc_id(vpc_id);
    call.send().await.map(drop).map_err(failed("ec2:AttachInternetGateway"))
}

fn gateway(gateway: types::InternetGateway) -> InternetGateway {
    let attachment = gateway.attachments.unwrap_or_default().into_iter().next();
    let (vpc_id, state) = attachment.map_or_else(Default::default, |attachment| (attachment.vpc_id, attachment.state));
    InternetGateway {
        id: gateway.internet_gateway_id.unwrap_or_default(),
        vpc_id: vpc_id.unwrap_or_default(),
        state: state.map_or_else(|| "detached".to_owned(), |state| word(Some(state))),
        owner: gateway.owner_id.unwrap_or_default(),
        tags: tags(gateway.tags),
    }
}
