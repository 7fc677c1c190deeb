//! Metrics that were asked for a moment ago. Many look at the same charts, a reload asks for them again, and each look is a call that clouds
//! charge for.

use std::{fmt, sync::Arc, time::Duration};

use api::{
    error::ApiError,
    kind::Kind,
    metric::{self, Window},
};
use cloud::Cloud;
use moka::future::Cache;

use crate::{cache::Scope, clock::Clock};

/// Shorter than the shortest period, so that nobody waits for a new point much longer than the cloud takes.
const KEPT: Duration = Duration::from_secs(20);
/// A resource's charts are some ten thousand numbers at most.
const MOST: u64 = 200;

#[derive(Clone)]
pub struct Metrics {
    kept: Cache<Key, Arc<metric::Metrics>>,
    clock: Clock,
}

/// Whose look at what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    scope: Arc<Scope>,
    kind: Kind,
    id: String,
    window: Window,
}

impl Metrics {
    pub fn new(clock: Clock) -> Self {
        Self { kept: Cache::builder().time_to_live(KEPT).max_capacity(MOST).build(), clock }
    }

    /// The charts of a resource. Who asks while they are being fetched waits for the same answer; an error is not kept.
    pub async fn of(
        &self,
        cloud: &Cloud,
        scope: Arc<Scope>,
        (kind, id): (Kind, String),
        window: Window,
        reload: bool,
    ) -> Result<Arc<metric::Metrics>, ApiError> {
        let key = Key { scope, kind, id: id.clone(), window };
        if reload {
            self.kept.invalidate(&key).await;
        }
        let fetch = async { cloud::metrics(cloud, kind, &id, window, self.clock.now()).await.map(Arc::new) };
        self.kept.try_get_with(key, fetch).await.map_err(Arc::unwrap_or_clone)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").field("kept", &self.kept.entry_count()).finish_non_exhaustive()
    }
}
