//! Who is signed in: the server's side of a session, and what the browser holds of it.
//!
//! One browser has one session, which holds one identity or several ([`Held`]); each request is for one of them ([`Session`]).
//! The browser holds a random number in a cookie and nothing else. The store is keyed by that number's hash, so that whoever could read the
//! store could not use what is in it. Credentials are the temporary ones of STS; they leave this process only as signatures.

mod cookie;
mod elsewhere;
mod extract;
mod held;
mod id;
mod presence;
mod record;
mod register;
mod store;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use api::{
    Timestamp,
    error::{ApiError, FieldErrors},
    session::SessionInfo,
};
use cloud::{Cloud, Credentials, Operations, Target};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::cache::Scope;

pub use cookie::Cookies;
pub use held::{Held, Place};
pub use id::SessionId;
pub use presence::Presence;
pub use store::Sessions;

/// A session as one of its identities, which is alive. Cheap to clone.
///
/// As a parameter of a handler it *is* the requirement to be signed in, as whom the request says: otherwise the answer is 401 `session_expired`.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    info: SessionInfo,
    target: Arc<Target>,
    credentials: Credentials,
    /// By region; made when a region is first used.
    clouds: Mutex<HashMap<String, Cloud>>,
    calls: Arc<Semaphore>,
    operations: Operations,
}

/// Requests of one identity that are with its cloud at once; others wait for their turn. A browser has six under way, a script has no end.
const CALLS: usize = 32;

/// Room for one request to the cloud, for as long as the value or a clone of it lives.
pub type Turn = Arc<OwnedSemaphorePermit>;

impl Session {
    pub fn new(mut info: SessionInfo, target: Arc<Target>, credentials: Credentials) -> Self {
        info.identity = id::of_identity(&info.cloud.key, &info.arn);
        Self(Arc::new(Inner {
            info,
            target,
            credentials,
            clouds: Mutex::default(),
            calls: Arc::new(Semaphore::new(CALLS)),
            operations: Operations::default(),
        }))
    }

    /// What the browser may know of it.
    pub fn info(&self) -> &SessionInfo {
        &self.0.info
    }

    /// What stands for it in requests.
    pub fn identity(&self) -> &str {
        &self.0.info.identity
    }

    /// The configured cloud that it is in.
    pub fn target(&self) -> &Arc<Target> {
        &self.0.target
    }

    fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    /// The cloud in this region, with this session's credentials.
    pub fn cloud(&self, region: &str) -> Result<Cloud, ApiError> {
        // A region that nobody configured would send the session's signatures to a host that nobody chose.
        if !self.0.info.cloud.regions.iter().any(|known| known == region) {
            let message = format!("{} has no region of this name.", self.0.info.cloud.label);
            return Err(ApiError::invalid(FieldErrors::from([("region".to_owned(), message)])));
        }
        let mut clouds = self.0.clouds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cloud) = clouds.get(region) {
            return Ok(cloud.clone());
        }
        let cloud = Cloud::noted(Arc::clone(&self.0.target), &self.0.credentials, region, self.0.operations.clone())?;
        clouds.insert(region.to_owned(), cloud.clone());
        Ok(cloud)
    }

    /// What the cloud has carried out for this session in this process, as actions of policies.
    pub fn operations(&self) -> Vec<String> {
        self.0.operations.all()
    }

    /// Waits until this session has room for one more request to its cloud.
    pub async fn turn(&self) -> Turn {
        Arc::new(Arc::clone(&self.0.calls).acquire_owned().await.expect("it is never closed"))
    }

    /// What this session sees in a region, and nobody else.
    pub fn scope(&self, region: &str) -> Arc<Scope> {
        let info = &self.0.info;
        Arc::new(Scope { cloud: info.cloud.key.clone(), region: region.to_owned(), principal: info.arn.clone() })
    }

    /// Whether both are of the same principal, and so of the same person.
    fn is_of_same(&self, other: &Self) -> bool {
        let (one, other) = (self.info(), other.info());
        one.cloud.key == other.cloud.key && one.account == other.account && one.arn == other.arn
    }

    fn is_alive(&self, now: Timestamp) -> bool {
        now < self.0.info.expires_at
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = &self.0.info;
        f.debug_struct("Session").field("cloud", &info.cloud.key).field("arn", &info.arn).finish_non_exhaustive()
    }
}
