//! Where a request takes place: a session, and a region of its cloud.

use std::{collections::BTreeMap, sync::Arc};

use api::{
    error::{ApiError, ErrorCode},
    filter,
};
use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use cloud::{Args, Cloud};

use crate::{
    app::App,
    cache::Scope,
    error::Failure,
    session::{Session, Turn},
};

/// A signed-in request's place, and what else its query says.
pub struct Here {
    pub cloud: Cloud,
    pub scope: Arc<Scope>,
    args: Args,
    /// The request's room in the session's share of the cloud: whatever goes on after the request has left holds it too.
    pub turn: Turn,
}

/// The argument that says where; the session's own region where it is missing.
const REGION: &str = "region";
/// No id or word that a cloud takes is longer.
const MAX_ARG: usize = 255;

impl FromRequestParts<App> for Here {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let session = Session::from_request_parts(parts, app).await?;
        let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| Failure::new(ErrorCode::Invalid, "The address of this request is malformed."))?;
        let mut args = Args::new();
        for (name, value) in query {
            if value.len() > if name == filter::ARG { filter::MOST_BYTES } else { MAX_ARG } {
                return Err(invalid(&name, "This is too long."));
            }
            if args.insert(name.clone(), value).is_some() {
                return Err(invalid(&name, "This is there twice."));
            }
        }
        let region = args.remove(REGION).filter(|region| !region.is_empty()).unwrap_or_else(|| session.info().region.clone());
        let (cloud, scope) = (session.cloud(&region)?, session.scope(&region));
        Ok(Self { cloud, scope, args, turn: session.turn().await })
    }
}

impl Here {
    /// The list's arguments, of which the kind takes these.
    pub fn args(&self, known: &[&str]) -> Result<&Args, Failure> {
        match self.args.keys().find(|name| !known.contains(&name.as_str())) {
            Some(unknown) => Err(invalid(unknown, "This list takes no such argument.")),
            None => Ok(&self.args),
        }
    }
}

/// An argument that cannot be taken, and why.
pub(super) fn invalid(name: &str, message: &str) -> Failure {
    ApiError::invalid(BTreeMap::from([(name.to_owned(), message.to_owned())])).into()
}
