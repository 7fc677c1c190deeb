//! Launch templates and their versions.

use api::{
    error::ApiError,
    launch_template::{LaunchTemplate, LaunchTemplateAction, LaunchTemplateDraft, Version},
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::{
    operation::describe_launch_templates::DescribeLaunchTemplatesOutput,
    types::{self, ResourceType},
};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    made, once,
    paging::pages,
    tag::{specification, tags},
    time::seconds,
    word::{given, word},
};

mod data;

const DESCRIBE: &str = "ec2:DescribeLaunchTemplates";
const VERSIONS: &str = "ec2:DescribeLaunchTemplateVersions";

impl Backend for LaunchTemplate {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_launch_templates().set_max_results(cloud.page_size(200));
        let rows = |page: DescribeLaunchTemplatesOutput| page.launch_templates.unwrap_or_default().into_iter().map(template).collect();
        pages(call.into_paginator().send(), DESCRIBE, rows)
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let found = async {
            let answer = cloud.ec2().describe_launch_templates().launch_template_ids(id).send().await.map_err(failed(DESCRIBE))?;
            answer.launch_templates.unwrap_or_default().into_iter().next().ok_or_else(|| not_found(DESCRIBE, id))
        };
        let (found, versions) = futures::join!(found, versions(cloud, id));
        Ok(LaunchTemplate { versions: versions?, ..template(found?) })
    }

    async fn create(cloud: &Cloud, draft: &LaunchTemplateDraft) -> Result<Created, ApiError> {
        let call = cloud.ec2().get_launch_template_data().instance_id(&draft.instance_id);
        let found = call.send().await.map_err(failed("ec2:GetLaunchTemplateData"))?;
        let data = found.launch_template_data.ok_or_else(|| not_found("ec2:GetLaunchTemplateData", &draft.instance_id))?;
        let call = cloud.ec2().create_launch_template().launch_template_name(&draft.name).launch_template_data(data::request(data));
        let call = call.set_version_description(given(&draft.description));
        let call = call.set_tag_specifications(specification(ResourceType::LaunchTemplate, &draft.tags));
        let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateLaunchTemplate"))?;
        made::one(made.launch_template.and_then(|template| template.launch_template_id))
    }

    async fn act(cloud: &Cloud, LaunchTemplateAction::Delete: &LaunchTemplateAction, ids: &[String]) -> Vec<Outcome> {
        bulk::one_by_one(ids, async |id| {
            let call = cloud.ec2().delete_launch_template().launch_template_id(id);
            call.send().await.map(drop).map_err(failed("ec2:DeleteLaunchTemplate"))
        })
        .await
    }
}

/// All versions, the newest first.
async fn versions(cloud: &Cloud, id: &str) -> Result<Vec<Version>, ApiError> {
    let call = cloud.ec2().describe_launch_template_versions().launch_template_id(id).set_max_results(cloud.page_size(200));
    let mut pages = call.into_paginator().send();
    let mut versions = vec![];
    while let Some(page) = pages.next().await {
        let page = page.map_err(failed(VERSIONS))?;
        versions.extend(page.launch_template_versions.unwrap_or_default().into_iter().map(version));
    }
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    Ok(versions)
}

fn template(template: types::LaunchTemplate) -> LaunchTemplate {
    LaunchTemplate {
        id: template.launch_template_id.unwrap_or_default(),
        name: template.launch_template_name.unwrap_or_default(),
        created_at: seconds(template.create_time.as_ref()),
        created_by: template.created_by.unwrap_or_default(),
        default_version: number(template.default_version_number),
        latest_version: number(template.latest_version_number),
        versions: vec![],
        tags: tags(template.tags),
    }
}

fn number(number: Option<i64>) -> u32 {
    number.and_then(|number| number.try_into().ok()).unwrap_or_default()
}

fn version(version: types::LaunchTemplateVersion) -> Version {
    let data = version.launch_template_data;
    let field = |pick: fn(&types::ResponseLaunchTemplateData) -> Option<String>| data.as_ref().and_then(pick).unwrap_or_default();
    let interface = data.as_ref().and_then(|data| data.network_interfaces().first());
    let groups = data.as_ref().map(|data| data.security_group_ids().to_vec()).filter(|groups| !groups.is_empty());
    Version {
        number: number(version.version_number),
        description: version.version_description.unwrap_or_default(),
        created_at: seconds(version.create_time.as_ref()),
        image_id: field(|data| data.image_id.clone()),
        instance_type: field(|data| data.instance_type.clone().map(|known| word(Some(known)))),
        key_name: field(|data| data.key_name.clone()),
        security_groups: groups.or_else(|| interface.map(|interface| interface.groups().to_vec())).unwrap_or_default(),
        subnet_id: interface.and_then(|interface| interface.subnet_id.clone()).unwrap_or_default(),
    }
}
