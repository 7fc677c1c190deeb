//! Passwords of users.

use crate::{
    clock::{Millis, iso},
    iam::{Password, User, constraint},
    ops::{Call, Reply, user},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

fn none(name: &str) -> Refusal {
    Refusal::new("NoSuchEntity", format!("Login Profile for User {name} cannot be found."))
}

fn show(name: &str, password: &Password) -> Value {
    let profile = map! { "UserName" => name, "CreateDate" => iso(password.created_at), "PasswordResetRequired" => password.is_expired };
    map! { "LoginProfile" => profile }
}

fn of(user: &User, name: &str) -> Reply {
    user.password.as_ref().map(|password| show(name, password)).ok_or_else(|| none(name))
}

pub fn get(call: &mut Call<'_>) -> Reply {
    let name = user::name(call);
    of(user::find(call, name)?, name)
}

/// What is asked for, as a password that has to be changed counts as one that has expired.
fn read(call: &Call<'_>, now: Millis) -> Result<Password, Refusal> {
    let scope = call.scope();
    let text = scope.require("Password")?;
    if text.chars().count() < 8 {
        return Err(constraint("*****", "password", "Member must have length greater than or equal to 8"));
    }
    Ok(Password { text: text.to_owned(), created_at: now, is_expired: scope.flag("PasswordResetRequired")?.unwrap_or(false) })
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let (name, now) = (user::name(call), call.world.now);
    if user::find(call, name)?.password.is_some() {
        return Err(Refusal::new("EntityAlreadyExists", format!("Login Profile for user {name} already exists.")));
    }
    let password = read(call, now)?;
    let user = user::find(call, name)?;
    user.password = Some(password);
    of(user, name)
}

pub fn update(call: &mut Call<'_>) -> Reply {
    let (name, now) = (user::name(call), call.world.now);
    of(user::find(call, name)?, name)?;
    let password = read(call, now)?;
    user::find(call, name)?.password = Some(password);
    Ok(Value::Absent)
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let name = user::name(call);
    user::find(call, name)?.password.take().map(|_| Value::Absent).ok_or_else(|| none(name))
}

/// The password of whoever asks, who has to know the one there is. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html>
pub fn change_own(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (old, new) = (scope.require("OldPassword")?, scope.require("NewPassword")?);
    let Some((_, path)) = call.principal.arn.split_once(":user/") else {
        return Err(Refusal::new("InvalidUserType", "Only IAM Users can change their own password"));
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    let now = call.world.now;
    let password = user::find(call, name)?.password.as_mut().ok_or_else(|| none(name))?;
    if password.text != old {
        return Err(Refusal::new("AccessDenied", "The old password was incorrect."));
    }
    if new.chars().count() < 8 {
        return Err(Refusal::new("PasswordPolicyViolation", "Password should have a minimum length of 8"));
    }
    *password = Password { text: new.to_owned(), created_at: now, is_expired: false };
    Ok(Value::Absent)
}
