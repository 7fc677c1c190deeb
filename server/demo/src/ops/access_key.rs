//! Access keys of users. Those that are made here sign, until they are deactivated or deleted.

use crate::{
    clock::iso,
    cloud::DemoCloud,
    iam::{AccessKey, no_such},
    ops::{Call, Reply, TokenCall, user},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

fn show(user: &str, key: &AccessKey) -> Value {
    map! {
        "UserName" => user,
        "AccessKeyId" => &key.id,
        "Status" => if key.is_active { "Active" } else { "Inactive" },
        "CreateDate" => iso(key.created_at),
    }
}

pub fn list(call: &mut Call<'_>) -> Reply {
    let name = user::name(call);
    let user = user::find(call, name)?;
    Ok(map! { "AccessKeyMetadata" => Value::list(user.keys.iter().map(|key| show(name, key))), "IsTruncated" => false })
}

pub fn last_used(call: &mut Call<'_>) -> Reply {
    let id = call.scope().require("AccessKeyId")?;
    let found = call.iam.users.iter().find_map(|(name, user)| Some((name, user.keys.iter().find(|key| key.id == id)?)));
    let (name, key) = found.ok_or_else(|| no_key(id))?;
    let used = map! {
        "LastUsedDate" => key.last_used_at.map(iso),
        "ServiceName" => if key.last_used_at.is_some() { "ec2" } else { "N/A" },
        "Region" => if key.last_used_at.is_some() { "us-east-1" } else { "N/A" },
    };
    Ok(map! { "UserName" => name, "AccessKeyLastUsed" => used })
}

fn no_key(id: &str) -> Refusal {
    Refusal::new("NoSuchEntity", format!("The Access Key with id {id} cannot be found."))
}

fn owner<'a>(call: &TokenCall<'a>) -> Result<&'a str, Refusal> {
    let scope = call.params.scope();
    scope.text("UserName").or(call.principal.user.as_deref()).ok_or_else(|| Refusal::missing("UserName"))
}

pub fn create(call: &TokenCall<'_>) -> Reply {
    let name = owner(call)?;
    let account = &call.principal.account;
    let (id, secret) = (format!("AKIA{}", DemoCloud::secret(16)), DemoCloud::secret(40));
    let shown = {
        let mut state = account.lock();
        let user = state.iam.users.get_mut(name).ok_or_else(|| no_such("User", name))?;
        if user.keys.len() >= 2 {
            return Err(Refusal::new("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"));
        }
        let key = AccessKey { id: id.clone(), is_active: true, created_at: call.now, last_used_at: None };
        let shown = show(name, &key).with("SecretAccessKey", &secret);
        user.keys.push(key);
        shown
    };
    call.cloud.add_key(account, name, id, secret);
    Ok(map! { "AccessKey" => shown })
}

/// Changes a key of the user; what it is called is refused where the user has none of this id.
fn with_key<R>(call: &TokenCall<'_>, change: impl FnOnce(&mut Vec<AccessKey>, usize) -> R) -> Result<R, Refusal> {
    let (name, scope) = (owner(call)?, call.params.scope());
    let id = scope.require("AccessKeyId")?;
    let mut state = call.principal.account.lock();
    let user = state.iam.users.get_mut(name).ok_or_else(|| no_such("User", name))?;
    let at = user.keys.iter().position(|key| key.id == id).ok_or_else(|| no_key(id))?;
    Ok(change(&mut user.keys, at))
}

pub fn update(call: &TokenCall<'_>) -> Reply {
    let scope = call.params.scope();
    let is_active = match scope.require("Status")? {
        "Active" => true,
        "Inactive" => false,
        other => return Err(Refusal::invalid_value("status", other, "")),
    };
    with_key(call, |keys, at| keys[at].is_active = is_active)?;
    call.cloud.keys().set_active(scope.require("AccessKeyId")?, is_active);
    Ok(Value::Absent)
}

pub fn delete(call: &TokenCall<'_>) -> Reply {
    let key = with_key(call, |keys, at| keys.remove(at))?;
    call.cloud.keys().remove(&key.id);
    Ok(Value::Absent)
}
