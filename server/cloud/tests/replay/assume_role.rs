//! Roles that are taken on, and a password of one's own.

use api::{
    error::{ApiError, ErrorCode},
    session::{AssumeRole, NewPassword},
};
use cloud::{Signed, assume_role, change_own_password};
use secrecy::ExposeSecret;

use crate::recorded::{KEY, Log, Recorded, asked, lines};

const ROLE: &str = "arn:aws:iam::444455556666:role/team/Admin";

const ASSUMED: &str = r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROA3XFRBF535PLBIFPI4:ann</AssumedRoleId>
      <Arn>arn:aws:sts::444455556666:assumed-role/Admin/ann</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAROLE</AccessKeyId>
      <SecretAccessKey>role-secret</SecretAccessKey>
      <SessionToken>role-token</SessionToken>
      <Expiration>2030-01-01T00:00:00Z</Expiration>
    </Credentials>
  </AssumeRoleResult>
</AssumeRoleResponse>"#;

const IDENTITY: &str = r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:sts::444455556666:assumed-role/Admin/ann</Arn>
    <UserId>AROA3XFRBF535PLBIFPI4:ann</UserId>
    <Account>444455556666</Account>
  </GetCallerIdentityResult>
</GetCallerIdentityResponse>"#;

fn wanted() -> AssumeRole {
    AssumeRole { role: ROLE.into(), session_name: " ann ".into(), ..AssumeRole::default() }
}

async fn attempt(recorded: Recorded, wanted: &AssumeRole) -> (Result<Signed, ApiError>, Log) {
    let (cloud, log) = recorded.cloud();
    (assume_role(&cloud, ROLE, wanted).await, log)
}

#[tokio::test]
async fn the_role_is_asked_for_with_the_sessions_key_and_answers_with_its_own() {
    let recorded = Recorded::new().answer("AssumeRole", ASSUMED).answer("GetCallerIdentity", IDENTITY);
    let (signed, log) = attempt(recorded, &wanted()).await;
    let signed = signed.unwrap();
    assert_eq!((signed.account.as_str(), signed.user.as_str(), signed.expires_at), ("444455556666", "ann", 1_893_456_000));
    assert_eq!(signed.credentials.secret.expose_secret(), "role-secret");
    assert_eq!(lines(&asked(&log, "AssumeRole")[0]), [format!("RoleArn={ROLE}"), "RoleSessionName=ann".to_owned()], "nothing more is said");
    let log = log.lock().unwrap();
    assert!(log[0].authorization.contains(&format!("Credential={KEY}/")));
    assert!(log[1].authorization.contains("Credential=ASIAROLE/") && log[1].token.as_deref() == Some("role-token"));
}

#[tokio::test]
async fn external_id_mfa_and_duration_go_along() {
    let all = AssumeRole {
        external_id: "shop-7".into(),
        mfa_serial: "arn:aws:iam::123456789012:mfa/ann".into(),
        mfa_code: "123456".into(),
        seconds: Some(7200),
        ..wanted()
    };
    let recorded = Recorded::new().answer("AssumeRole", ASSUMED).answer("GetCallerIdentity", IDENTITY);
    let (signed, log) = attempt(recorded, &all).await;
    signed.unwrap();
    let call = &asked(&log, "AssumeRole")[0];
    let said = ["ExternalId", "SerialNumber", "TokenCode", "DurationSeconds"].map(|name| call[name].as_str());
    assert_eq!(said, ["shop-7", "arn:aws:iam::123456789012:mfa/ann", "123456", "7200"]);
}

#[tokio::test]
async fn refusals_are_in_the_clouds_words_and_at_their_fields() {
    let denied = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sts:AssumeRole on resource: x";
    let (refused, _) = attempt(Recorded::new().refuse("AssumeRole", 403, "AccessDenied", denied), &wanted()).await;
    let error = refused.unwrap_err();
    assert_eq!((error.code, error.message.as_str(), error.fields.len()), (ErrorCode::Forbidden, denied, 0));
    let long = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    let (refused, _) = attempt(Recorded::new().refuse("AssumeRole", 400, "ValidationError", long), &wanted()).await;
    assert_eq!(refused.unwrap_err().fields["seconds"], long);
    let code = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    let with_code = AssumeRole { mfa_serial: "arn".into(), mfa_code: "123456".into(), ..wanted() };
    let (refused, _) = attempt(Recorded::new().refuse("AssumeRole", 403, "AccessDenied", code), &with_code).await;
    let error = refused.unwrap_err();
    assert_eq!((error.code, error.fields["mfa_code"].as_str()), (ErrorCode::MfaRefused, code.trim()));
}

#[tokio::test]
async fn a_password_of_ones_own_is_changed_and_refused_at_its_field() {
    let given = NewPassword { password: "old-secret".into(), new_password: "new-secret".into(), new_password_again: "new-secret".into() };
    let (cloud, log) = Recorded::new().answer("ChangePassword", "<ChangePasswordResponse/>").cloud();
    change_own_password(&cloud, &given).await.unwrap();
    assert_eq!(lines(&asked(&log, "ChangePassword")[0]), ["NewPassword=new-secret", "OldPassword=old-secret"]);
    for (code, message, field) in [
        ("AccessDenied", "The old password was incorrect.", "password"),
        ("PasswordPolicyViolation", "Password should have a minimum length of 8", "new_password"),
    ] {
        let (cloud, _) = Recorded::new().refuse("ChangePassword", 400, code, message).cloud();
        let error = change_own_password(&cloud, &given).await.unwrap_err();
        assert_eq!(error.fields.get(field).map(String::as_str), Some(message), "{code}");
        assert_ne!(error.code, ErrorCode::SessionExpired);
    }
}
