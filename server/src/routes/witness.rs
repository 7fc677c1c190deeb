//! What the audit log says of a request beside what it does: where it came from, and its number.

use std::convert::Infallible;

use api::{error::ApiError, session::SessionInfo};
use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{
    app::App,
    audit::{Audit, Event},
    cache::Scope,
    client::Client,
    middleware::RequestId,
};

/// Who sent a request.
#[derive(Clone, Debug)]
pub struct Witness {
    pub client: Client,
    request: String,
}

impl FromRequestParts<App> for Witness {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let client = parts.extensions.get::<Client>().copied().unwrap_or_else(Client::here);
        let request = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        Ok(Self { client, request })
    }
}

impl Witness {
    /// A change is over.
    pub fn changed(&self, audit: &Audit, scope: &Scope, operation: String, ids: &[String], errors: &[(String, ApiError)]) {
        let result = match errors.len() {
            0 => "done",
            failed if failed >= ids.len() => "failed",
            _ => "partly",
        };
        self.write(audit, scope, operation, ids, result, errors);
    }

    /// A change ended in a way that says nothing of what it did.
    pub fn lost(&self, audit: &Audit, scope: &Scope, operation: String, ids: &[String]) {
        self.write(audit, scope, operation, ids, "unknown", &[]);
    }

    /// Somebody signed in, or was refused.
    pub fn signed_in(&self, audit: &Audit, cloud: &str, principal: &str, error: Option<&ApiError>) {
        self.session(audit, ("sign-in", "session.begin", vec![]), cloud, principal, error);
    }

    /// Somebody who is signed in took this role on, or was refused.
    pub fn took_on(&self, audit: &Audit, cloud: &str, principal: &str, role: &str, error: Option<&ApiError>) {
        self.session(audit, ("sign-in", "session.assume-role", vec![role]), cloud, principal, error);
    }

    /// Somebody signed out.
    pub fn signed_out(&self, audit: &Audit, cloud: &str, principal: &str) {
        self.session(audit, ("sign-out", "session.end", vec![]), cloud, principal, None);
    }

    /// Somebody changed their password, or was refused.
    pub fn changed_password(&self, audit: &Audit, cloud: &str, principal: &str, error: Option<&ApiError>) {
        self.session(audit, ("change", "session.change-password", vec![]), cloud, principal, error);
    }

    /// Somebody ended sessions of theirs, by these handles.
    pub fn ended_elsewhere(&self, audit: &Audit, by: &SessionInfo, handles: &[String]) {
        let handles = handles.iter().map(String::as_str).collect();
        self.session(audit, ("sign-out", "session.end-elsewhere", handles), &by.cloud.key, &by.arn, None);
    }

    fn session(
        &self,
        audit: &Audit,
        (event, operation, ids): (&'static str, &str, Vec<&str>),
        cloud: &str,
        principal: &str,
        error: Option<&ApiError>,
    ) {
        let errors = error.map(|error| ("", code(error)));
        audit.write(&Event {
            event,
            principal,
            from: self.client.address.to_string(),
            cloud,
            region: "",
            operation: operation.to_owned(),
            ids,
            result: if error.is_some() { "failed" } else { "done" },
            errors: errors.into_iter().collect(),
            request: &self.request,
        });
    }

    fn write(&self, audit: &Audit, scope: &Scope, operation: String, ids: &[String], result: &'static str, errors: &[(String, ApiError)]) {
        audit.write(&Event {
            event: "change",
            principal: &scope.principal,
            from: self.client.address.to_string(),
            cloud: &scope.cloud,
            region: &scope.region,
            operation,
            ids: ids.iter().map(String::as_str).collect(),
            result,
            errors: errors.iter().map(|(id, error)| (id.as_str(), code(error))).collect(),
            request: &self.request,
        });
    }
}

/// The cloud's own code where it gave one, else ours. What it said may repeat what was typed.
fn code(error: &ApiError) -> String {
    error.cloud_code.clone().unwrap_or_else(|| format!("{:?}", error.code))
}
