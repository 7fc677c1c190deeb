//! Managed policies.

use api::{
    error::{ApiError, ErrorCode},
    outcome::{Created, Outcome},
    permissions::Principal,
    policy::{Holders, Policy, PolicyAction, PolicyDraft, Version},
    tag::TagChange,
};
use aws_sdk_iam::types::{self, PolicyScopeType, PolicyUsageType};
use futures::{StreamExt, stream};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    identity::{document, retag, sdk_tags, tags},
    made, once,
    paging::pages,
    permissions::{of_group, of_role, of_user},
    time::seconds,
    word::{given, natural},
};

/// How many calls about one policy are under way at once.
const PARALLEL: usize = 4;

impl Backend for Policy {
    const ARGS: &'static [&'static str] = &["scope"];

    /// The account's own, unless AWS's or all are asked for.
    fn list(cloud: &Cloud, args: &Args) -> Pages<Self> {
        let scope = match args.get("scope").map(String::as_str) {
            Some("aws") => PolicyScopeType::Aws,
            Some("all") => PolicyScopeType::All,
            _ => PolicyScopeType::Local,
        };
        let call = cloud.iam().list_policies().scope(scope).set_max_items(cloud.page_size(1000));
        pages(call.into_paginator().send(), "iam:ListPolicies", |page| page.policies.unwrap_or_default().into_iter().map(policy).collect())
    }

    /// What may not be looked at is left open: the rest is still worth showing.
    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        const GET: &str = "iam:GetPolicy";
        let iam = cloud.iam();
        let (found, versions, entities) = futures::join!(
            iam.get_policy().policy_arn(id).send(),
            iam.list_policy_versions().policy_arn(id).into_paginator().items().send().collect::<Result<Vec<_>, _>>(),
            attached_to(cloud, id),
        );
        let found = found.map_err(failed(GET))?.policy.map(policy).ok_or_else(|| not_found(GET, id))?;
        let mut versions: Vec<_> =
            versions.map_err(failed("iam:ListPolicyVersions")).unwrap_or_default().into_iter().map(version).collect();
        if versions.is_empty() {
            versions.push(Version { id: found.default_version.clone(), is_default: true, ..Version::default() });
        }
        let versions = stream::iter(versions).map(|version| with_document(cloud, id, version)).buffered(PARALLEL).collect().await;
        let Holders { users, groups, roles } = entities.unwrap_or_default();
        Ok(Self { versions, users, groups, roles, ..found })
    }

    async fn create(cloud: &Cloud, draft: &PolicyDraft) -> Result<Created, ApiError> {
        let call = cloud.iam().create_policy().policy_name(&draft.name).policy_document(&draft.document).set_path(given(&draft.path));
        let call = call.set_description(given(&draft.description)).set_tags(sdk_tags(&draft.tags));
        let made = call.customize().config_override(once::iam()).send().await.map_err(failed("iam:CreatePolicy"))?;
        made::one(made.policy.and_then(|policy| policy.arn))
    }

    async fn act(cloud: &Cloud, action: &PolicyAction, ids: &[String]) -> Vec<Outcome> {
        let iam = cloud.iam();
        bulk::one_by_one(ids, async |arn| match action {
            PolicyAction::Attach(_) | PolicyAction::Detach(_) => hold(cloud, action, &arn).await,
            PolicyAction::Edit { document, replaces } => {
                if !replaces.is_empty() {
                    match delete_version(cloud, &arn, replaces).await {
                        // Room was made by a try before, whose text was refused.
                        Err(error) if error.code == ErrorCode::NotFound => {}
                        made => made?,
                    }
                }
                let call = iam.create_policy_version().policy_arn(arn).policy_document(document).set_as_default(true);
                call.customize().config_override(once::iam()).send().await.map(drop).map_err(failed("iam:CreatePolicyVersion"))
            }
            PolicyAction::SetDefault { version } => {
                let call = iam.set_default_policy_version().policy_arn(arn).version_id(version);
                call.send().await.map(drop).map_err(failed("iam:SetDefaultPolicyVersion"))
            }
            PolicyAction::DeleteVersion { version } => delete_version(cloud, &arn, version).await,
            PolicyAction::Delete => iam.delete_policy().policy_arn(arn).send().await.map(drop).map_err(failed("iam:DeletePolicy")),
        })
        .await
    }

    async fn retag(cloud: &Cloud, change: &TagChange, ids: &[String]) -> Vec<Outcome> {
        let set =
            async |id, tags| cloud.iam().tag_policy().policy_arn(id).set_tags(tags).send().await.map(drop).map_err(failed("iam:TagPolicy"));
        let unset = async |id, keys| {
            cloud.iam().untag_policy().policy_arn(id).set_tag_keys(keys).send().await.map(drop).map_err(failed("iam:UntagPolicy"))
        };
        retag(change, ids, set, unset).await
    }
}

/// A version with its text, which no list tells.
async fn with_document(cloud: &Cloud, arn: &str, version: Version) -> Version {
    let shown = cloud.iam().get_policy_version().policy_arn(arn).version_id(&version.id).send().await;
    let shown = shown.map_err(failed("iam:GetPolicyVersion")).ok().and_then(|shown| shown.policy_version);
    Version { document: document(shown.and_then(|shown| shown.document).as_deref()), ..version }
}

/// What a policy says now; nothing where it may not be looked at.
pub async fn default_document(cloud: &Cloud, arn: &str) -> Option<String> {
    let found = cloud.iam().get_policy().policy_arn(arn).send().await.map_err(failed("iam:GetPolicy")).ok()?;
    let id = found.policy?.default_version_id?;
    let version = with_document(cloud, arn, Version { id, ..Version::default() }).await;
    Some(version.document).filter(|document| !document.is_empty())
}

async fn delete_version(cloud: &Cloud, arn: &str, version: &str) -> Result<(), ApiError> {
    let call = cloud.iam().delete_policy_version().policy_arn(arn).version_id(version);
    call.send().await.map(drop).map_err(failed("iam:DeletePolicyVersion"))
}

/// Attaches or detaches it, for each of those who are named; says the first refusal. Who is without it already need not lose it.
async fn hold(cloud: &Cloud, action: &PolicyAction, arn: &str) -> Result<(), ApiError> {
    let Some((holders, change)) = action.of_holders(arn) else { return Ok(()) };
    let is_lost = |error: &ApiError| error.code == ErrorCode::NotFound && matches!(action, PolicyAction::Detach(_));
    let holders: Vec<_> = holders.each().map(|(sort, name)| (sort, name.clone())).collect();
    let answers = stream::iter(holders).map(async |(sort, name)| match sort {
        Principal::User => of_user::change(cloud, &change, &name).await,
        Principal::Group => of_group::change(cloud, &change, &name).await,
        Principal::Role => of_role::change(cloud, &change, &name).await,
    });
    let answers: Vec<_> = answers.buffered(PARALLEL).collect().await;
    answers.into_iter().find_map(|answer| answer.err().filter(|error| !is_lost(error))).map_or(Ok(()), Err)
}

async fn attached_to(cloud: &Cloud, arn: &str) -> Result<Holders, ApiError> {
    let mut pages = cloud
        .iam()
        .list_entities_for_policy()
        .policy_arn(arn)
        .policy_usage_filter(PolicyUsageType::PermissionsPolicy)
        .into_paginator()
        .send();
    let mut entities = Holders::default();
    while let Some(page) = pages.next().await {
        let page = page.map_err(failed("iam:ListEntitiesForPolicy"))?;
        entities.users.extend(page.policy_users.unwrap_or_default().into_iter().filter_map(|user| user.user_name));
        entities.groups.extend(page.policy_groups.unwrap_or_default().into_iter().filter_map(|group| group.group_name));
        entities.roles.extend(page.policy_roles.unwrap_or_default().into_iter().filter_map(|role| role.role_name));
    }
    Ok(entities)
}

fn policy(policy: types::Policy) -> Policy {
    Policy {
        arn: policy.arn.unwrap_or_default(),
        name: policy.policy_name.unwrap_or_default(),
        policy_id: policy.policy_id.unwrap_or_default(),
        path: policy.path.unwrap_or_default(),
        description: policy.description.unwrap_or_default(),
        default_version: policy.default_version_id.unwrap_or_default(),
        attachments: natural(policy.attachment_count).unwrap_or_default(),
        boundaries: natural(policy.permissions_boundary_usage_count).unwrap_or_default(),
        created_at: seconds(policy.create_date.as_ref()),
        updated_at: seconds(policy.update_date.as_ref()),
        tags: tags(policy.tags),
        ..Policy::default()
    }
}

fn version(version: types::PolicyVersion) -> Version {
    Version {
        id: version.version_id.unwrap_or_default(),
        is_default: version.is_default_version,
        created_at: seconds(version.create_date.as_ref()),
        document: String::new(),
    }
}
