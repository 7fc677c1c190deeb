//! Managed policies: the account's own, and a few of AWS's.

use crate::{
    clock::iso,
    iam::{self, Grants, Iam, ManagedPolicy, Version, encoded, show_tags},
    ops::{
        Call, Reply,
        document::check_managed,
        iam::{drop_tags, keep_tags, new_name, path, tags},
    },
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

/// A policy has so many versions at most.
const MOST_VERSIONS: usize = 5;

/// To how many it is attached.
fn attachments(iam: &Iam, arn: &str) -> usize {
    let users = iam.users.values().filter(|row| row.grants.has(arn)).count();
    let groups = iam.groups.values().filter(|row| row.grants.has(arn)).count();
    users + groups + iam.roles.values().filter(|row| row.grants.has(arn)).count()
}

/// How many it bounds.
fn bounded(iam: &Iam, arn: &str) -> usize {
    let grants = iam.users.values().map(|row| &row.grants).chain(iam.roles.values().map(|row| &row.grants));
    grants.filter(|grants| grants.boundary.as_deref() == Some(arn)).count()
}

/// Whether anybody has it, or is bounded by it.
pub fn is_attached(iam: &Iam, arn: &str) -> bool {
    attachments(iam, arn) + bounded(iam, arn) > 0
}

/// With the texts of its versions.
pub fn show_details(iam: &Iam, arn: &str, policy: &ManagedPolicy) -> Value {
    let version = |version: &Version| show_version(policy, version).with("Document", encoded(&version.document));
    show(iam, arn, policy).with("PolicyVersionList", Value::list(policy.versions.iter().rev().map(version)))
}

fn show(iam: &Iam, arn: &str, policy: &ManagedPolicy) -> Value {
    map! {
        "PolicyName" => &policy.name,
        "PolicyId" => &policy.entity.id,
        "Arn" => arn,
        "Path" => &policy.entity.path,
        "DefaultVersionId" => policy.default_version().show_id(),
        "AttachmentCount" => attachments(iam, arn),
        "PermissionsBoundaryUsageCount" => bounded(iam, arn),
        "IsAttachable" => true,
        "CreateDate" => iso(policy.entity.created_at),
        "UpdateDate" => iso(policy.versions.iter().map(|version| version.created_at).max().unwrap_or(policy.entity.created_at)),
    }
}

pub fn no_policy(arn: &str) -> Refusal {
    Refusal::new("NoSuchEntity", format!("Policy {arn} does not exist or is not attachable."))
}

pub fn list(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let wants = match scope.text("Scope").unwrap_or("All") {
        "All" => None,
        "AWS" => Some(true),
        "Local" => Some(false),
        other => return Err(iam::constraint(other, "scope", "Member must satisfy enum value set: [All, AWS, Local]")),
    };
    let is_wanted = |policy: &ManagedPolicy| wants.is_none_or(|wants| wants == policy.is_aws);
    // What has no path begins with none that is asked for.
    iam::list(
        &scope,
        &call.iam.policies,
        "Policies",
        |policy| if is_wanted(policy) { &policy.entity.path } else { "" },
        |arn, policy| show(call.iam, arn, policy),
    )
}

fn arn<'a>(call: &Call<'a>) -> Result<&'a str, Refusal> {
    let arn = call.scope().require("PolicyArn")?;
    if !arn.starts_with("arn:") {
        return Err(Refusal::new("ValidationError", format!("ARN {arn} is not valid.")));
    }
    Ok(arn)
}

fn find<'a>(call: &'a Call<'_>, arn: &str) -> Result<&'a ManagedPolicy, Refusal> {
    call.iam.policies.get(arn).ok_or_else(|| no_policy(arn))
}

/// AWS's belong to nobody here.
fn own<'a>(call: &'a mut Call<'_>, arn: &str) -> Result<&'a mut ManagedPolicy, Refusal> {
    let policy = call.iam.policies.get_mut(arn).ok_or_else(|| no_policy(arn))?;
    if policy.is_aws {
        return Err(Refusal::new("AccessDenied", format!("Policy {arn} is AWS's and cannot be changed.")));
    }
    Ok(policy)
}

pub fn get(call: &mut Call<'_>) -> Reply {
    let arn = arn(call)?;
    let policy = find(call, arn)?;
    let description = (!policy.description.is_empty()).then_some(&policy.description);
    Ok(map! { "Policy" => show(call.iam, arn, policy).with("Description", description).with("Tags", show_tags(&policy.tags)) })
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(&scope, "PolicyName", "policyName")?;
    let document = scope.require("PolicyDocument")?;
    check_managed(document)?;
    if call.iam.policies.values().any(|policy| !policy.is_aws && policy.name.eq_ignore_ascii_case(name)) {
        return Err(Refusal::new(
            "EntityAlreadyExists",
            format!("A policy called {name} already exists. Duplicate names are not allowed."),
        ));
    }
    let now = call.world.now;
    let entity = call.iam.entity("ANPA", path(&scope)?, now);
    let arn = entity.arn(&call.iam.account, "policy", name);
    let mut policy = ManagedPolicy::new(name, entity, document);
    scope.get("Description").unwrap_or_default().clone_into(&mut policy.description);
    policy.tags = tags(&scope);
    let shown = show(call.iam, &arn, &policy);
    call.iam.policies.insert(arn.into(), policy);
    Ok(map! { "Policy" => shown })
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let arn = arn(call)?;
    own(call, arn)?;
    let iam = &mut *call.iam;
    if is_attached(iam, arn) {
        return Err(Refusal::new("DeleteConflict", "Cannot delete a policy attached to entities."));
    }
    if iam.policies[arn].versions.len() > 1 {
        return Err(Refusal::new(
            "DeleteConflict",
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        ));
    }
    iam.policies.remove(arn);
    Ok(Value::Absent)
}

fn show_version(policy: &ManagedPolicy, version: &Version) -> Value {
    map! {
        "VersionId" => version.show_id(),
        "IsDefaultVersion" => version.number == policy.default,
        "CreateDate" => iso(version.created_at),
    }
}

pub fn list_versions(call: &mut Call<'_>) -> Reply {
    let arn = arn(call)?;
    let policy = find(call, arn)?;
    let versions = policy.versions.iter().rev().map(|version| show_version(policy, version));
    Ok(map! { "Versions" => Value::list(versions), "IsTruncated" => false })
}

/// The place of the version that is asked for.
fn place(call: &Call<'_>, arn: &str) -> Result<usize, Refusal> {
    let id = call.scope().require("VersionId")?;
    let missing = || Refusal::new("NoSuchEntity", format!("Policy {arn} version {id} does not exist or is not attachable."));
    find(call, arn)?.versions.iter().position(|version| version.show_id() == id).ok_or_else(missing)
}

pub fn get_version(call: &mut Call<'_>) -> Reply {
    let arn = arn(call)?;
    let (policy, at) = (find(call, arn)?, place(call, arn)?);
    let version = &policy.versions[at];
    Ok(map! { "PolicyVersion" => show_version(policy, version).with("Document", encoded(&version.document)) })
}

pub fn create_version(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (arn, document, now) = (arn(call)?, scope.require("PolicyDocument")?, call.world.now);
    let is_default = scope.flag("SetAsDefault")?.unwrap_or(false);
    check_managed(document)?;
    let policy = own(call, arn)?;
    if policy.versions.len() >= MOST_VERSIONS {
        let message = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
        return Err(Refusal::new("LimitExceeded", message));
    }
    policy.add(document, now);
    if is_default {
        policy.default = policy.newest;
    }
    let version = policy.versions.last().map(|version| show_version(policy, version));
    Ok(map! { "PolicyVersion" => version })
}

pub fn delete_version(call: &mut Call<'_>) -> Reply {
    let arn = arn(call)?;
    own(call, arn)?;
    let at = place(call, arn)?;
    let policy = own(call, arn)?;
    if policy.versions[at].number == policy.default {
        return Err(Refusal::new("DeleteConflict", "Cannot delete the default version of a policy."));
    }
    policy.versions.remove(at);
    Ok(Value::Absent)
}

pub fn set_default(call: &mut Call<'_>) -> Reply {
    let arn = arn(call)?;
    own(call, arn)?;
    let at = place(call, arn)?;
    let policy = own(call, arn)?;
    policy.default = policy.versions[at].number;
    Ok(Value::Absent)
}

pub fn entities(call: &mut Call<'_>) -> Reply {
    let arn = arn(call)?;
    find(call, arn)?;
    // Without a filter, those whom it bounds are among them.
    let usage = call.scope().text("PolicyUsageFilter");
    let has = |grants: &Grants| match usage {
        Some("PermissionsPolicy") => grants.has(arn),
        Some("PermissionsBoundary") => grants.boundary.as_deref() == Some(arn),
        _ => grants.has(arn) || grants.boundary.as_deref() == Some(arn),
    };
    let iam = &*call.iam;
    let users = iam.users.iter().filter(|(_, row)| has(&row.grants));
    let groups = iam.groups.iter().filter(|(_, row)| has(&row.grants));
    let roles = iam.roles.iter().filter(|(_, row)| has(&row.grants));
    Ok(map! {
        "PolicyUsers" => Value::list(users.map(|(name, row)| map! { "UserName" => name, "UserId" => &row.entity.id })),
        "PolicyGroups" => Value::list(groups.map(|(name, row)| map! { "GroupName" => name, "GroupId" => &row.entity.id })),
        "PolicyRoles" => Value::list(roles.map(|(name, row)| map! { "RoleName" => name, "RoleId" => &row.entity.id })),
        "IsTruncated" => false,
    })
}

pub fn set_tags(call: &mut Call<'_>) -> Reply {
    let (arn, scope) = (arn(call)?, call.scope());
    keep_tags(&mut own(call, arn)?.tags, &scope)
}

pub fn unset_tags(call: &mut Call<'_>) -> Reply {
    let (arn, scope) = (arn(call)?, call.scope());
    drop_tags(&mut own(call, arn)?.tags, &scope)
}
