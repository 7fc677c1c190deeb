//! From the keys that somebody typed to a session: long-term keys are exchanged for temporary ones and forgotten.

use std::sync::Arc;

use api::{
    Timestamp,
    error::{ApiError, ErrorCode, FieldErrors},
    session::{CloudKind, SignIn},
};

use crate::{Cloud, Credentials, Target, error::failed, password};

/// How long credentials are used whose end is not known, in seconds.
const UNKNOWN_LIFETIME: i64 = 3600;

/// A sign-in that the cloud accepted.
#[derive(Clone, Debug)]
pub struct Signed {
    pub credentials: Credentials,
    /// Twelve digits.
    pub account: String,
    pub arn: String,
    /// The last part of the ARN: a user's or role session's name, or `root`.
    pub user: String,
    pub expires_at: Timestamp,
}

/// Signs in. What was typed has been checked by [`SignIn::check`]; blanks around it, as they come with copying, are taken off here.
pub async fn sign_in(target: &Arc<Target>, sign_in: &SignIn) -> Result<Signed, ApiError> {
    let region = match sign_in.region.trim() {
        "" => target.info.regions.first().map_or("us-east-1", String::as_str),
        region => region,
    };
    if sign_in.is_by_password(target.info.kind) {
        let credentials = password::access_token(target, region, &sign_in.password).await?;
        return identify(&Cloud::new(target.clone(), &credentials, region)?, credentials).await;
    }
    let token = sign_in.session_token.trim();
    if !fits_a_header(token) {
        let message = "A session token has no blanks and no line breaks.";
        return Err(ApiError::invalid(FieldErrors::from([("session_token".into(), message.into())])));
    }
    let typed = Credentials {
        access_key_id: sign_in.access_key_id.trim().to_owned(),
        secret: sign_in.secret_access_key.trim().into(),
        token: (!token.is_empty()).then(|| token.into()),
        expires_at: None,
    };
    let credentials = if typed.token.is_some() {
        // GetSessionToken takes no temporary credentials.
        typed
    } else {
        exchange(&Cloud::new(target.clone(), &typed, region)?, sign_in).await?.unwrap_or(typed)
    };
    identify(&Cloud::new(target.clone(), &credentials, region)?, credentials).await.map_err(|err| at_sign_in(err, sign_in))
}

/// Temporary credentials for long-term ones; `None` where the cloud gives none, so that they must be used as they are.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
async fn exchange(cloud: &Cloud, sign_in: &SignIn) -> Result<Option<Credentials>, ApiError> {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (serial, code) = (text(&sign_in.mfa_serial), text(&sign_in.mfa_code));
    let with_mfa = code.is_some();
    let seconds = i32::try_from(cloud.target().settings.session_length.as_secs()).unwrap_or(i32::MAX);
    let call = cloud.sts().get_session_token().duration_seconds(seconds).set_serial_number(serial).set_token_code(code);
    match call.send().await.map_err(failed("sts:GetSessionToken")) {
        Ok(answer) => given(answer.credentials).map(Some),
        // Only where there are no temporary keys to be had at all: a refusal that concerns the person, such as a policy that wants MFA, must not
        // leave long-term keys in a session. With an MFA code, keys as typed would be a session without it.
        Err(err) if !with_mfa && (err.code == ErrorCode::Unsupported || already_temporary(&err)) => {
            tracing::info!(cloud = cloud.target().info.key, code = ?err.code, "no temporary credentials to be had; using those given");
            Ok(None)
        }
        Err(err) => Err(at_sign_in(err, sign_in)),
    }
}

/// The temporary credentials of an answer, whole: the SDK fills in what is missing with nothing, and what was typed is not used instead.
pub(crate) fn given(credentials: Option<aws_sdk_sts::types::Credentials>) -> Result<Credentials, ApiError> {
    let is_whole = |given: &aws_sdk_sts::types::Credentials| {
        [&given.access_key_id, &given.secret_access_key, &given.session_token].iter().all(|part| !part.is_empty() && fits_a_header(part))
    };
    let given = credentials
        .filter(is_whole)
        .ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud gave no temporary credentials, or only a part of them."))?;
    Ok(Credentials {
        access_key_id: given.access_key_id,
        secret: given.secret_access_key.into(),
        token: Some(given.session_token.into()),
        expires_at: Some(given.expiration.secs()),
    })
}

/// The SDK panics where a key or a token cannot be said in a header.
fn fits_a_header(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_graphic())
}

/// GetSessionToken refuses keys that it gave out itself, on clouds where such keys come without a token.
fn already_temporary(err: &ApiError) -> bool {
    err.code == ErrorCode::Forbidden && err.message.contains("session credentials")
}

/// Whose credentials these are.
pub(crate) async fn identify(cloud: &Cloud, credentials: Credentials) -> Result<Signed, ApiError> {
    let arn = match cloud.sts().get_caller_identity().send().await.map_err(failed("sts:GetCallerIdentity")) {
        Ok(answer) => answer.arn.unwrap_or_default(),
        // Eucalyptus before 4.4 has no such operation. Its identities answer who one is, too.
        Err(err) if err.code == ErrorCode::Unsupported && cloud.target().info.kind == CloudKind::Eucalyptus => {
            let answer = cloud.iam().get_user().send().await.map_err(failed("iam:GetUser"))?;
            answer.user.map(|user| user.arn).unwrap_or_default()
        }
        Err(err) => return Err(err),
    };
    // Rows are kept for whoever it is: nobody in particular would be everybody.
    if arn.is_empty() {
        return Err(ApiError::new(ErrorCode::CloudFailure, "The cloud does not say whose credentials these are."));
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |passed| passed.as_secs().cast_signed());
    Ok(Signed {
        expires_at: credentials.expires_at.unwrap_or(now + UNKNOWN_LIFETIME),
        account: arn.split(':').nth(4).unwrap_or_default().to_owned(),
        user: arn.rsplit(['/', ':']).next().unwrap_or_default().to_owned(),
        arn,
        credentials,
    })
}

/// The same refusal means something else before there is a session.
fn at_sign_in(mut err: ApiError, sign_in: &SignIn) -> ApiError {
    match err.code {
        ErrorCode::Forbidden | ErrorCode::Invalid => err = about_mfa(err, &sign_in.mfa_code),
        ErrorCode::SessionExpired => {
            err.code = ErrorCode::CredentialsRefused;
            // Temporary keys are told by their first letters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
            if sign_in.access_key_id.trim().starts_with("ASIA") && sign_in.session_token.trim().is_empty() {
                err.fields.insert("session_token".into(), "A key that begins with ASIA is temporary: enter its session token too.".into());
            }
        }
        _ => {}
    }
    err
}

/// A refusal of the code that was given, said at its field.
pub(crate) fn about_mfa(mut err: ApiError, code: &str) -> ApiError {
    let is_about = ["MultiFactorAuthentication", "MFA", "tokenCode", "serialNumber"].iter().any(|word| err.message.contains(word));
    if !code.trim().is_empty() && is_about {
        err.code = ErrorCode::MfaRefused;
        let field = if err.message.contains("serial") && !err.message.contains("one time pass code") { "mfa_serial" } else { "mfa_code" };
        err.fields.insert(field.into(), err.message.clone());
    }
    err
}
