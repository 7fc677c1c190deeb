//! Instances: their lists, what they wrote to their consoles, and their passwords. Launching is in `instance/launch.rs`, changing in `instance/change.rs`.

use api::{
    error::{ApiError, ErrorCode},
    instance::{ConsoleOutput, Instance, InstanceAction, InstanceDraft, PasswordData},
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::types::InstanceAttributeName;
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    Args, Backend, Cloud, Pages,
    error::{failed, not_found},
    paging::{pages, searched},
    time::seconds,
};

mod change;
mod launch;
mod map;
mod role;

const DESCRIBE: &str = "ec2:DescribeInstances";

impl Backend for Instance {
    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_instances().set_filters(searched::<Self>(args)).set_max_results(cloud.page_size(1000));
        pages(call.into_paginator().send(), DESCRIBE, |page| map::instances(page.reservations))
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let found = async {
            let answer = cloud.ec2().describe_instances().instance_ids(id).send().await.map_err(failed(DESCRIBE))?;
            let found = map::instances(answer.reservations).into_iter().next().ok_or_else(|| not_found(DESCRIBE, id))?;
            let role = role::of_profile(cloud, &found.instance_profile_arn).await;
            Ok(Instance { role, ..found })
        };
        // Not every cloud has the attributes, and not everybody may ask for them: without them the rest is still worth showing.
        let attribute = async |name: InstanceAttributeName| {
            let call = cloud.ec2().describe_instance_attribute().instance_id(id).attribute(name);
            call.send().await.map_err(failed("ec2:DescribeInstanceAttribute")).ok()
        };
        let (found, protection, user_data) =
            futures::join!(found, attribute(InstanceAttributeName::DisableApiTermination), attribute(InstanceAttributeName::UserData));
        Ok(Instance {
            termination_protection: protection.and_then(|answer| answer.disable_api_termination?.value),
            // An instance without user data answers with an empty element.
            user_data: user_data.map(|answer| answer.user_data.and_then(|data| data.value).unwrap_or_default()),
            ..found?
        })
    }

    async fn create(cloud: &Cloud, draft: &InstanceDraft) -> Result<Created, ApiError> {
        launch::launch(cloud, draft).await
    }

    async fn act(cloud: &Cloud, action: &InstanceAction, ids: &[String]) -> Vec<Outcome> {
        change::act(cloud, action, ids).await
    }
}

/// What an instance wrote to its serial console; empty while it wrote nothing yet.
pub async fn console_output(cloud: &Cloud, id: &str) -> Result<ConsoleOutput, ApiError> {
    const GET: &str = "ec2:GetConsoleOutput";
    let answer = cloud.ec2().get_console_output().instance_id(id).send().await.map_err(failed(GET))?;
    // Some clouds break the base64 into lines.
    let encoded: String = answer.output.unwrap_or_default().split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(encoded).map_err(|_| ApiError {
        operation: Some(GET.into()),
        ..ApiError::new(ErrorCode::CloudFailure, "The cloud's answer is not the base64 text that it should be.")
    })?;
    Ok(ConsoleOutput { text: String::from_utf8_lossy(&bytes).into_owned(), at: seconds(answer.timestamp.as_ref()) })
}

/// The password of a Windows instance, still encrypted: only the browser sees it in clear, and the key to it.
pub async fn password_data(cloud: &Cloud, id: &str) -> Result<PasswordData, ApiError> {
    let answer = cloud.ec2().get_password_data().instance_id(id).send().await.map_err(failed("ec2:GetPasswordData"))?;
    Ok(PasswordData { encrypted: answer.password_data.unwrap_or_default().trim().to_owned() })
}
