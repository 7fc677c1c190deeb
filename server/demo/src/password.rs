//! The tokens service of Eucalyptus as far as STS does not have it: temporary keys for account, user and password, by HTTP Basic.

use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    account::Principal,
    cloud::DemoCloud,
    iam::{Password, constraint},
    ops::{Reply, Service, TokenCall, token},
    protocol::{params::Params, refusal::Refusal, value::map, xml::Style},
    serve::answer,
};

/// The longest that keys last, and the longest for an account's `admin`, in seconds.
const LONGEST: i64 = 43_200;
const LONGEST_FOR_ADMIN: i64 = 3_600;

/// Answers GET `/services/Tokens?Action=GetAccessToken`.
pub async fn serve(State(cloud): State<DemoCloud>, uri: Uri, headers: HeaderMap) -> Response {
    let style = Service::find("sts").map_or(Style::Ec2, |service| service.style);
    let params = Params::parse(uri.query().unwrap_or_default().as_bytes());
    let given = headers.get(http::header::AUTHORIZATION).and_then(|header| header.to_str().ok()).and_then(Given::read);
    answer(style, "GetAccessToken", &cloud.request_id(), get_access_token(&cloud, &params, given))
}

/// What the header says: `base64(user)@base64(account):password`, or with a new one `…;base64(password)@new`.
#[derive(PartialEq, Eq)]
struct Given {
    user: String,
    account: String,
    password: String,
    new_password: Option<String>,
}

impl Given {
    fn read(header: &str) -> Option<Self> {
        let text = |encoded: &str| String::from_utf8(STANDARD.decode(encoded).ok()?).ok();
        let plain = text(header.strip_prefix("Basic ")?)?;
        let end = plain.find([':', ';'])?;
        let (user, account) = plain[..end].split_once('@')?;
        let rest = &plain[end + 1..];
        let (password, new_password) = if plain.as_bytes()[end] == b':' {
            (rest.to_owned(), None)
        } else {
            let (old, new) = rest.split_once('@')?;
            (text(old)?, Some(new.to_owned()))
        };
        Some(Self { user: text(user)?, account: text(account)?, password, new_password })
    }
}

fn get_access_token(cloud: &DemoCloud, params: &Params, given: Option<Given>) -> Reply {
    if params.get("Action") != Some("GetAccessToken") {
        return Err(Refusal::new("InvalidAction", "Only GetAccessToken is asked for by GET."));
    }
    let unauthorized = || Refusal { status: 401, ..Refusal::new("AccessDenied", "Invalid credentials") };
    let forbidden = |message: &str| Refusal { status: 403, ..Refusal::new("AccessDenied", message) };
    let given = given.ok_or_else(unauthorized)?;
    let account = cloud.account_named(&given.account).ok_or_else(unauthorized)?;
    let longest = if given.user == "admin" { LONGEST_FOR_ADMIN } else { LONGEST };
    let seconds = params.scope().number("DurationSeconds")?.unwrap_or(longest);
    if !(1..=longest).contains(&seconds) {
        return Err(constraint(seconds, "durationSeconds", &format!("Member must have value between 1 and {longest}")));
    }
    let principal = {
        let mut state = account.lock();
        let user = state.iam.users.get_mut(given.user.as_str()).ok_or_else(unauthorized)?;
        let password = user.password.as_mut().filter(|known| known.text == given.password).ok_or_else(unauthorized)?;
        match given.new_password {
            Some(new) if new.len() < 6 || new == password.text => return Err(forbidden("Invalid password")),
            Some(text) => *password = Password { text, is_expired: false, created_at: password.created_at },
            None if password.is_expired => return Err(forbidden("Expired credentials")),
            None => {}
        }
        Principal {
            arn: user.entity.arn(&account.id, "user", &given.user),
            user_id: user.entity.id.clone(),
            user: None,
            permissions: user.permissions,
            mfa: false,
            account: account.clone(),
        }
    };
    let call = TokenCall { params, principal: &principal, cloud, now: cloud.now() };
    Ok(map! { "Credentials" => token::issue(&call, principal.clone(), seconds) })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;
    use crate::{
        DemoConfig,
        testing::{Caller, text_of},
    };

    async fn ask(cloud: &DemoCloud, plain: &str) -> (u16, String) {
        let request = http::Request::get("/services/Tokens?Action=GetAccessToken&DurationSeconds=3600&Version=2011-06-15")
            .header("authorization", format!("Basic {}", STANDARD.encode(plain)))
            .body(Body::empty())
            .unwrap();
        let response = cloud.router().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        (status, String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap())
    }

    fn basic(user: &str, rest: &str) -> String {
        format!("{}@{}{rest}", STANDARD.encode(user), STANDARD.encode("demo-account"))
    }

    #[tokio::test]
    async fn a_password_opens_the_account_of_its_name() {
        let cloud = DemoCloud::new(DemoConfig::default()).unwrap();
        let (status, body) = ask(&cloud, &basic("demo", ":eucalyptus-demo")).await;
        assert_eq!(status, 200, "{body}");
        assert!(body.contains("<GetAccessTokenResult>"), "{body}");
        let caller = Caller { region: crate::EUCALYPTUS, ..Caller::of_session(&cloud, &body) };
        let (_, identity) = caller.call("sts", "GetCallerIdentity", &[]).await;
        assert_eq!(text_of(&identity, "Arn"), Some("arn:aws:iam::123456789012:user/demo"));
        let (_, regions) = caller.call("ec2", "DescribeRegions", &[]).await;
        assert_eq!(text_of(&regions, "regionName"), Some("eucalyptus"));
        let (_, addresses) = caller.call("ec2", "DescribeAddresses", &[]).await;
        assert!(addresses.contains("<domain>standard</domain>") && !addresses.contains("allocationId"), "{addresses}");
    }

    #[tokio::test]
    async fn what_is_wrong_is_unauthorized_and_what_is_old_forbidden() {
        let cloud = DemoCloud::new(DemoConfig::default()).unwrap();
        for (plain, status) in [
            (basic("demo", ":wrong"), 401),
            (basic("nobody", ":eucalyptus-demo"), 401),
            ("gibberish".to_owned(), 401),
            (basic("grace", ":eucalyptus-expired"), 403),
            (basic("grace", &format!(";{}@short", STANDARD.encode("eucalyptus-expired"))), 403),
            (basic("grace", &format!(";{}@a-new:one;@", STANDARD.encode("eucalyptus-expired"))), 200),
            (basic("grace", ":eucalyptus-expired"), 401),
            (basic("grace", ":a-new:one;@"), 200),
        ] {
            let (got, body) = ask(&cloud, &plain).await;
            assert_eq!(got, status, "{plain}: {body}");
        }
    }
}
