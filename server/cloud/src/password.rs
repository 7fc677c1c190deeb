//! Signing in to Eucalyptus with account, user and password: `GetAccessToken` of its tokens service, by HTTP Basic.
//!
//! The operation is unknown to the SDK, but its answer has the form of `GetSessionToken`'s. So that operation is called, with all that the SDK
//! does about connections, patience and errors, and what is sent is exchanged at the last moment, where nothing logs it any more. The password
//! goes to the target's own tokens endpoint, which is configured, and nowhere else.

use std::sync::Arc;

use api::{
    error::{ApiError, ErrorCode},
    session::{NewPassword, PasswordSignIn},
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector},
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{body::SdkBody, retry::RetryConfig};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, Method, Request, Uri, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};

use crate::{Cloud, Credentials, Target, error::failed, sign_in, target::Service};

/// How it is called in what people read.
const OPERATION: &str = "sts:GetAccessToken";
/// The longest that Eucalyptus lets an account's `admin` have, in seconds.
const ADMIN_SECONDS: u64 = 3600;

/// Temporary credentials for a password; with a new password, that one holds from then on.
pub async fn access_token(target: &Arc<Target>, region: &str, given: &PasswordSignIn) -> Result<Credentials, ApiError> {
    let user = given.user.trim();
    let longest = if user == "admin" { ADMIN_SECONDS } else { u64::MAX };
    let seconds = target.settings.session_length.as_secs().min(longest);
    let placeholder = Credentials { access_key_id: "password".into(), secret: "none".into(), token: None, expires_at: None };
    let cloud = Cloud::new(target.clone(), &placeholder, region)?;
    let client = Exchanged { inner: target.client(), authorization: Arc::new(authorization(given)), seconds };
    let config = aws_sdk_sts::config::Builder::from(&cloud.config_of(Service::Sts));
    let sts = aws_sdk_sts::Client::from_conf(config.http_client(client).retry_config(RetryConfig::disabled()).build());
    let answer = sts.get_session_token().send().await.map_err(|err| {
        let status = err.raw_response().map(|response| response.status().as_u16());
        refused(status, given).unwrap_or_else(|| failed(OPERATION)(err))
    })?;
    sign_in::given(answer.credentials)
}

/// Puts a new password in the place of the old one. The credentials that come with it are dropped.
pub async fn change(target: &Arc<Target>, region: &str, given: &PasswordSignIn) -> Result<(), ApiError> {
    access_token(target, region, given).await.map(drop).map_err(|mut error| {
        // Account and user are those of the session: what does not fit is the password.
        if error.code == ErrorCode::CredentialsRefused {
            error.message = "This is not the password that you have now.".to_owned();
            error.fields.insert("password".into(), error.message.clone());
        }
        error
    })
}

/// The same for a user of IAM, by its own keys. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html>
pub async fn change_own(cloud: &Cloud, given: &NewPassword) -> Result<(), ApiError> {
    let call = cloud.iam().change_password().old_password(&given.password).new_password(&given.new_password);
    call.send().await.map(drop).map_err(failed("iam:ChangePassword"))
}

/// The statuses that say something about the person; they come with no body, or with one for machines.
fn refused(status: Option<u16>, given: &PasswordSignIn) -> Option<ApiError> {
    let (code, message) = match status? {
        401 => (ErrorCode::CredentialsRefused, "The cloud does not know this account and user, or the password is wrong."),
        403 if given.new_password.is_empty() => {
            (ErrorCode::PasswordExpired, "Choose a new one: it takes the place of the old one when you sign in.")
        }
        403 => {
            let mut error = ApiError::new(ErrorCode::PasswordExpired, "The cloud did not take the new password.");
            error.fields.insert("new_password".into(), error.message.clone());
            error.operation = Some(OPERATION.to_owned());
            return Some(error);
        }
        _ => return None,
    };
    Some(ApiError { operation: Some(OPERATION.to_owned()), ..ApiError::new(code, message) })
}

/// `base64(user)@base64(account):password`, and with a new password `base64(user)@base64(account);base64(password)@new`.
fn authorization(given: &PasswordSignIn) -> SecretString {
    let (user, account) = (STANDARD.encode(given.user.trim()), STANDARD.encode(given.account.trim()));
    let plain = if given.new_password.is_empty() {
        format!("{user}@{account}:{}", given.password)
    } else {
        format!("{user}@{account};{}@{}", STANDARD.encode(&given.password), given.new_password)
    };
    format!("Basic {}", STANDARD.encode(plain)).into()
}

/// Sends `GetAccessToken` where the SDK thinks that it sends `GetSessionToken`.
#[derive(Clone, Debug)]
struct Exchanged<T> {
    inner: T,
    authorization: Arc<SecretString>,
    seconds: u64,
}

impl HttpClient for Exchanged<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Exchanged { inner, authorization: self.authorization.clone(), seconds: self.seconds })
    }
}

impl HttpConnector for Exchanged<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let request = match asking(&request, &self.authorization, self.seconds) {
            Ok(request) => request,
            Err(err) => return HttpConnectorFuture::ready(Err(ConnectorError::user(err))),
        };
        let answer = self.inner.call(request);
        HttpConnectorFuture::new(async move { Ok(renamed(answer.await?)) })
    }
}

fn asking(request: &HttpRequest, authorization: &SecretString, seconds: u64) -> Result<HttpRequest, BoxError> {
    let endpoint: Uri = request.uri().parse()?;
    let uri = format!(
        "{}://{}{}?Action=GetAccessToken&DurationSeconds={seconds}&Version=2011-06-15",
        endpoint.scheme_str().ok_or("the endpoint has no scheme")?,
        endpoint.authority().ok_or("the endpoint has no host")?,
        // The SDK's operations end the path of an endpoint with a slash; this one stands without.
        Some(endpoint.path().trim_end_matches('/')).filter(|path| !path.is_empty()).unwrap_or("/"),
    );
    let mut value = HeaderValue::from_str(authorization.expose_secret())?;
    value.set_sensitive(true);
    let request = Request::builder().method(Method::GET).uri(uri).header(AUTHORIZATION, value).body(SdkBody::empty())?;
    Ok(HttpRequest::try_from(request)?)
}

/// The answer by the name that the SDK waits for.
fn renamed(response: HttpResponse) -> HttpResponse {
    if !response.status().is_success() {
        return response;
    }
    response.map(|body| {
        let text = body.bytes().map(|bytes| String::from_utf8_lossy(bytes).replace("GetAccessToken", "GetSessionToken"));
        text.map_or(body, SdkBody::from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(given: &PasswordSignIn) -> String {
        let header = authorization(given);
        let encoded = header.expose_secret().strip_prefix("Basic ").unwrap();
        String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap()
    }

    #[test]
    fn account_user_and_password_are_told_as_eucalyptus_reads_them() {
        let given =
            PasswordSignIn { account: " sales ".into(), user: "ann".into(), password: "p@s:s;ü".into(), ..PasswordSignIn::default() };
        assert_eq!(decoded(&given), "YW5u@c2FsZXM=:p@s:s;ü");
        let changing = PasswordSignIn { new_password: "n:e;w@1".into(), ..given };
        assert_eq!(decoded(&changing), "YW5u@c2FsZXM=;cEBzOnM7w7w=@n:e;w@1");
    }
}
