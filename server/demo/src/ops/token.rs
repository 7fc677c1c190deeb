//! STS: who a key belongs to, and temporary keys.

#![expect(clippy::unnecessary_wraps, reason = "operations share one signature, also those that cannot fail")]

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    account::{Key, Principal},
    clock::{Millis, SECOND, iso},
    cloud::DemoCloud,
    iam::{Permissions, constraint, mfa::VirtualDevice},
    ops::{Reply, TokenCall, trust::Asking},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

pub fn get_caller_identity(call: &TokenCall<'_>) -> Reply {
    Ok(map! { "Arn" => &call.principal.arn, "UserId" => &call.principal.user_id, "Account" => &call.principal.account.id })
}

pub fn get_session_token(call: &TokenCall<'_>) -> Reply {
    let scope = call.params.scope();
    let principal = call.principal;
    let seconds = duration(scope.number("DurationSeconds")?, 43_200, 129_600)?;
    let Some(user) = &principal.user else {
        return Err(Refusal::new("AccessDenied", "Cannot call GetSessionToken with session credentials"));
    };
    let mfa = shows_mfa(call, Some(user.as_str()))?;
    if !mfa && principal.permissions == Permissions::WithMfa {
        return Err(Refusal::new(
            "AccessDenied",
            format!(
                "User: {} is not authorized to perform: sts:GetSessionToken with an explicit deny in an identity-based policy",
                principal.arn
            ),
        ));
    }
    let session = Principal { mfa, user: None, ..principal.clone() };
    Ok(map! { "Credentials" => issue(call, session, seconds) })
}

/// Whether a code of this user's device was given and is right; that none was given is no refusal here.
fn shows_mfa(call: &TokenCall<'_>, user: Option<&str>) -> Result<bool, Refusal> {
    let scope = call.params.scope();
    let state = call.principal.account.lock();
    let serial = user.and_then(|user| state.iam.users.get(user)?.mfa_device.as_deref());
    let device = serial.and_then(|serial| Some((serial, state.iam.devices.get(serial)?)));
    check_mfa(device, scope.text("SerialNumber"), scope.text("TokenCode"), call.now)
}

fn check_mfa(device: Option<(&str, &VirtualDevice)>, serial: Option<&str>, code: Option<&str>, now: Millis) -> Result<bool, Refusal> {
    let (serial, code) = match (serial, code) {
        (None, None) => return Ok(false),
        (Some(serial), Some(code)) => (serial, code),
        _ => {
            return Err(Refusal::new(
                "ValidationError",
                "Both SerialNumber and TokenCode must be specified to authenticate with an MFA device.",
            ));
        }
    };
    if code.len() < 6 {
        return Err(constraint(code, "tokenCode", "Member must have length greater than or equal to 6"));
    }
    let Some((_, device)) = device.filter(|(own, _)| *own == serial) else {
        return Err(Refusal::new(
            "AccessDenied",
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
        ));
    };
    if !device.shows(code, now) {
        return Err(Refusal::new("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "));
    }
    Ok(true)
}

pub fn assume_role(call: &TokenCall<'_>) -> Reply {
    let scope = call.params.scope();
    let (arn, session) = (scope.require("RoleArn")?, scope.require("RoleSessionName")?);
    let seconds = duration(scope.number("DurationSeconds")?, 3_600, 43_200)?;
    if session.len() < 2 || session.len() > 64 || !session.chars().all(|c| c.is_ascii_alphanumeric() || "_=,.@-".contains(c)) {
        return Err(constraint(session, "roleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*"));
    }
    let denied = || {
        let message = format!("User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}", call.principal.arn);
        Refusal::new("AccessDenied", message)
    };
    let path = arn.strip_prefix("arn:aws:iam::").ok_or_else(|| Refusal::new("ValidationError", format!("{arn} is invalid")))?;
    let (account_id, role_path) = path.split_once(":role/").ok_or_else(denied)?;
    let name = role_path.rsplit('/').next().unwrap_or_default();
    let account = if *account_id == *call.principal.account.id {
        call.principal.account.clone()
    } else {
        call.cloud.account(account_id).ok_or_else(denied)?
    };
    // The keys of a session are nobody's in particular: the user is in the ARN.
    let user = call.principal.arn.split_once(":user/").map(|(_, path)| path.rsplit('/').next().unwrap_or_default());
    let mfa = shows_mfa(call, user)? || call.principal.mfa;
    let (role_id, permissions) = {
        let state = account.lock();
        let role = state.iam.roles.get(name).ok_or_else(denied)?;
        let (account, arn) = (&*call.principal.account.id, call.principal.arn.as_str());
        let asking = Asking { account, arn, external_id: scope.text("ExternalId"), mfa };
        if !asking.is_let_by(&role.trust) {
            return Err(denied());
        }
        if seconds > i64::from(role.max_session) {
            let message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
            return Err(Refusal::new("ValidationError", message));
        }
        (role.entity.id.clone(), role.permissions)
    };
    let assumed = Principal {
        arn: format!("arn:aws:sts::{account_id}:assumed-role/{name}/{session}"),
        user_id: format!("{role_id}:{session}"),
        user: None,
        permissions,
        mfa,
        account,
    };
    let user = map! { "Arn" => &assumed.arn, "AssumedRoleId" => &assumed.user_id };
    Ok(map! { "Credentials" => issue(call, assumed, seconds), "AssumedRoleUser" => user })
}

fn duration(given: Option<i64>, usual: i64, most: i64) -> Result<i64, Refusal> {
    match given.unwrap_or(usual) {
        seconds if seconds < 900 => Err(constraint(seconds, "durationSeconds", "Member must have value greater than or equal to 900")),
        seconds if seconds > most => {
            Err(constraint(seconds, "durationSeconds", &format!("Member must have value less than or equal to {most}")))
        }
        seconds => Ok(seconds),
    }
}

/// A new temporary key for a principal.
pub fn issue(call: &TokenCall<'_>, principal: Principal, seconds: i64) -> Value {
    // The account may have been asked to let sessions end early, earlier than AWS would.
    let seconds = principal.account.options.session_seconds.map_or(seconds, |limit| seconds.min(i64::from(limit)));
    let expires_at: Millis = call.now + seconds * SECOND;
    let access_key_id = format!("ASIA{}", DemoCloud::secret(16));
    let (secret, token) = (DemoCloud::secret(40), STANDARD.encode(DemoCloud::secret(240)));
    let shown = map! {
        "AccessKeyId" => &access_key_id,
        "SecretAccessKey" => &secret,
        "SessionToken" => &token,
        "Expiration" => iso(expires_at),
    };
    call.cloud.keys().insert(access_key_id, Key { secret, principal, is_active: true, session: Some((token, expires_at)) });
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::mfa::MFA_CODE;

    #[test]
    fn a_code_is_asked_of_the_right_device() {
        let own = VirtualDevice { seed: None, enabled_at: None };
        let serial = "arn:aws:iam::1:mfa/olivia";
        let check = |serial, code| check_mfa(Some(("arn:aws:iam::1:mfa/olivia", &own)), serial, code, 0);
        assert_eq!(check(Some(serial), Some(MFA_CODE)), Ok(true));
        assert_eq!(check(None, None), Ok(false));
        assert_eq!(check(Some(serial), Some("000000")).unwrap_err().code, "AccessDenied");
        assert!(check_mfa(None, Some(serial), Some(MFA_CODE), 0).unwrap_err().message.contains("serial number"));
        assert!(check(Some("other"), Some(MFA_CODE)).unwrap_err().message.contains("serial number"));
        assert_eq!(check(Some(serial), None).unwrap_err().code, "ValidationError");
        assert_eq!(check(Some(serial), Some("12")).unwrap_err().code, "ValidationError");
    }

    #[test]
    fn durations_have_limits() {
        assert_eq!(duration(None, 3_600, 43_200), Ok(3_600));
        assert!(duration(Some(899), 3_600, 43_200).is_err() && duration(Some(43_201), 3_600, 43_200).is_err());
    }
}
