//! MFA devices of users. Those that are made here show codes as an app does that was told their seed; those that were there from the start all
//! show the same one. A user has one at most.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    clock::{Millis, iso},
    cloud::DemoCloud,
    iam::{Iam, holds, mfa::VirtualDevice, no_such},
    ops::{
        Call, Reply,
        iam::{new_name, path},
        user,
    },
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

const KIND: &str = "MFA Device";

pub fn list(call: &mut Call<'_>) -> Reply {
    let name = user::name(call);
    let serial = user::find(call, name)?.mfa_device.clone();
    let device = serial.map(|serial| {
        map! { "UserName" => name, "SerialNumber" => &serial, "EnableDate" => enabled_at(call.iam, &serial).map(iso) }
    });
    Ok(map! { "MFADevices" => Value::list(device), "IsTruncated" => false })
}

fn enabled_at(iam: &Iam, serial: &str) -> Option<Millis> {
    iam.devices.get(serial).and_then(|device| device.enabled_at)
}

pub fn list_virtual(call: &mut Call<'_>) -> Reply {
    let wanted = match call.scope().text("AssignmentStatus") {
        None | Some("Any") => None,
        Some("Assigned") => Some(true),
        Some("Unassigned") => Some(false),
        Some(other) => return Err(Refusal::invalid_value("assignmentStatus", other, "")),
    };
    let devices = call.iam.devices.iter().filter(|(_, device)| wanted.is_none_or(|wanted| device.enabled_at.is_some() == wanted));
    let shown = devices.map(|(serial, device)| map! { "SerialNumber" => serial, "EnableDate" => device.enabled_at.map(iso) });
    Ok(map! { "VirtualMFADevices" => Value::list(shown), "IsTruncated" => false })
}

/// Without the picture, which whoever has the seed can draw.
pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(&scope, "VirtualMFADeviceName", "virtualMFADeviceName")?;
    let serial = format!("arn:aws:iam::{}:mfa{}{name}", call.iam.account, path(&scope)?);
    if call.iam.devices.keys().any(|known| known.eq_ignore_ascii_case(&serial)) {
        return Err(Refusal::new("EntityAlreadyExists", "MFADevice entity at the same path and name already exists."));
    }
    let seed = DemoCloud::secret(64);
    let shown = map! { "SerialNumber" => &serial, "Base32StringSeed" => STANDARD.encode(&seed) };
    call.iam.devices.insert(serial.into(), VirtualDevice { seed: Some(seed), enabled_at: None });
    Ok(map! { "VirtualMFADevice" => shown })
}

/// Whether the codes that are given are two of the device, one after the other, and lately.
fn check_codes(call: &Call<'_>, serial: &str) -> Result<(), Refusal> {
    let scope = call.scope();
    let (first, second) = (scope.require("AuthenticationCode1")?, scope.require("AuthenticationCode2")?);
    let device = call.iam.devices.get(serial).ok_or_else(|| no_such(KIND, serial))?;
    if device.shows_both(first, second, call.world.now) {
        Ok(())
    } else {
        Err(Refusal::new("InvalidAuthenticationCode", "Authentication code for device is not valid."))
    }
}

pub fn enable(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (name, serial) = (scope.require("UserName")?, scope.require("SerialNumber")?);
    if call.iam.users.values().any(|user| user.mfa_device.as_deref() == Some(serial)) {
        return Err(Refusal::new("EntityAlreadyExists", "MFA Device is already in use."));
    }
    if user::find(call, name)?.mfa_device.is_some() {
        return Err(Refusal::new("LimitExceeded", "Cannot exceed quota for MFADevicesPerUser: 1"));
    }
    check_codes(call, serial)?;
    user::find(call, name)?.mfa_device = Some(serial.to_owned());
    if let Some(device) = call.iam.devices.get_mut(serial) {
        device.enabled_at = Some(call.world.now);
    }
    Ok(Value::Absent)
}

pub fn resync(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let serial = scope.require("SerialNumber")?;
    if user::find(call, scope.require("UserName")?)?.mfa_device.as_deref() != Some(serial) {
        return Err(no_such(KIND, serial));
    }
    check_codes(call, serial).map(|()| Value::Absent)
}

pub fn deactivate(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let serial = scope.require("SerialNumber")?;
    let device = &mut user::find(call, scope.require("UserName")?)?.mfa_device;
    if device.as_deref() != Some(serial) {
        return Err(no_such(KIND, serial));
    }
    *device = None;
    if let Some(device) = call.iam.devices.get_mut(serial) {
        device.enabled_at = None;
    }
    Ok(Value::Absent)
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let serial = call.scope().require("SerialNumber")?;
    if call.iam.users.values().any(|user| user.mfa_device.as_deref() == Some(serial)) {
        return Err(holds("deactivate MFA device"));
    }
    call.iam.devices.remove(serial).map(|_| Value::Absent).ok_or_else(|| no_such(KIND, serial))
}
