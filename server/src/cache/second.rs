//! The second level: complete lists in the shared store, so that what one replica has loaded none of the others has to.

use std::{sync::Arc, time::Duration};

use api::{Timestamp, list::Summary};
use serde::{Deserialize, Serialize};

use super::{
    Stored,
    epoch::{Epoch, Stamped},
};
use crate::shared::{Name, Shared};

/// What stands before the list's own bytes, which are compressed already.
#[derive(Serialize, Deserialize)]
struct Head {
    etag: String,
    summary: Summary,
    expires_at: Timestamp,
    seconds: u32,
}

pub(super) async fn find(shared: &Shared, key: &Stamped) -> Option<Stored> {
    let entry = shared.get(&name(key)?, None).await.ok()??;
    let mut heads = serde_json::Deserializer::from_slice(&entry).into_iter::<Head>();
    let Head { etag, summary, expires_at, seconds } = heads.next()?.ok()?;
    let begins = heads.byte_offset();
    let body = bytes::Bytes::from(entry).slice(begins..);
    Some(Stored { body, etag, summary, expires_at, seconds })
}

/// Keeps a list there. That it cannot be is no matter.
pub(super) async fn keep(shared: &Shared, key: &Stamped, list: &Arc<Stored>) {
    let Some(name) = name(key) else { return };
    let Stored { body, etag, summary, expires_at, seconds } = &**list;
    let head = Head { etag: etag.clone(), summary: summary.clone(), expires_at: *expires_at, seconds: *seconds };
    let mut entry = serde_json::to_vec(&head).expect("a summary serialises");
    entry.extend_from_slice(body);
    if let Err(err) = shared.set(&name, &entry, Duration::from_secs((*seconds).into())).await {
        tracing::debug!(%err, "a list was not shared");
    }
}

/// `None` for a list that is for one reader alone.
fn name(key: &Stamped) -> Option<Name> {
    let Epoch::Known(epoch) = key.epoch else { return None };
    let (key, scope) = (&key.key, &key.key.scope);
    let args = key.args.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
    let epoch = epoch.to_be_bytes();
    let parts = [epoch.as_slice(), key.kind.slug().as_bytes(), scope.cloud.as_bytes(), scope.region.as_bytes(), scope.principal.as_bytes()];
    Some(Name::new("list", &parts.into_iter().chain(args).collect::<Vec<_>>()))
}
