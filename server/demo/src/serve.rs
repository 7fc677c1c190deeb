//! One request: whose it is, whether it is signed by them, whether they may, and the answer.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::State,
    response::{IntoResponse as _, Response},
};
use futures::stream;
use http::{HeaderMap, Method, StatusCode, Uri, header};

use crate::{
    account::Principal,
    auth::{self, Claim, Failure, Unreadable},
    clock,
    cloud::DemoCloud,
    fault::Fault,
    iam::Permissions,
    ops::{Call, Operation, Reply, Service, TokenCall, evaluation},
    protocol::{params::Params, refusal::Refusal, value::Value, xml::Style},
    region::Region,
};

/// A request that was understood so far as to know whose it is and what it wants.
struct Order {
    service: &'static Service,
    region: &'static Region,
    principal: Principal,
    params: Params,
}

/// Answers a request, or does what was asked for instead of an answer.
pub async fn serve(State(cloud): State<DemoCloud>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
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
    let not_known = || {
        if is_ec2 {
            refuse("AuthFailure", "AWS was not able to validate the provided access credentials")
        } else {
            refuse("InvalidClientTokenId", "The security token included in the request is invalid.")
        }
    };
    let key = cloud.keys().find(claim.access_key_id).filter(|key| key.is_active).ok_or_else(not_known)?;
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
        if *expires_at <= cloud.now() {
            return Err(if is_ec2 {
                refuse("RequestExpired", "Request has expired.")
            } else {
                refuse("ExpiredToken", "The security token included in the request is expired")
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
    let now = cloud.now();
    match operation {
        Operation::Token(operation) => operation(&TokenCall { params: &order.params, principal, cloud, now }),
        Operation::Account(operation) => {
            refuse_dry_run(order)?;
            let mut state = principal.account.lock();
            let (iam, world) = state.parts(&principal.account, order.region, now);
            operation(&mut Call { params: &order.params, principal, world, iam })
        }
        Operation::Copy(take, put) => {
            refuse_dry_run(order)?;
            let source = order.params.scope().require("SourceRegion")?;
            let source = Region::find(source).ok_or_else(|| Refusal::invalid_value("sourceRegion", source, "There is no such region."))?;
            let mut state = principal.account.lock();
            let (iam, world) = state.parts(&principal.account, source, now);
            let parcel = take(&mut Call { params: &order.params, principal, world, iam })?;
            let (iam, world) = state.parts(&principal.account, order.region, now);
            put(&mut Call { params: &order.params, principal, world, iam }, parcel)
        }
    }
}

fn refuse_dry_run(order: &Order) -> Result<(), Refusal> {
    if order.service.style == Style::Ec2 && order.params.scope().flag("DryRun")? == Some(true) {
        return Err(Refusal::new("DryRunOperation", "Request would have succeeded, but DryRun flag is set."));
    }
    Ok(())
}

/// STS is open to everybody: what it gives is the caller's already, or guarded by the role.
fn authorize(order: &Order, action: &str) -> Result<(), Refusal> {
    let (principal, service) = (&order.principal, order.service.prefix());
    let permissions = match principal.permissions {
        // The deny that stands on everything until a code was given leaves the way to give one.
        Permissions::WithMfa if service == "sts" => return Ok(()),
        permissions => permissions,
    };
    let called = format!("{service}:{action}");
    let may = match permissions {
        _ if service == "sts" => true,
        Permissions::ByPolicies => evaluation::allows(&principal.account.lock().iam, &principal.user_id, &called),
        permissions => permissions.allow(&called, principal.mfa),
    };
    if may {
        return Ok(());
    }
    let reason = match permissions {
        Permissions::WithMfa => "with an explicit deny in an identity-based policy".to_owned(),
        _ => format!("because no identity-based policy allows the {service}:{action} action"),
    };
    let is_ec2 = order.service.style == Style::Ec2;
    let sentence = if is_ec2 {
        let resource = format!("arn:aws:ec2:{}:{}:{}/*", order.region.name, principal.account.id, resource_of(action));
        format!(
            "You are not authorized to perform this operation. User: {} is not authorized to perform: ec2:{action} on resource: {resource} {reason}.",
            principal.arn
        )
    } else {
        let resource = match service {
            "iam" => format!("arn:aws:iam::{}:*", principal.account.id),
            _ => "*".to_owned(),
        };
        format!("User: {} is not authorized to perform: {service}:{action} on resource: {resource} {reason}", principal.arn)
    };
    Err(Refusal::new(if is_ec2 { "UnauthorizedOperation" } else { "AccessDenied" }, sentence))
}

/// The type of resource that an action of EC2 is about, as its ARNs have it.
fn resource_of(action: &str) -> &'static str {
    const TYPES: &[(&str, &str)] = &[
        ("KeyPair", "key-pair"),
        ("SecurityGroup", "security-group"),
        ("Instance", "instance"),
        ("Volume", "volume"),
        ("Snapshot", "snapshot"),
        ("Image", "image"),
    ];
    TYPES.iter().find(|(part, _)| action.contains(part)).map_or("*", |(_, name)| name)
}

pub fn answer(style: Style, action: &str, request_id: &str, reply: Result<Value, Refusal>) -> Response {
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
