//! Everything about who may do what, in one call.

use crate::{
    iam::{self, Iam, show_tags},
    ops::{Call, Reply, policy},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

/// Pages go by users, of whom there are most; groups and roles are on the first.
pub fn details(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let asked = scope.list("Filter");
    if let Some(unknown) = asked.iter().find(|word| !["User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"].contains(word)) {
        return Err(Refusal::new("ValidationError", format!("{unknown} is no type of entity.")));
    }
    let wants = |word| asked.is_empty() || asked.contains(&word);
    let is_first = scope.text("Marker").is_none();
    let iam = &*call.iam;
    let mut reply = if wants("User") {
        iam::list(&scope, &iam.users, "UserDetailList", |user| &user.entity.path, |name, _| user(iam, name))?
    } else {
        map! { "IsTruncated" => false }
    };
    if wants("Group") && is_first {
        reply = reply.with(
            "GroupDetailList",
            Value::list(iam.groups.iter().map(|(name, group)| {
                let shown = iam.show_group(name, group).with("GroupPolicyList", group.grants.show_inline());
                shown.with("AttachedManagedPolicies", group.grants.show_attached())
            })),
        );
    }
    if wants("Role") && is_first {
        reply = reply.with(
            "RoleDetailList",
            Value::list(iam.roles.iter().map(|(name, role)| {
                let profiles = iam.instance_profiles.iter().filter(|(_, profile)| profile.roles.contains(name));
                let shown = iam.show_role(name, role).with("RolePolicyList", role.grants.show_inline());
                let shown = shown.with("AttachedManagedPolicies", role.grants.show_attached()).with("Tags", show_tags(&role.tags));
                let shown = shown.with("PermissionsBoundary", role.grants.show_boundary());
                shown.with("InstanceProfileList", Value::list(profiles.map(|(name, profile)| iam.show_profile(name, profile))))
            })),
        );
    }
    let (own, aws) = (wants("LocalManagedPolicy"), wants("AWSManagedPolicy"));
    if (own || aws) && is_first {
        // Of AWS's only those that somebody has.
        let policies = iam.policies.iter().filter(|(arn, policy)| if policy.is_aws { aws && policy::is_attached(iam, arn) } else { own });
        reply = reply.with("Policies", Value::list(policies.map(|(arn, policy)| policy::show_details(iam, arn, policy))));
    }
    Ok(reply)
}

fn user(iam: &Iam, name: &str) -> Value {
    let Some(user) = iam.users.get(name) else { return Value::Absent };
    let groups = iam.groups.iter().filter(|(_, group)| group.users.iter().any(|member| &**member == name)).map(|(group, _)| group);
    let shown = iam.show_user(name, user).with("GroupList", Value::list(groups)).with("UserPolicyList", user.grants.show_inline());
    let shown = shown.with("AttachedManagedPolicies", user.grants.show_attached()).with("Tags", show_tags(&user.tags));
    shown.with("PermissionsBoundary", user.grants.show_boundary())
}
