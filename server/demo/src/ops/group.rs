//! Groups of IAM users.

use crate::{
    iam::{self, Grants, Group, exists, holds, no_such},
    ops::{
        Call, Reply,
        iam::{new_name, path, renamed},
    },
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

pub fn list(call: &mut Call<'_>) -> Reply {
    iam::list(&call.scope(), &call.iam.groups, "Groups", |group| &group.entity.path, |name, group| call.iam.show_group(name, group))
}

fn find<'a>(call: &'a mut Call<'_>, name: &str) -> Result<&'a mut Group, Refusal> {
    call.iam.groups.get_mut(name).ok_or_else(|| no_such("Group", name))
}

pub fn get(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("GroupName")?;
    let group = call.iam.groups.get(name).ok_or_else(|| no_such("Group", name))?;
    let users = group.users.iter().filter_map(|user| Some(call.iam.show_user(user, call.iam.users.get(user)?)));
    Ok(map! { "Group" => call.iam.show_group(name, group), "Users" => Value::list(users), "IsTruncated" => false })
}

pub fn of_user(call: &mut Call<'_>) -> Reply {
    let user = call.scope().require("UserName")?;
    if !call.iam.users.contains_key(user) {
        return Err(no_such("User", user));
    }
    let groups = call.iam.groups.iter().filter(|(_, group)| group.users.iter().any(|name| &**name == user));
    Ok(map! { "Groups" => Value::list(groups.map(|(name, group)| call.iam.show_group(name, group))), "IsTruncated" => false })
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(&scope, "GroupName", "groupName")?;
    if call.iam.groups.keys().any(|known| known.eq_ignore_ascii_case(name)) {
        return Err(exists("Group", name));
    }
    let group = Group { entity: call.iam.entity("AGPA", path(&scope)?, call.world.now), users: vec![], grants: Grants::default() };
    let shown = call.iam.show_group(name, &group);
    call.iam.groups.insert(name.into(), group);
    Ok(map! { "Group" => shown })
}

pub fn update(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let new = renamed(&scope, "NewGroupName", "newGroupName")?;
    iam::rename(&mut call.iam.groups, "Group", scope.require("GroupName")?, new, |group| &mut group.entity).map(|_| Value::Absent)
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("GroupName")?;
    let group = find(call, name)?;
    if !group.users.is_empty() {
        return Err(holds("remove users from group"));
    }
    group.grants.check_empty()?;
    call.iam.groups.remove(name);
    Ok(Value::Absent)
}

/// Who is in it already stays so.
pub fn add(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let user = scope.require("UserName")?;
    let user = call.iam.users.get_key_value(user).map(|(name, _)| name.clone()).ok_or_else(|| no_such("User", user))?;
    let group = find(call, scope.require("GroupName")?)?;
    if !group.users.contains(&user) {
        group.users.push(user);
    }
    Ok(Value::Absent)
}

pub fn remove(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (name, user) = (scope.require("GroupName")?, scope.require("UserName")?);
    let group = find(call, name)?;
    let before = group.users.len();
    group.users.retain(|known| &**known != user);
    if group.users.len() == before { Err(no_such("User", user)) } else { Ok(Value::Absent) }
}
