//! The policies of an account, read a moment ago: whoever asks who can do what asks again with another action, and each look is many pages.

use std::{fmt, sync::Arc, time::Duration};

use api::{
    access::{Allowed, Answers, Question},
    error::ApiError,
    kind::Kind,
};
use cloud::{
    Cloud,
    access::{self, Known, is_left_to_us},
};
use moka::future::Cache;

use crate::cache::{Lists, Scope, Stamp};

/// What is changed by this console is known at once; what others change, after this.
const KEPT: Duration = Duration::from_secs(60);
/// An account of thousands of users has some megabytes of policies.
const MOST: u64 = 16;
/// The kinds whose changes change who can do what.
const KINDS: [Kind; 4] = [Kind::User, Kind::Group, Kind::Role, Kind::Policy];

/// The policies of accounts. Two principals never share them: each sees what the cloud shows to it.
#[derive(Clone)]
pub struct Access {
    kept: Cache<Stamp, Arc<Known>>,
    lists: Lists,
}

impl Access {
    pub fn new(lists: Lists) -> Self {
        Self { kept: Cache::builder().time_to_live(KEPT).max_capacity(MOST).build(), lists }
    }

    /// What one principal may do.
    pub async fn answers(&self, cloud: &Cloud, scope: &Arc<Scope>, question: &Question, reload: bool) -> Result<Answers, ApiError> {
        let read = async {
            match self.everybody(cloud, scope, reload).await {
                // Where nobody tells all at once, or not to this one, those of the principal may still be told.
                Err(error) if is_left_to_us(error.code) => access::one(cloud, &question.principal).await.map(Arc::new),
                known => known,
            }
        };
        access::answers(cloud, question, read).await
    }

    /// Who may do something.
    pub async fn allowed(&self, cloud: &Cloud, scope: &Arc<Scope>, question: &Question, reload: bool) -> Result<Allowed, ApiError> {
        Ok(self.everybody(cloud, scope, reload).await?.allowed(question))
    }

    /// Who asks while they are being read waits for the same ones; an error is not kept.
    async fn everybody(&self, cloud: &Cloud, scope: &Arc<Scope>, reload: bool) -> Result<Arc<Known>, ApiError> {
        let stamp = self.lists.stamp(scope, &KINDS).await;
        if reload {
            self.kept.invalidate(&stamp).await;
        }
        let read = async { access::everybody(cloud).await.map(Arc::new) };
        self.kept.try_get_with(stamp, read).await.map_err(Arc::unwrap_or_clone)
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("kept", &self.kept.entry_count()).finish_non_exhaustive()
    }
}
