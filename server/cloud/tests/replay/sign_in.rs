//! Signing in.

use api::{
    error::{ApiError, ErrorCode},
    session::SignIn,
};
use cloud::{Signed, sign_in};
use secrecy::ExposeSecret;

use crate::recorded::{KEY, Log, Recorded, asked};

pub const TOKEN: &str = r#"<GetSessionTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetSessionTokenResult>
    <Credentials>
      <SessionToken>AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthT</SessionToken>
      <SecretAccessKey>temporary-secret</SecretAccessKey>
      <Expiration>2030-01-01T00:00:00Z</Expiration>
      <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
    </Credentials>
  </GetSessionTokenResult>
</GetSessionTokenResponse>"#;

pub const IDENTITY: &str = r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/team/Alice</Arn>
    <UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
</GetCallerIdentityResponse>"#;

pub fn typed() -> SignIn {
    SignIn { access_key_id: format!(" {KEY}\n"), secret_access_key: "\tsecret ".into(), ..SignIn::default() }
}

async fn attempt(recorded: Recorded, typed: &SignIn) -> (Result<Signed, ApiError>, Log) {
    let (target, log) = recorded.target();
    (sign_in(&target, typed).await, log)
}

#[tokio::test]
async fn long_term_keys_are_exchanged_and_forgotten() {
    let recorded = Recorded::new().answer("GetSessionToken", TOKEN).answer("GetCallerIdentity", IDENTITY);
    let (signed, log) = attempt(recorded, &typed()).await;
    let signed = signed.unwrap();
    assert_eq!((signed.account.as_str(), signed.user.as_str()), ("123456789012", "Alice"));
    assert_eq!(signed.expires_at, 1_893_456_000);
    assert_eq!(signed.credentials.access_key_id, "ASIAIOSFODNN7EXAMPLE");
    assert_eq!(signed.credentials.secret.expose_secret(), "temporary-secret");
    let log = log.lock().unwrap();
    assert!(log[0].authorization.contains(&format!("Credential={KEY}/")), "blanks are taken off");
    assert_eq!(log[0].params["DurationSeconds"], "43200");
    assert!(!log[0].params.contains_key("TokenCode"));
    assert!(log[1].authorization.contains("Credential=ASIAIOSFODNN7EXAMPLE/"), "the identity is that of the session's key");
    assert!(log[1].token.is_some());
    assert!(!format!("{signed:?}").contains("temporary-secret"));
}

#[tokio::test]
async fn the_mfa_device_and_its_code_go_along() {
    let recorded = Recorded::new().answer("GetSessionToken", TOKEN).answer("GetCallerIdentity", IDENTITY);
    let with_mfa = SignIn { mfa_serial: " arn:aws:iam::123456789012:mfa/alice ".into(), mfa_code: "123456".into(), ..typed() };
    let (signed, log) = attempt(recorded, &with_mfa).await;
    signed.unwrap();
    let call = &asked(&log, "GetSessionToken")[0];
    assert_eq!((call["SerialNumber"].as_str(), call["TokenCode"].as_str()), ("arn:aws:iam::123456789012:mfa/alice", "123456"));
}

#[tokio::test]
async fn a_wrong_mfa_code_is_told_from_a_wrong_key() {
    let words = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    let with_mfa = SignIn { mfa_serial: "arn".into(), mfa_code: "123456".into(), ..typed() };
    let (refused, _) = attempt(Recorded::new().refuse("GetSessionToken", 403, "AccessDenied", words), &with_mfa).await;
    let error = refused.unwrap_err();
    assert_eq!((error.code, error.fields["mfa_code"].as_str()), (ErrorCode::MfaRefused, words.trim()));
}

#[tokio::test]
async fn a_wrong_mfa_device_is_said_at_the_device() {
    let words = "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.";
    let with_mfa = SignIn { mfa_serial: "arn".into(), mfa_code: "123456".into(), ..typed() };
    let (refused, _) = attempt(Recorded::new().refuse("GetSessionToken", 403, "AccessDenied", words), &with_mfa).await;
    let error = refused.unwrap_err();
    assert_eq!((error.code, error.fields.contains_key("mfa_serial")), (ErrorCode::MfaRefused, true));
}

#[tokio::test]
async fn unknown_keys_and_wrong_secrets_are_credentials_refused() {
    let unknown = ("InvalidClientTokenId", "The security token included in the request is invalid.");
    let wrong = (
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match. The Canonical String for this request should have been 'POST x-amz-security-token:SECRET'",
    );
    for (code, message) in [unknown, wrong] {
        let (refused, _) = attempt(Recorded::new().refuse("GetSessionToken", 403, code, message), &typed()).await;
        let error = refused.unwrap_err();
        assert_eq!((error.code, error.cloud_code.as_deref()), (ErrorCode::CredentialsRefused, Some(code)));
        assert!(!error.message.contains("SECRET"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_temporary_key_without_its_token_is_asked_for_it() {
    let asia = SignIn { access_key_id: "ASIAIOSFODNN7EXAMPLE".into(), ..typed() };
    let (refused, _) = attempt(Recorded::new().refuse("GetSessionToken", 403, "InvalidClientTokenId", "invalid"), &asia).await;
    assert!(refused.unwrap_err().fields.contains_key("session_token"));
}

#[tokio::test]
async fn temporary_credentials_are_used_as_given() {
    let (signed, log) =
        attempt(Recorded::new().answer("GetCallerIdentity", IDENTITY), &SignIn { session_token: " token ".into(), ..typed() }).await;
    let signed = signed.unwrap();
    assert_eq!(signed.credentials.access_key_id, KEY);
    assert!(signed.expires_at > 0 && signed.credentials.expires_at.is_none());
    assert_eq!(log.lock().unwrap()[0].token.as_deref(), Some("token"));
}

#[tokio::test]
async fn where_the_cloud_gives_no_temporary_keys_those_given_are_used() {
    for (status, code) in [(403, "AccessDenied"), (400, "InvalidAction")] {
        let recorded = Recorded::new().refuse("GetSessionToken", status, code, "Cannot call GetSessionToken with session credentials");
        let (signed, _) = attempt(recorded.answer("GetCallerIdentity", IDENTITY), &typed()).await;
        assert_eq!(signed.unwrap().credentials.access_key_id, KEY);
    }
}

#[tokio::test]
async fn a_policy_that_denies_temporary_keys_leaves_no_long_term_key_in_a_session() {
    let words = "User: arn:aws:iam::123456789012:user/olivia is not authorized to perform: sts:GetSessionToken with an explicit deny";
    let recorded = Recorded::new().refuse("GetSessionToken", 403, "AccessDenied", words).answer("GetCallerIdentity", IDENTITY);
    let (refused, log) = attempt(recorded, &typed()).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::Forbidden);
    assert_eq!(log.lock().unwrap().len(), 1, "nothing more is asked with these keys");
}

#[tokio::test]
async fn a_token_that_was_wrapped_when_it_was_copied_is_said_at_its_field() {
    let typed = SignIn { session_token: "AQoEXAMPLEH4a\noAH0gNCAPy".into(), ..typed() };
    let error = attempt(Recorded::new(), &typed).await.0.unwrap_err();
    assert_eq!((error.code, error.fields.contains_key("session_token")), (ErrorCode::Invalid, true));
}

#[tokio::test]
async fn an_answer_without_whole_credentials_leaves_no_long_term_key_in_a_session() {
    let part = |name: &str| {
        let (before, rest) = TOKEN.split_once(&format!("<{name}>")).unwrap();
        format!("{before}{}", rest.split_once(&format!("</{name}>")).unwrap().1)
    };
    for missing in ["Credentials", "SecretAccessKey", "AccessKeyId", "SessionToken"] {
        let error = attempt(Recorded::new().answer("GetSessionToken", &part(missing)), &typed()).await.0.unwrap_err();
        assert_eq!(error.code, ErrorCode::CloudFailure, "without {missing}");
    }
}

#[tokio::test]
async fn an_identity_without_a_name_is_nobody() {
    let nameless = IDENTITY.replace("arn:aws:iam::123456789012:user/team/Alice", "");
    let recorded = Recorded::new().answer("GetSessionToken", TOKEN).answer("GetCallerIdentity", &nameless);
    assert_eq!(attempt(recorded, &typed()).await.0.unwrap_err().code, ErrorCode::CloudFailure);
}

#[tokio::test]
async fn a_cloud_that_is_down_is_not_a_wrong_password() {
    let (refused, _) = attempt(Recorded::new().fail("GetSessionToken", 503, "<html>busy</html>"), &typed()).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::CloudFailure);
}
