//! The cloud itself: takes requests, finds out whose they are, and answers them.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use api::session::DemoOptions;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    response::{IntoResponse as _, Response},
    routing::post,
};
use futures::stream;
use http::{HeaderMap, Method, StatusCode, Uri, header};

use crate::{
    account::{Account, Key, Keys, Principal},
    auth::{self, Claim, Failure, Unreadable},
    clock::{self, Clock, Millis},
    fault::{Fault, Faults},
    iam::Permissions,
    ops::{self, Call, Operation, Reply, Service, TokenCall},
    protocol::{params::Params, refusal::Refusal, value::Value, xml::Style},
    region::Region,
    seed,
};

/// How a demo cloud is to be.
#[derive(Clone, Debug)]
pub struct DemoConfig {
    pub clock: Clock,
    /// What all ids come from: two clouds of one seed give out the same.
    pub seed: u64,
    /// How long an instance takes from pending to running, from stopping to stopped.
    pub transition: Duration,
    /// The world of the standing account.
    pub standing: DemoOptions,
    /// How many accounts that were opened for a demo are kept, and for how long.
    pub max_accounts: usize,
    pub max_age: Duration,
}

impl Default for DemoConfig {
    fn default() -> Self {
        Self {
            clock: Clock::default(),
            seed: 1,
            transition: Duration::from_secs(4),
            standing: DemoOptions::default(),
            max_accounts: 64,
            max_age: Duration::from_secs(12 * 60 * 60),
        }
    }
}

/// The long-term key of an account's user.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountKeys {
    pub access_key_id: String,
    pub secret_access_key: String,
    /// Twelve digits.
    pub account: String,
}

impl fmt::Debug for AccountKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountKeys").field("account", &self.account).finish_non_exhaustive()
    }
}

/// The account that is always there.
pub const STANDING_ACCOUNT: &str = "123456789012";
/// Another, empty one, whose role `Admin` trusts the first.
pub const PARTNER_ACCOUNT: &str = "444455556666";
/// How many rows all demo accounts together may have been asked for: a few hundred bytes each.
const MAX_ROWS: u64 = 500_000;
/// Accounts opened for demos are counted from here.
const FIRST_DEMO_ACCOUNT: u64 = 200_000_000_000;

/// A cloud in the process. Clones are the same cloud.
#[derive(Clone)]
pub struct DemoCloud(Arc<Inner>);

struct Inner {
    config: DemoConfig,
    accounts: Mutex<HashMap<Arc<str>, Arc<Account>>>,
    keys: Keys,
    opened: AtomicU64,
    requests: AtomicU64,
}

impl DemoCloud {
    /// A cloud with its standing account; an error says what is wrong with the options of that account.
    pub fn new(config: DemoConfig) -> Result<Self, String> {
        let cloud = Self(Arc::new(Inner {
            config,
            accounts: Mutex::default(),
            keys: Keys::default(),
            opened: AtomicU64::new(0),
            requests: AtomicU64::new(0),
        }));
        let standing = cloud.add_account(STANDING_ACCOUNT.into(), &cloud.0.config.standing, true)?;
        cloud.add_account(PARTNER_ACCOUNT.into(), &DemoOptions::default(), false)?;
        for (user, access_key_id, secret) in seed::iam::STANDING_KEYS {
            cloud.add_key(&standing, user, (*access_key_id).to_owned(), (*secret).to_owned());
        }
        Ok(cloud)
    }

    /// The AWS wire protocols, at `/`.
    pub fn router(&self) -> Router {
        Router::new().route("/", post(serve)).with_state(self.clone())
    }

    /// A fresh world for one demo; an error says what is wrong with the options.
    pub fn open_account(&self, options: &DemoOptions) -> Result<AccountKeys, String> {
        self.drop_old_accounts();
        let number = FIRST_DEMO_ACCOUNT + self.0.opened.fetch_add(1, Ordering::Relaxed);
        let account = self.add_account(number.to_string().into(), options, true)?;
        let keys = AccountKeys {
            access_key_id: format!("AKIA{}", self.secret(16)),
            secret_access_key: self.secret(40),
            account: account.id.to_string(),
        };
        self.add_key(&account, seed::iam::DEMO_USER, keys.access_key_id.clone(), keys.secret_access_key.clone());
        Ok(keys)
    }

    fn add_account(&self, id: Arc<str>, options: &DemoOptions, furnished: bool) -> Result<Arc<Account>, String> {
        seed::check(options)?;
        let faults = Faults::parse(&options.faults, &ops::names()).map_err(|error| error.to_string())?;
        let config = &self.0.config;
        let (now, transition) = (config.clock.now(), clock::millis(config.transition));
        let account = Arc::new(Account::open(id.clone(), options.clone(), faults, furnished, now, transition, config.seed));
        self.accounts().insert(id, account.clone());
        Ok(account)
    }

    fn add_key(&self, account: &Arc<Account>, user: &str, access_key_id: String, secret: String) {
        let found = account
            .lock()
            .iam
            .users
            .get(user)
            .map(|row| (row.entity.arn(&account.id, "user", user), row.entity.id.clone(), row.permissions));
        let Some((arn, user_id, permissions)) = found else { return };
        let principal = Principal { account: account.clone(), arn, user_id, user: Some(user.to_owned()), permissions, mfa: false };
        self.0.keys.insert(access_key_id, Key { secret, principal, session: None });
    }

    /// Accounts that are too old go, and the oldest where there are too many; the standing ones stay.
    fn drop_old_accounts(&self) {
        let config = &self.0.config;
        let oldest = config.clock.now() - clock::millis(config.max_age);
        let mut accounts = self.accounts();
        let mut demos: Vec<_> = accounts
            .values()
            .filter(|account| !is_standing(&account.id))
            .map(|account| (account.opened_at, account.id.clone(), rows(account)))
            .collect();
        demos.sort_unstable();
        let mut surplus = (demos.len() + 1).saturating_sub(config.max_accounts.max(1));
        let mut rows: u64 = demos.iter().map(|(.., rows)| rows).sum();
        for (opened_at, id, own) in demos {
            if surplus > 0 || opened_at < oldest || rows > MAX_ROWS {
                surplus = surplus.saturating_sub(1);
                rows -= own;
                accounts.remove(&id);
                self.0.keys.close(&id);
            }
        }
    }

    fn accounts(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<Account>>> {
        self.0.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn account(&self, id: &str) -> Option<Arc<Account>> {
        self.accounts().get(id).cloned()
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// Random letters and digits from the system: demo sessions must not guess each other's keys.
    pub(crate) fn secret(&self, length: usize) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let mut bytes = vec![0; length];
        getrandom::fill(&mut bytes).expect("the system has randomness");
        bytes.into_iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }

    fn request_id(&self) -> String {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed) + 1;
        format!("00000000-0000-4000-8000-{number:012x}")
    }
}

/// How many rows an account was asked to have.
fn rows(account: &Account) -> u64 {
    u64::from(account.options.instances.unwrap_or(0)) + u64::from(account.options.images.unwrap_or(0))
}

fn is_standing(id: &str) -> bool {
    id == STANDING_ACCOUNT || id == PARTNER_ACCOUNT
}

impl fmt::Debug for DemoCloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DemoCloud").finish_non_exhaustive()
    }
}

/// A request that was understood so far as to know whose it is and what it wants.
struct Order {
    service: &'static Service,
    region: &'static Region,
    principal: Principal,
    params: Params,
}

async fn serve(State(cloud): State<DemoCloud>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let request_id = cloud.request_id();
    let request = auth::Request { method: &method, uri: &uri, headers: &headers, body: &body };
    let order = match admit(&cloud, request) {
        Ok(order) => order,
        Err((style, refusal)) => return answer(style, "", &request_id, Err(refusal)),
    };
    let action = order.params.get("Action").unwrap_or_default();
    let style = order.service.style;
    let Some(operation) = order.service.operation(action) else {
        return answer(style, "", &request_id, Err(unknown_action(action, &order)));
    };
    let account = order.principal.account.clone();
    if account.options.delay > 0 {
        tokio::time::sleep(Duration::from_millis(account.options.delay.into())).await;
    }
    let fault = {
        let mut state = account.lock();
        let state = &mut *state;
        state.faults.meet(action, &mut state.rng)
    };
    match fault {
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Error(code)) => answer(style, action, &request_id, Err(Fault::refusal(&code))),
        Some(Fault::Garbage) => (StatusCode::OK, [(header::CONTENT_TYPE, "text/html")], "<html><body>It works!").into_response(),
        Some(Fault::Truncate) => break_off(carry_out(cloud, order, operation, request_id).await).await,
        None => carry_out(cloud, order, operation, request_id).await,
    }
}

/// Executes and answers, on a thread that may take its time: a list of a hundred thousand rows is long in the making.
async fn carry_out(cloud: DemoCloud, order: Order, operation: Operation, request_id: String) -> Response {
    let style = order.service.style;
    let (action, id) = (order.params.get("Action").unwrap_or_default().to_owned(), request_id.clone());
    let work = move || answer(style, &action, &id, execute(&cloud, &order, &action, operation));
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        let refusal = Refusal::new("InternalError", "An internal error has occurred");
        answer(style, "", &request_id, Err(refusal))
    })
}

/// Whose request it is and whether it is signed by them.
fn admit(cloud: &DemoCloud, request: auth::Request<'_>) -> Result<Order, (Style, Refusal)> {
    let params = Params::parse(request.body);
    let query = Service::find("sts").map_or(Style::Ec2, |service| service.style);
    let claim = Claim::read(request.headers).map_err(|why| (query, unreadable(&why)))?;
    let service = Service::find(claim.service)
        .ok_or_else(|| (query, Refusal::new("InvalidAction", format!("The demo cloud has no service {}.", claim.service))))?;
    let is_ec2 = service.style == Style::Ec2;
    let refuse = |code: &'static str, message: &str| (service.style, Refusal::new(code, message));
    let not_known = || match is_ec2 {
        true => refuse("AuthFailure", "AWS was not able to validate the provided access credentials"),
        false => refuse("InvalidClientTokenId", "The security token included in the request is invalid."),
    };
    let key = cloud.0.keys.find(claim.access_key_id).ok_or_else(not_known)?;
    request.verify(&claim, &key.secret, clock::wall()).map_err(|failure| match failure {
        _ if is_ec2 && failure == Failure::Skewed => refuse("RequestExpired", "Request has expired."),
        _ if is_ec2 => refuse("AuthFailure", "AWS was not able to validate the provided access credentials"),
        Failure::Skewed => refuse("SignatureDoesNotMatch", "Signature expired: the date of the request is more than 15 minutes from now."),
        Failure::Date => refuse("IncompleteSignature", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP"),
        Failure::Mismatch => refuse(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. \
             Consult the service documentation for details.",
        ),
    })?;
    if let Some((token, expires_at)) = &key.session {
        let given = request.headers.get("x-amz-security-token").and_then(|token| token.to_str().ok());
        if given != Some(token) {
            return Err(not_known());
        }
        if *expires_at <= cloud.0.config.clock.now() {
            return Err(match is_ec2 {
                true => refuse("RequestExpired", "Request has expired."),
                false => refuse("ExpiredToken", "The security token included in the request is expired"),
            });
        }
    }
    let region = Region::find(claim.region).ok_or_else(not_known)?;
    Ok(Order { service, region, principal: key.principal, params })
}

fn unreadable(why: &Unreadable) -> Refusal {
    match why {
        Unreadable::Missing => Refusal::new("MissingAuthenticationToken", "Request is missing Authentication Token"),
        Unreadable::Malformed => Refusal::new("IncompleteSignature", "Authorization header requires a signature of AWS4-HMAC-SHA256."),
    }
}

fn unknown_action(action: &str, order: &Order) -> Refusal {
    match (order.service.style, order.params.get("Version")) {
        (Style::Query { .. }, Some(version)) => {
            Refusal::new("InvalidAction", format!("Could not find operation {action} for version {version}"))
        }
        _ => Refusal::new("InvalidAction", format!("The action {action} is not valid for this web service.")),
    }
}

fn execute(cloud: &DemoCloud, order: &Order, action: &str, operation: Operation) -> Reply {
    authorize(order, action)?;
    let principal = &order.principal;
    let now: Millis = cloud.0.config.clock.now();
    match operation {
        Operation::Token(operation) => operation(&TokenCall { params: &order.params, principal, cloud, now }),
        Operation::Account(operation) => {
            if order.service.style == Style::Ec2 && order.params.scope().flag("DryRun")? == Some(true) {
                return Err(Refusal::new("DryRunOperation", "Request would have succeeded, but DryRun flag is set."));
            }
            let mut state = principal.account.lock();
            let (iam, world) = state.parts(&principal.account, order.region, now);
            operation(&mut Call { params: &order.params, principal, world, iam })
        }
    }
}

/// STS is open to everybody: what it gives is the caller's already, or guarded by the role.
fn authorize(order: &Order, action: &str) -> Result<(), Refusal> {
    let (principal, service) = (&order.principal, order.service.name);
    let permissions = match principal.permissions {
        // The deny that stands on everything until a code was given leaves the way to give one.
        Permissions::WithMfa if service == "sts" => return Ok(()),
        permissions => permissions,
    };
    if service == "sts" || permissions.allow(&format!("{service}:{action}"), principal.mfa) {
        return Ok(());
    }
    let reason = match permissions {
        Permissions::WithMfa => "with an explicit deny in an identity-based policy".to_owned(),
        _ => format!("because no identity-based policy allows the {service}:{action} action"),
    };
    let sentence = match service {
        "ec2" => {
            let resource = format!("arn:aws:ec2:{}:{}:{}/*", order.region.name, principal.account.id, resource_of(action));
            format!(
                "You are not authorized to perform this operation. User: {} is not authorized to perform: ec2:{action} on resource: {resource} {reason}.",
                principal.arn
            )
        }
        _ => {
            let resource = format!("arn:aws:iam::{}:*", principal.account.id);
            format!("User: {} is not authorized to perform: {service}:{action} on resource: {resource} {reason}", principal.arn)
        }
    };
    Err(Refusal::new(if service == "ec2" { "UnauthorizedOperation" } else { "AccessDenied" }, sentence))
}

/// The type of resource that an action of EC2 is about, as its ARNs have it.
fn resource_of(action: &str) -> &'static str {
    const TYPES: &[(&str, &str)] =
        &[("KeyPair", "key-pair"), ("SecurityGroup", "security-group"), ("Instance", "instance"), ("Volume", "volume"), ("Image", "image")];
    TYPES.iter().find(|(part, _)| action.contains(part)).map_or("*", |(_, name)| name)
}

fn answer(style: Style, action: &str, request_id: &str, reply: Result<Value, Refusal>) -> Response {
    let (status, body) = match reply {
        Ok(value) => (200, style.reply(action, request_id, &value)),
        Err(refusal) => {
            tracing::debug!(action, code = %refusal.code, "refused");
            (refusal.status, style.refuse(request_id, &refusal))
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "text/xml;charset=UTF-8"), (header::SERVER, "canopy-demo")], body).into_response()
}

/// The first half of an answer, and then nothing.
async fn break_off(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(whole) = axum::body::to_bytes(body, usize::MAX).await else { return parts.into_response() };
    let half = whole.slice(..whole.len() / 2);
    let chunks = [Ok(half), Err(std::io::Error::new(std::io::ErrorKind::ConnectionReset, "the demo cloud broke off"))];
    Response::from_parts(parts, Body::from_stream(stream::iter(chunks)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        STANDING_KEYS,
        testing::{Caller, number_of, text_of, texts_of},
    };

    fn cloud(standing: DemoOptions) -> (DemoCloud, Clock) {
        let clock = Clock::stopped(1_800_000_000_000);
        let cloud = DemoCloud::new(DemoConfig { clock: clock.clone(), standing, ..DemoConfig::default() }).unwrap();
        (cloud, clock)
    }

    fn usual() -> (DemoCloud, Clock) {
        cloud(DemoOptions::default())
    }

    fn standing(cloud: &DemoCloud, user: &str) -> Caller {
        let (_, id, secret) = STANDING_KEYS.iter().find(|(name, ..)| *name == user).unwrap();
        Caller::new(cloud, id, secret)
    }

    #[tokio::test]
    async fn the_documented_key_is_the_demo_user() {
        let (cloud, _) = usual();
        let (status, body) = standing(&cloud, "demo").call("sts", "GetCallerIdentity", &[]).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(text_of(&body, "Arn"), Some("arn:aws:iam::123456789012:user/demo"));
    }

    #[tokio::test]
    async fn keys_that_are_wrong_are_refused_as_aws_does() {
        let (cloud, _) = usual();
        let wrong = Caller::new(&cloud, "AKIAIOSFODNN7EXAMPLE", "wrong");
        let unknown = Caller::new(&cloud, "AKIANOSUCHKEY0000000", "wrong");
        for (caller, service, action, status, code) in [
            (&wrong, "sts", "GetCallerIdentity", 403, "SignatureDoesNotMatch"),
            (&wrong, "ec2", "DescribeInstances", 401, "AuthFailure"),
            (&unknown, "iam", "ListUsers", 403, "InvalidClientTokenId"),
            (&unknown, "ec2", "DescribeInstances", 401, "AuthFailure"),
        ] {
            let (got, body) = caller.call(service, action, &[]).await;
            assert_eq!((got, text_of(&body, "Code")), (status, Some(code)), "{service}");
        }
    }

    #[tokio::test]
    async fn temporary_keys_work_until_they_end_and_only_with_their_token() {
        let (cloud, clock) = usual();
        let (_, body) = standing(&cloud, "demo").call("sts", "GetSessionToken", &[("DurationSeconds", "900")]).await;
        let session = Caller::of_session(&cloud, &body);
        assert_eq!(session.call("ec2", "DescribeVpcs", &[]).await.0, 200);
        assert_eq!(text_of(&session.call("sts", "GetSessionToken", &[]).await.1, "Code"), Some("AccessDenied"));
        let without = Caller { token: None, ..session.clone() };
        assert_eq!(text_of(&without.call("iam", "ListUsers", &[]).await.1, "Code"), Some("InvalidClientTokenId"));
        clock.advance(Duration::from_secs(901));
        let (status, body) = session.call("iam", "ListUsers", &[]).await;
        assert_eq!((status, text_of(&body, "Code")), (403, Some("ExpiredToken")));
        assert_eq!(text_of(&session.call("ec2", "DescribeVpcs", &[]).await.1, "Code"), Some("RequestExpired"));
    }

    #[tokio::test]
    async fn sessions_can_be_asked_to_end_early() {
        let (cloud, clock) = cloud(DemoOptions { session_seconds: Some(30), ..DemoOptions::default() });
        let session = Caller::of_session(&cloud, &standing(&cloud, "demo").call("sts", "GetSessionToken", &[]).await.1);
        assert_eq!(session.call("ec2", "DescribeVpcs", &[]).await.0, 200);
        clock.advance(Duration::from_secs(31));
        assert_eq!(session.call("ec2", "DescribeVpcs", &[]).await.0, 400);
    }

    #[tokio::test]
    async fn the_reader_may_look_and_no_more() {
        let (cloud, _) = usual();
        let reader = standing(&cloud, "reader");
        assert_eq!(reader.call("ec2", "DescribeInstances", &[]).await.0, 200);
        let (status, body) = reader.call("ec2", "RunInstances", &[]).await;
        assert_eq!((status, text_of(&body, "Code")), (403, Some("UnauthorizedOperation")));
        let message = text_of(&body, "Message").unwrap();
        assert!(
            message.starts_with(
                "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/reader is not authorized to perform: \
                 ec2:RunInstances on resource: "
            ),
            "{message}"
        );
        assert_eq!(text_of(&reader.call("iam", "ListRoles", &[]).await.1, "Code"), Some("AccessDenied"));
    }

    #[tokio::test]
    async fn one_user_must_give_a_code() {
        let (cloud, _) = usual();
        let olivia = standing(&cloud, "olivia");
        assert_eq!(text_of(&olivia.call("ec2", "DescribeVpcs", &[]).await.1, "Code"), Some("UnauthorizedOperation"));
        assert_eq!(text_of(&olivia.call("sts", "GetSessionToken", &[]).await.1, "Code"), Some("AccessDenied"));
        let with = |code| [("SerialNumber", "arn:aws:iam::123456789012:mfa/olivia"), ("TokenCode", code)];
        let (status, body) = olivia.call("sts", "GetSessionToken", &with("654321")).await;
        assert_eq!((status, text_of(&body, "Code")), (403, Some("AccessDenied")));
        assert!(body.contains("invalid MFA one time pass code"));
        let (status, body) = olivia.call("sts", "GetSessionToken", &with(crate::MFA_CODE)).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(Caller::of_session(&cloud, &body).call("ec2", "DescribeVpcs", &[]).await.0, 200);
    }

    #[tokio::test]
    async fn what_is_not_there_is_refused() {
        let (cloud, _) = usual();
        let caller = standing(&cloud, "demo");
        assert_eq!(text_of(&caller.call("ec2", "MakeCoffee", &[]).await.1, "Code"), Some("InvalidAction"));
        let (status, body) = caller.call("ec2", "TerminateInstances", &[("DryRun", "true")]).await;
        assert_eq!((status, text_of(&body, "Code")), (412, Some("DryRunOperation")));
        let elsewhere = Caller { region: "mars-north-1", ..caller };
        assert_eq!(text_of(&elsewhere.call("ec2", "DescribeVpcs", &[]).await.1, "Code"), Some("AuthFailure"));
    }

    #[tokio::test]
    async fn faults_take_every_shape() {
        let faults = "DescribeVpcs:RequestLimitExceeded#2,DescribeSubnets:truncate,DescribeImages:garbage";
        let (cloud, _) = cloud(DemoOptions { faults: faults.into(), ..DemoOptions::default() });
        let caller = standing(&cloud, "demo");
        assert_eq!(caller.call("ec2", "DescribeVpcs", &[]).await.0, 200);
        let (status, body) = caller.call("ec2", "DescribeVpcs", &[]).await;
        assert_eq!((status, text_of(&body, "Code")), (503, Some("RequestLimitExceeded")));
        assert!(caller.send("ec2", "DescribeSubnets", &[]).await.is_err(), "the body should break off");
        assert!(caller.call("ec2", "DescribeImages", &[]).await.1.starts_with("<html>"));
        let hung = DemoOptions { faults: "DescribeVpcs:hang".into(), ..DemoOptions::default() };
        let keys = cloud.open_account(&hung).unwrap();
        let caller = Caller::new(&cloud, &keys.access_key_id, &keys.secret_access_key);
        assert!(futures::poll!(Box::pin(caller.call("ec2", "DescribeVpcs", &[]))).is_pending());
        let wrong = DemoOptions { faults: "Describe:hang".into(), ..DemoOptions::default() };
        assert!(cloud.open_account(&wrong).unwrap_err().contains("does not have"));
    }

    #[tokio::test]
    async fn accounts_are_apart_and_the_oldest_go() {
        let clock = Clock::stopped(1_800_000_000_000);
        let config = DemoConfig { clock: clock.clone(), max_accounts: 2, max_age: Duration::from_secs(3600), ..DemoConfig::default() };
        let cloud = DemoCloud::new(config).unwrap();
        let open = || {
            clock.advance(Duration::from_secs(1));
            let keys = cloud.open_account(&DemoOptions::default()).unwrap();
            Caller::new(&cloud, &keys.access_key_id, &keys.secret_access_key)
        };
        let (first, second) = (open(), open());
        assert_eq!(first.call("ec2", "CreateKeyPair", &[("KeyName", "mine"), ("KeyType", "ed25519")]).await.0, 200);
        assert!(!second.call("ec2", "DescribeKeyPairs", &[]).await.1.contains("<keyName>mine<"));
        let third = open();
        assert_eq!(first.call("ec2", "DescribeVpcs", &[]).await.0, 401, "the oldest is gone");
        assert_eq!(second.call("ec2", "DescribeVpcs", &[]).await.0, 200);
        clock.advance(Duration::from_secs(3599));
        open();
        assert_eq!(second.call("ec2", "DescribeVpcs", &[]).await.0, 401, "too old");
        assert_eq!(third.call("ec2", "DescribeVpcs", &[]).await.0, 200);
        assert_eq!(standing(&cloud, "demo").call("ec2", "DescribeVpcs", &[]).await.0, 200, "the standing account stays");
    }

    #[tokio::test]
    async fn roles_are_open_to_whom_they_trust() {
        let (cloud, _) = usual();
        let caller = standing(&cloud, "demo");
        let assume = |arn: &'static str| [("RoleArn", arn), ("RoleSessionName", "s1")];
        let (_, body) = caller.call("sts", "AssumeRole", &assume("arn:aws:iam::444455556666:role/Admin")).await;
        let partner = Caller::of_session(&cloud, &body);
        let (_, body) = partner.call("sts", "GetCallerIdentity", &[]).await;
        assert_eq!(text_of(&body, "Arn"), Some("arn:aws:sts::444455556666:assumed-role/Admin/s1"));
        assert_eq!(number_of(&partner.call("ec2", "DescribeInstances", &[]).await.1, "instanceId"), 0);
        for closed in
            ["arn:aws:iam::123456789012:role/web-server", "arn:aws:iam::123456789012:role/none", "arn:aws:iam::999999999999:role/x"]
        {
            assert_eq!(text_of(&caller.call("sts", "AssumeRole", &assume(closed)).await.1, "Code"), Some("AccessDenied"), "{closed}");
        }
    }

    /// The parameters of a plain launch, and more.
    async fn launch(caller: &Caller, more: &[(&str, &str)]) -> (u16, String) {
        let (_, images) =
            caller.call("ec2", "DescribeImages", &[("Filter.1.Name", "name"), ("Filter.1.Value.1", "debian-12-amd64-*")]).await;
        let mut params =
            vec![("ImageId", text_of(&images, "imageId").unwrap()), ("InstanceType", "t3.micro"), ("MinCount", "1"), ("MaxCount", "1")];
        params.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        params.extend_from_slice(more);
        caller.call("ec2", "RunInstances", &params).await
    }

    async fn state(caller: &Caller, id: &str) -> String {
        let (_, body) = caller.call("ec2", "DescribeInstances", &[("InstanceId.1", id)]).await;
        let from = body.find("<instanceState>").unwrap();
        text_of(&body[from..], "name").unwrap().to_owned()
    }

    #[tokio::test]
    async fn instances_take_time_from_state_to_state() {
        let (cloud, clock) = usual();
        let caller = standing(&cloud, "demo");
        let (status, body) = launch(&caller, &[]).await;
        assert_eq!(status, 200, "{body}");
        let id = text_of(&body, "instanceId").unwrap().to_owned();
        let four = Duration::from_secs(4);
        let one = [("InstanceId.1", id.as_str())];
        assert_eq!(state(&caller, &id).await, "pending");
        assert_eq!(text_of(&caller.call("ec2", "StopInstances", &one).await.1, "Code"), Some("IncorrectInstanceState"));
        clock.advance(Duration::from_millis(3_999));
        assert_eq!(state(&caller, &id).await, "pending");
        clock.advance(Duration::from_millis(1));
        assert_eq!(state(&caller, &id).await, "running");
        for (action, during, after) in [
            ("StopInstances", "stopping", "stopped"),
            ("StartInstances", "pending", "running"),
            ("TerminateInstances", "shutting-down", "terminated"),
        ] {
            assert_eq!(caller.call("ec2", action, &one).await.0, 200);
            assert_eq!(state(&caller, &id).await, during);
            clock.advance(four);
            assert_eq!(state(&caller, &id).await, after);
        }
        clock.advance(Duration::from_secs(3600));
        assert_eq!(text_of(&caller.call("ec2", "DescribeInstances", &one).await.1, "Code"), Some("InvalidInstanceID.NotFound"));
    }

    #[tokio::test]
    async fn one_protected_instance_stops_the_whole_termination() {
        let (cloud, _) = usual();
        let caller = standing(&cloud, "demo");
        let (_, body) = launch(&caller, &[("MaxCount", "2"), ("MinCount", "2")]).await;
        let ids: Vec<_> = texts_of(&body, "instanceId").into_iter().map(str::to_owned).collect();
        let protect = [("InstanceId", ids[1].as_str()), ("DisableApiTermination.Value", "true")];
        assert_eq!(caller.call("ec2", "ModifyInstanceAttribute", &protect).await.0, 200);
        let both = [("InstanceId.1", ids[0].as_str()), ("InstanceId.2", ids[1].as_str())];
        assert_eq!(text_of(&caller.call("ec2", "TerminateInstances", &both).await.1, "Code"), Some("OperationNotPermitted"));
        assert_eq!(state(&caller, &ids[0]).await, "pending");
        let unknown = [("InstanceId.1", ids[0].as_str()), ("InstanceId.2", "i-0000000000000bad0")];
        assert_eq!(text_of(&caller.call("ec2", "TerminateInstances", &unknown).await.1, "Code"), Some("InvalidInstanceID.NotFound"));
        assert_eq!(state(&caller, &ids[0]).await, "pending");
    }

    #[tokio::test]
    async fn a_launch_sent_twice_happens_once() {
        let (cloud, _) = usual();
        let caller = standing(&cloud, "demo");
        let (_, first) = launch(&caller, &[("ClientToken", "t1")]).await;
        let (_, second) = launch(&caller, &[("ClientToken", "t1")]).await;
        assert_eq!(text_of(&first, "instanceId"), text_of(&second, "instanceId"));
        let (_, third) = launch(&caller, &[("ClientToken", "t1"), ("InstanceType", "t3.small")]).await;
        assert_eq!(text_of(&third, "Code"), Some("IdempotentParameterMismatch"));
        let (_, other) = launch(&caller, &[("ClientToken", "t2")]).await;
        assert_ne!(text_of(&first, "instanceId"), text_of(&other, "instanceId"));
    }

    #[tokio::test]
    async fn launches_that_cannot_be_are_refused_and_change_nothing() {
        let (cloud, _) = usual();
        let caller = standing(&cloud, "demo");
        let before = caller.call("ec2", "DescribeVolumes", &[]).await.1;
        let long = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [b'x'; 16_385]);
        for (more, code) in [
            (vec![("ImageId", "ami-0bad0bad0bad0bad0")], "InvalidAMIID.NotFound"),
            (vec![("InstanceType", "zz9.plural")], "InvalidParameterValue"),
            (vec![("InstanceType", "t4g.micro")], "InvalidParameterValue"),
            (vec![("KeyName", "none")], "InvalidKeyPair.NotFound"),
            (vec![("SecurityGroupId.1", "sg-00000000000000bad")], "InvalidGroup.NotFound"),
            (vec![("SubnetId", "subnet-00000000000000bad")], "InvalidSubnetID.NotFound"),
            (vec![("UserData", long.as_str())], "InvalidParameterValue"),
            (vec![("IamInstanceProfile.Name", "none")], "InvalidParameterValue"),
            (vec![("Placement.AvailabilityZone", "us-east-1z")], "InvalidParameterValue"),
            (vec![("MinCount", "3")], "InvalidParameterValue"),
            (vec![("MinCount", "500"), ("MaxCount", "500")], "InstanceLimitExceeded"),
            (
                vec![("BlockDeviceMapping.1.DeviceName", "/dev/xvda"), ("BlockDeviceMapping.1.Ebs.VolumeSize", "1")],
                "InvalidBlockDeviceMapping",
            ),
            (vec![("BlockDeviceMapping.1.DeviceName", "/dev/sdf")], "MissingParameter"),
            (vec![("TagSpecification.1.ResourceType", "image"), ("TagSpecification.1.Tag.1.Key", "a")], "InvalidParameterValue"),
        ] {
            let (_, body) = launch(&caller, &more).await;
            assert_eq!(text_of(&body, "Code"), Some(code), "{:?}: {body}", &more[0].0);
        }
        let without_id = |body: &str| body[body.find("</requestId>").unwrap()..].to_owned();
        assert_eq!(without_id(&before), without_id(&caller.call("ec2", "DescribeVolumes", &[]).await.1));
    }

    #[tokio::test]
    async fn a_launch_makes_what_it_was_told() {
        let (cloud, clock) = usual();
        let caller = standing(&cloud, "demo");
        let (_, subnets) =
            caller.call("ec2", "DescribeSubnets", &[("Filter.1.Name", "tag:Name"), ("Filter.1.Value.1", "production-private-b")]).await;
        let (_, groups) =
            caller.call("ec2", "DescribeSecurityGroups", &[("Filter.1.Name", "group-name"), ("Filter.1.Value.1", "api")]).await;
        let (status, body) = launch(
            &caller,
            &[
                ("NetworkInterface.1.DeviceIndex", "0"),
                ("NetworkInterface.1.SubnetId", text_of(&subnets, "subnetId").unwrap()),
                ("NetworkInterface.1.SecurityGroupId.1", text_of(&groups, "groupId").unwrap()),
                ("NetworkInterface.1.AssociatePublicIpAddress", "true"),
                ("BlockDeviceMapping.1.DeviceName", "/dev/sdf"),
                ("BlockDeviceMapping.1.Ebs.VolumeSize", "5"),
                ("BlockDeviceMapping.1.Ebs.VolumeType", "gp3"),
                ("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "false"),
                ("IamInstanceProfile.Name", "api-server"),
                ("Monitoring.Enabled", "true"),
                ("TagSpecification.1.ResourceType", "volume"),
                ("TagSpecification.1.Tag.1.Key", "Name"),
                ("TagSpecification.1.Tag.1.Value", "v1"),
            ],
        )
        .await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(text_of(&body, "availabilityZone"), Some("us-east-1b"));
        assert!(
            text_of(&body, "ipAddress").is_some()
                && body.contains("instance-profile/api-server")
                && body.contains("<state>enabled</state>")
        );
        let id = text_of(&body, "instanceId").unwrap();
        let of_it = [("Filter.1.Name", "attachment.instance-id"), ("Filter.1.Value.1", id)];
        let (_, volumes) = caller.call("ec2", "DescribeVolumes", &of_it).await;
        assert_eq!((number_of(&volumes, "size"), number_of(&volumes, "key")), (2, 2), "{volumes}");
        let data = [("Filter.1.Name", "size"), ("Filter.1.Value.1", "5")];
        caller.call("ec2", "TerminateInstances", &[("InstanceId.1", id)]).await;
        clock.advance(Duration::from_secs(5));
        let (_, kept) = caller.call("ec2", "DescribeVolumes", &data).await;
        assert!(kept.contains("<status>available</status>"), "{kept}");
    }

    #[tokio::test]
    async fn a_long_list_comes_in_pages() {
        let (cloud, _) = cloud(DemoOptions { instances: Some(2_345), ..DemoOptions::default() });
        let caller = standing(&cloud, "demo");
        let (mut token, mut pages) = (String::new(), vec![]);
        loop {
            let mut params = vec![("MaxResults", "1000")];
            if !token.is_empty() {
                params.push(("NextToken", &token));
            }
            let (_, body) = caller.call("ec2", "DescribeInstances", &params).await;
            pages.push(number_of(&body, "instanceType"));
            match text_of(&body, "nextToken") {
                Some(next) => token = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(pages, [1000, 1000, 345]);
    }
}
