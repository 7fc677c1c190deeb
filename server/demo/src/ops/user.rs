//! IAM users.

use crate::{
    clock::Millis,
    iam::{self, Grants, Permissions, User, exists, holds, no_such, show_tags},
    ops::{
        Call, Reply, TokenCall,
        iam::{drop_tags, keep_tags, new_name, path, renamed, tags},
    },
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

pub fn list(call: &mut Call<'_>) -> Reply {
    iam::list(&call.scope(), &call.iam.users, "Users", |user| &user.entity.path, |name, user| call.iam.show_user(name, user))
}

/// The user that is named, or who asks.
pub fn name<'a>(call: &Call<'a>) -> &'a str {
    call.scope().text("UserName").unwrap_or_else(|| call.principal.arn.rsplit('/').next().unwrap_or_default())
}

pub fn find<'a>(call: &'a mut Call<'_>, name: &str) -> Result<&'a mut User, Refusal> {
    call.iam.users.get_mut(name).ok_or_else(|| no_such("User", name))
}

pub fn get(call: &mut Call<'_>) -> Reply {
    let name = name(call);
    let user = call.iam.users.get(name).ok_or_else(|| no_such("User", name))?;
    let shown = call.iam.show_user(name, user).with("Tags", show_tags(&user.tags));
    Ok(map! { "User" => shown.with("PermissionsBoundary", user.grants.show_boundary()) })
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(&scope, "UserName", "userName")?;
    // Names that differ by case alone are the same.
    if call.iam.users.keys().any(|known| known.eq_ignore_ascii_case(name)) {
        return Err(exists("User", name));
    }
    let now: Millis = call.world.now;
    let user = User {
        entity: call.iam.entity("AIDA", path(&scope)?, now),
        password_last_used: None,
        password: None,
        mfa_device: None,
        permissions: Permissions::ByPolicies,
        grants: Grants::default(),
        keys: vec![],
        tags: tags(&scope),
    };
    let shown = call.iam.show_user(name, &user);
    call.iam.users.insert(name.into(), user);
    Ok(map! { "User" => shown })
}

/// Its keys, its groups and its devices stay its own.
pub fn update(call: &TokenCall<'_>) -> Reply {
    let scope = call.params.scope();
    let name = scope.require("UserName")?;
    let new = renamed(&scope, "NewUserName", "newUserName")?;
    let account = &call.principal.account;
    let (new, arn, id) = {
        let mut state = account.lock();
        let iam = &mut state.iam;
        let new = iam::rename(&mut iam.users, "User", name, new, |user| &mut user.entity)?;
        for member in iam.groups.values_mut().flat_map(|group| &mut group.users).filter(|member| ***member == *name) {
            *member = new.clone();
        }
        let entity = &iam.users[&new].entity;
        (new.clone(), entity.arn(&account.id, "user", &new), entity.id.clone())
    };
    call.cloud.keys().rename(&account.id, &id, &new, &arn);
    Ok(Value::Absent)
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("UserName")?;
    let is_member = call.iam.groups.values().any(|group| group.users.iter().any(|user| &**user == name));
    let user = find(call, name)?;
    if is_member {
        return Err(holds("remove users from group"));
    } else if user.password.is_some() {
        return Err(holds("delete login profile"));
    } else if !user.keys.is_empty() {
        return Err(holds("delete access keys"));
    } else if user.mfa_device.is_some() {
        return Err(holds("delete MFA device"));
    }
    user.grants.check_empty()?;
    call.iam.users.remove(name);
    Ok(Value::Absent)
}

pub fn tag(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    keep_tags(&mut find(call, scope.require("UserName")?)?.tags, &scope)
}

pub fn untag(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    drop_tags(&mut find(call, scope.require("UserName")?)?.tags, &scope)
}

/// Nobody has any.
fn none(call: &mut Call<'_>, set: &'static str) -> Reply {
    let name = name(call);
    find(call, name)?;
    Ok(Value::Map(vec![(set, Value::List(vec![])), ("IsTruncated", false.into())]))
}

pub fn no_ssh_keys(call: &mut Call<'_>) -> Reply {
    none(call, "SSHPublicKeys")
}

pub fn no_certificates(call: &mut Call<'_>) -> Reply {
    none(call, "Certificates")
}

pub fn no_service_credentials(call: &mut Call<'_>) -> Reply {
    none(call, "ServiceSpecificCredentials")
}
