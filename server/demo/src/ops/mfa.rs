//! MFA devices of users. The demo cloud makes none; those of its users can be looked at and taken away.

use crate::{
    clock::iso,
    iam::no_such,
    ops::{Call, Reply, user},
    protocol::value::{Value, map},
};

pub fn list(call: &mut Call<'_>) -> Reply {
    let name = user::name(call);
    let user = user::find(call, name)?;
    let device = user.mfa_device.as_ref().map(|serial| {
        map! { "UserName" => name, "SerialNumber" => serial, "EnableDate" => iso(user.entity.created_at) }
    });
    Ok(map! { "MFADevices" => Value::list(device), "IsTruncated" => false })
}

pub fn deactivate(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let serial = scope.require("SerialNumber")?;
    let device = &mut user::find(call, scope.require("UserName")?)?.mfa_device;
    if device.as_deref() != Some(serial) {
        return Err(no_such("MFA Device", serial));
    }
    *device = None;
    Ok(Value::Absent)
}

/// A device that nobody has is not kept, so that there is nothing to do.
pub fn delete(call: &mut Call<'_>) -> Reply {
    call.scope().require("SerialNumber")?;
    Ok(Value::Absent)
}
