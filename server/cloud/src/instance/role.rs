//! The role of an instance: EC2 knows instance profiles only, which are found or made as at launch.

use std::time::Duration;

use api::{error::ApiError, outcome::Outcome};
use aws_sdk_ec2::types::{Filter, IamInstanceProfileAssociation, IamInstanceProfileAssociationState, IamInstanceProfileSpecification};

use crate::{
    Cloud, bulk,
    error::failed,
    instance_profile::{self, PROFILE_WAITS, Profile},
};

/// The name of the role in an instance profile; `None` where there is none, or the cloud does not say.
pub async fn of_profile(cloud: &Cloud, arn: &str) -> Option<String> {
    let name = arn.rsplit('/').next().filter(|name| !name.is_empty())?;
    let answer = cloud.iam().get_instance_profile().instance_profile_name(name).send().await;
    let found = answer.map_err(failed("iam:GetInstanceProfile")).ok()?.instance_profile?;
    found.roles.into_iter().next().map(|role| role.role_name)
}

/// Gives each instance the role, instead of the one that it has. The profile is looked for once.
pub async fn set(cloud: &Cloud, role: &str, ids: &[String]) -> Vec<Outcome> {
    let profile = match instance_profile::of_role(cloud, role).await {
        Ok(profile) => profile,
        Err(mut error) => {
            error.fields.insert("role".into(), error.message.clone());
            return ids.iter().map(|id| Outcome::failed(id, error.clone())).collect();
        }
    };
    let outcomes = bulk::one_by_one(ids, |id| set_one(cloud, &profile, id)).await;
    if profile.made && outcomes.iter().all(|outcome| outcome.error.is_some()) {
        instance_profile::unmake(cloud, &profile).await;
    }
    outcomes
}

/// A profile that was made just now is unknown to EC2 for a while.
async fn set_one(cloud: &Cloud, profile: &Profile, id: String) -> Result<(), ApiError> {
    let before = association(cloud, &id).await?;
    let mut answer = associate(cloud, profile, &id, before.as_deref()).await;
    for seconds in PROFILE_WAITS {
        match &answer {
            Err(error) if profile.made && error.fields.contains_key("role") => {}
            _ => break,
        }
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        answer = associate(cloud, profile, &id, before.as_deref()).await;
    }
    answer
}

async fn associate(cloud: &Cloud, profile: &Profile, id: &str, before: Option<&str>) -> Result<(), ApiError> {
    let ec2 = cloud.ec2();
    let named = IamInstanceProfileSpecification::builder().name(&profile.name).build();
    match before {
        Some(association) => {
            let call = ec2.replace_iam_instance_profile_association().association_id(association).iam_instance_profile(named);
            call.send().await.map(drop).map_err(failed("ec2:ReplaceIamInstanceProfileAssociation"))
        }
        None => {
            let call = ec2.associate_iam_instance_profile().instance_id(id).iam_instance_profile(named);
            call.send().await.map(drop).map_err(failed("ec2:AssociateIamInstanceProfile"))
        }
    }
}

/// Takes the role away; an instance without one has none already.
pub async fn remove(cloud: &Cloud, id: String) -> Result<(), ApiError> {
    let Some(association) = association(cloud, &id).await? else { return Ok(()) };
    let call = cloud.ec2().disassociate_iam_instance_profile().association_id(association);
    call.send().await.map(drop).map_err(failed("ec2:DisassociateIamInstanceProfile"))
}

/// The association that an instance has with a profile: one that is ending counts no more.
async fn association(cloud: &Cloud, id: &str) -> Result<Option<String>, ApiError> {
    let call = cloud.ec2().describe_iam_instance_profile_associations().filters(Filter::builder().name("instance-id").values(id).build());
    let answer = call.send().await.map_err(failed("ec2:DescribeIamInstanceProfileAssociations"))?;
    let live = |found: &IamInstanceProfileAssociation| {
        matches!(found.state, Some(IamInstanceProfileAssociationState::Associated | IamInstanceProfileAssociationState::Associating))
    };
    Ok(answer.iam_instance_profile_associations.unwrap_or_default().into_iter().find(live).and_then(|found| found.association_id))
}
