//! The writing end of a list under way.

use std::{collections::HashMap, sync::Arc};

use api::{
    error::{ApiError, ErrorCode},
    list::{Chunk, End, Summary},
    resource::Resource,
};
use serde::Serialize;

use super::{
    Lists, Stored,
    epoch::{Epoch, Stamped},
    gzip::Encoder,
    load::Load,
    second,
};

/// How many rows go into one line at most. A cloud that answers 14,000 in one page must not hold up everybody else meanwhile.
const ROWS_PER_LINE: usize = 1000;

/// Takes the pages of a list as the cloud answers them, for everybody who waits and for those who come later.
///
/// Dropped before its [`end`](Writer::end), by a panic for instance, it fails for all of them instead of leaving them to wait.
pub struct Writer {
    lists: Lists,
    key: Stamped,
    load: Arc<Load>,
    encoder: Option<Encoder>,
    summary: Summary,
    in_transition: bool,
}

impl Writer {
    pub(super) fn new(lists: Lists, key: Stamped, load: Arc<Load>) -> Self {
        Self { lists, key, load, encoder: Some(Encoder::new()), summary: Summary::default(), in_transition: false }
    }

    /// Sends one page. `false` says that nobody reads on and nothing would be kept: there is no use in going on.
    #[must_use]
    pub async fn page<T: Resource>(&mut self, rows: &[T]) -> bool {
        for row in rows {
            self.summary.total += 1;
            self.in_transition |= row.in_transition();
            if let Some(status) = row.status() {
                *self.summary.by_status.entry(status.to_owned()).or_default() += 1;
            }
        }
        // An empty page is sent too: it is how an empty list begins.
        let lines = if rows.is_empty() { vec![rows] } else { rows.chunks(ROWS_PER_LINE).collect() };
        for line in lines {
            self.line(&Chunk::Rows(line.iter().collect::<Vec<_>>()));
            if let Some(encoder) = &mut self.encoder {
                self.load.push(encoder.flush());
            }
            tokio::task::yield_now().await;
        }
        self.is_wanted()
    }

    /// Ends the list: it is complete. It is kept if its kind is, and nothing in it is about to change.
    pub fn end(mut self) {
        self.line(&Chunk::<()>::End(End { total: self.summary.total }));
        let Some(encoder) = self.encoder.take() else { return };
        let (last, etag) = encoder.finish();
        let inner = &self.lists.0;
        let seconds = inner.terms.seconds(self.key.key.kind).filter(|_| !self.in_transition && matches!(self.key.epoch, Epoch::Known(_)));
        {
            let mut loading = inner.loading();
            // Otherwise a reload took its place and will know better.
            let is_current = self.is_current(&loading);
            if is_current && let Some(seconds) = seconds {
                let expires_at = inner.clock.now() + i64::from(seconds);
                let stored = Stored { body: self.load.body(&last), etag, summary: self.summary.clone(), expires_at, seconds };
                let stored = Arc::new(stored);
                inner.keep(&self.key, &stored);
                if let Some(shared) = inner.shared.clone() {
                    let key = self.key.clone();
                    tokio::spawn(async move { second::keep(&shared, &key, &stored).await });
                }
            }
            if is_current {
                loading.remove(&self.key);
            }
        }
        // Last of all, so that whoever has seen the end and asks again does not find this load in the table.
        self.load.end(Some(last), Ok(std::mem::take(&mut self.summary)));
    }

    /// Ends the list: the cloud failed. What was sent stays sent, nothing is kept.
    pub fn fail(mut self, error: ApiError) {
        self.failed(error);
    }

    fn failed(&mut self, error: ApiError) {
        if self.encoder.is_none() {
            return;
        }
        // Where nothing was sent yet the answer itself can be the error.
        let last = (!self.load.is_empty()).then(|| {
            self.line(&Chunk::<()>::Error(error.clone()));
            self.encoder.take().map(|encoder| encoder.finish().0)
        });
        self.encoder = None;
        self.leave();
        self.load.end(last.flatten(), Err(error));
    }

    fn line(&mut self, chunk: &Chunk<impl Serialize>) {
        if let Some(encoder) = &mut self.encoder {
            let mut line = serde_json::to_vec(chunk).expect("wire types serialise");
            line.push(b'\n');
            encoder.write(&line);
        }
    }

    fn is_wanted(&mut self) -> bool {
        if self.lists.keeps(self.key.key.kind) && matches!(self.key.epoch, Epoch::Known(_)) {
            return true;
        }
        let mut loading = self.lists.0.loading();
        // Under the lock under which readers join, so that none can join what is being given up.
        if self.load.has_readers() {
            return true;
        }
        if self.is_current(&loading) {
            loading.remove(&self.key);
        }
        self.encoder = None;
        false
    }

    fn leave(&self) {
        let mut loading = self.lists.0.loading();
        if self.is_current(&loading) {
            loading.remove(&self.key);
        }
    }

    fn is_current(&self, loading: &HashMap<Stamped, Arc<Load>>) -> bool {
        loading.get(&self.key).is_some_and(|load| Arc::ptr_eq(load, &self.load))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.failed(abandoned());
    }
}

pub(super) fn abandoned() -> ApiError {
    ApiError::new(ErrorCode::Internal, "Canopy failed to load this list. Its log says why.")
}
