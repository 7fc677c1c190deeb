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
        let mut demos: Vec<_> =
            accounts.values().filter(|account| !is_standing(&account.id)).map(|account| (account.opened_at, account.id.clone())).collect();
        demos.sort_unstable();
        let surplus = (demos.len() + 1).saturating_sub(config.max_accounts.max(1));
        for (index, (opened_at, id)) in demos.into_iter().enumerate() {
            if index < surplus || opened_at < oldest {
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
        Some(Fault::Truncate) => break_off(answer(style, action, &request_id, execute(&cloud, &order, action, operation))).await,
        None => answer(style, action, &request_id, execute(&cloud, &order, action, operation)),
    }
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
