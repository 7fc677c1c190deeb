//! Instance profiles, what there is one of in an account, and what all of IAM's operations share.

#![expect(clippy::unnecessary_wraps, reason = "operations share one signature, also those that cannot fail")]

use crate::{
    clock::Millis,
    iam::{self, Iam, InstanceProfile, constraint, exists, no_such},
    ops::{Call, Reply},
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
};

pub fn list_instance_profiles(call: &mut Call<'_>) -> Reply {
    let show = |name: &str, profile: &InstanceProfile| call.iam.show_profile(name, profile);
    iam::list(&call.scope(), &call.iam.instance_profiles, "InstanceProfiles", |profile| &profile.entity.path, show)
}

pub fn list_instance_profiles_for_role(call: &mut Call<'_>) -> Reply {
    let role = call.scope().require("RoleName")?;
    if !call.iam.roles.contains_key(role) {
        return Err(no_such("Role", role));
    }
    let found = call.iam.instance_profiles.iter().filter(|(_, profile)| profile.roles.iter().any(|name| &**name == role));
    let shown = Value::list(found.map(|(name, profile)| call.iam.show_profile(name, profile)));
    Ok(map! { "InstanceProfiles" => shown, "IsTruncated" => false })
}

pub fn get_instance_profile(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("InstanceProfileName")?;
    let profile = call.iam.instance_profiles.get(name).ok_or_else(|| no_such("Instance Profile", name))?;
    Ok(map! { "InstanceProfile" => call.iam.show_profile(name, profile) })
}

pub fn create_instance_profile(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(&scope, "InstanceProfileName", "instanceProfileName")?;
    if call.iam.instance_profiles.contains_key(name) {
        return Err(exists("Instance Profile", name));
    }
    let profile = add_profile(call.iam, name, path(&scope)?, vec![], call.world.now);
    Ok(map! { "InstanceProfile" => profile })
}

/// Puts an instance profile into the account and shows it.
pub fn add_profile(iam: &mut Iam, name: &str, path: &str, roles: Vec<std::sync::Arc<str>>, now: Millis) -> Value {
    let profile = InstanceProfile { entity: iam.entity("AIPA", path, now), roles };
    let shown = iam.show_profile(name, &profile);
    iam.instance_profiles.insert(name.into(), profile);
    shown
}

pub fn delete_instance_profile(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("InstanceProfileName")?;
    let profile = call.iam.instance_profiles.get(name).ok_or_else(|| no_such("Instance Profile", name))?;
    if !profile.roles.is_empty() {
        return Err(Refusal::new("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first."));
    }
    call.iam.instance_profiles.remove(name);
    Ok(Value::Absent)
}

pub fn add_role_to_instance_profile(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (name, role) = (scope.require("InstanceProfileName")?, scope.require("RoleName")?);
    let (role, _) = call.iam.roles.get_key_value(role).ok_or_else(|| no_such("Role", role))?;
    let role = role.clone();
    let profile = call.iam.instance_profiles.get_mut(name).ok_or_else(|| no_such("Instance Profile", name))?;
    if !profile.roles.is_empty() {
        return Err(Refusal::new("LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"));
    }
    profile.roles.push(role);
    Ok(Value::Absent)
}

pub fn remove_role_from_instance_profile(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (name, role) = (scope.require("InstanceProfileName")?, scope.require("RoleName")?);
    let profile = call.iam.instance_profiles.get_mut(name).ok_or_else(|| no_such("Instance Profile", name))?;
    let before = profile.roles.len();
    profile.roles.retain(|known| &**known != role);
    if profile.roles.len() == before { Err(no_such("Role", role)) } else { Ok(Value::Absent) }
}

pub fn list_account_aliases(call: &mut Call<'_>) -> Reply {
    Ok(map! { "AccountAliases" => Value::list(call.iam.alias.as_deref()), "IsTruncated" => false })
}

pub fn get_account_summary(call: &mut Call<'_>) -> Reply {
    let iam = &*call.iam;
    let devices = iam.users.values().filter(|user| user.mfa_device.is_some()).count();
    let entries = [
        ("Users", iam.users.len()),
        ("UsersQuota", 5_000),
        ("Groups", iam.groups.len()),
        ("GroupsQuota", 300),
        ("Roles", iam.roles.len()),
        ("RolesQuota", 1_000),
        ("InstanceProfiles", iam.instance_profiles.len()),
        ("InstanceProfilesQuota", 1_000),
        ("MFADevices", devices),
        ("MFADevicesInUse", devices),
        ("AccountMFAEnabled", 0),
        ("AccountAccessKeysPresent", 0),
        ("AccessKeysPerUserQuota", 2),
        ("GroupsPerUserQuota", 10),
    ];
    // A map is a list of `<entry>`s in the query protocol.
    let entries = entries.into_iter().map(|(key, value)| ("entry", map! { "key" => key, "value" => value })).collect();
    Ok(map! { "SummaryMap" => Value::Map(entries) })
}

/// The tags that something begins with.
pub fn tags(scope: &Scope<'_>) -> Tags {
    let tag = |tag: &Scope<'_>| (tag.get("Key").unwrap_or_default().into(), tag.get("Value").unwrap_or_default().into());
    scope.structures("Tags").iter().map(tag).collect()
}

/// Sets those that are given, in place where the key is there.
pub fn keep_tags(of: &mut Tags, scope: &Scope<'_>) -> Reply {
    for (key, value) in tags(scope) {
        tag::set(of, &key, &value);
    }
    Ok(Value::Absent)
}

/// Takes away those whose keys are given.
pub fn drop_tags(of: &mut Tags, scope: &Scope<'_>) -> Reply {
    let keys = scope.list("TagKeys");
    of.retain(|(key, _)| !keys.contains(&&**key));
    Ok(Value::Absent)
}

/// The name of something new.
pub fn new_name<'a>(scope: &Scope<'a>, param: &str, member: &str) -> Result<&'a str, Refusal> {
    let name = scope.require(param)?;
    if name.len() > 128 {
        return Err(constraint(name, member, "Member must have length less than or equal to 128"));
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c)) {
        let message = format!(
            "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
        );
        return Err(Refusal::new("ValidationError", message));
    }
    Ok(name)
}

/// What something is to be called from now on, and where it is to stand.
pub fn renamed<'a>(scope: &Scope<'a>, param: &str, member: &str) -> Result<(Option<&'a str>, Option<&'a str>), Refusal> {
    let name = scope.text(param).map(|_| new_name(scope, param, member)).transpose()?;
    let path = scope.text("NewPath").map(check_path).transpose()?;
    Ok((name, path))
}

/// Where something new stands.
pub fn path<'a>(scope: &Scope<'a>) -> Result<&'a str, Refusal> {
    check_path(scope.text("Path").unwrap_or("/"))
}

fn check_path(path: &str) -> Result<&str, Refusal> {
    if path.starts_with('/') && path.ends_with('/') {
        Ok(path)
    } else {
        Err(Refusal::new(
            "ValidationError",
            "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
        ))
    }
}
