//! Roles.

use crate::{
    iam::{self, Grants, Permissions, Role, exists, holds, no_such},
    ops::{
        Call, Reply,
        document::check_trust,
        iam::{drop_tags, keep_tags, new_name, path, tags},
    },
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

pub fn list(call: &mut Call<'_>) -> Reply {
    iam::list(&call.scope(), &call.iam.roles, "Roles", |role| &role.entity.path, |name, role| call.iam.show_role(name, role))
}

pub fn get(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("RoleName")?;
    let role = call.iam.roles.get(name).ok_or_else(|| no_such("Role", name))?;
    Ok(
        map! { "Role" => call.iam.show_role(name, role).with("Tags", iam::show_tags(&role.tags)).with("PermissionsBoundary", role.grants.show_boundary()) },
    )
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(&scope, "RoleName", "roleName")?;
    let trust = scope.require("AssumeRolePolicyDocument")?;
    check_trust(trust)?;
    if call.iam.roles.contains_key(name) {
        return Err(exists("Role", name));
    }
    let role = Role {
        entity: call.iam.entity("AROA", path(&scope)?, call.world.now),
        description: scope.get("Description").unwrap_or_default().to_owned(),
        max_session: scope.number("MaxSessionDuration")?.unwrap_or(3_600),
        last_used_at: None,
        trust: trust.to_owned(),
        permissions: Permissions::Only(&[]),
        grants: Grants::default(),
        tags: tags(&scope),
    };
    let shown = call.iam.show_role(name, &role);
    call.iam.roles.insert(name.into(), role);
    Ok(map! { "Role" => shown })
}

fn find<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Role, Refusal> {
    let name = call.scope().require("RoleName")?;
    call.iam.roles.get_mut(name).ok_or_else(|| no_such("Role", name))
}

/// A role that a service keeps is nobody else's to change.
fn free_role<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Role, Refusal> {
    let name = call.scope().require("RoleName")?;
    let role = find(call)?;
    if role.entity.path.starts_with("/aws-service-role/") {
        let message = format!("Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS");
        return Err(Refusal::new("UnmodifiableEntity", message));
    }
    Ok(role)
}

pub fn update(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    // Whoever does not say it gets an hour, whatever it was.
    let seconds = scope.number("MaxSessionDuration")?.unwrap_or(3_600);
    let role = free_role(call)?;
    if let Some(description) = scope.get("Description") {
        description.clone_into(&mut role.description);
    }
    role.max_session = seconds;
    Ok(Value::Absent)
}

pub fn set_trust(call: &mut Call<'_>) -> Reply {
    let document = call.scope().require("PolicyDocument")?;
    check_trust(document)?;
    document.clone_into(&mut free_role(call)?.trust);
    Ok(Value::Absent)
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("RoleName")?;
    free_role(call)?.grants.check_empty()?;
    if call.iam.instance_profiles.values().any(|profile| profile.roles.iter().any(|role| &**role == name)) {
        return Err(holds("remove roles from instance profile"));
    }
    call.iam.roles.remove(name);
    Ok(Value::Absent)
}

pub fn set_tags(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    keep_tags(&mut free_role(call)?.tags, &scope)
}

pub fn unset_tags(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    drop_tags(&mut free_role(call)?.tags, &scope)
}
