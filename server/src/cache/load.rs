//! A list under way: a buffer that grows, and those who read it from its start.

use api::{error::ApiError, list::Summary};
use bytes::Bytes;
use futures::{Stream, stream};
use tokio::sync::watch;

use super::writer;

/// A list under way.
pub(super) struct Load(watch::Sender<State>);

#[derive(Default)]
pub(super) struct State {
    /// Gzip, one piece per page.
    pieces: Vec<Bytes>,
    over: Option<Result<Summary, ApiError>>,
}

impl Load {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(State::default()))
    }

    pub(super) fn reader(&self) -> Reader {
        Reader(self.0.subscribe())
    }

    pub(super) fn has_readers(&self) -> bool {
        self.0.receiver_count() > 0
    }

    pub(super) fn push(&self, piece: Bytes) {
        self.0.send_modify(|state| state.pieces.push(piece));
    }

    /// Ends it, with a last piece if there is one.
    pub(super) fn end(&self, piece: Option<Bytes>, over: Result<Summary, ApiError>) {
        self.0.send_modify(|state| {
            state.pieces.extend(piece);
            state.over = Some(over);
        });
    }

    /// Everything so far and a last piece, in one.
    pub(super) fn body(&self, last: &Bytes) -> Bytes {
        let state = self.0.borrow();
        // It is kept for long: room for more is room for nothing.
        state.pieces.iter().chain([last]).map(AsRef::as_ref).collect::<Vec<&[u8]>>().concat().into()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().pieces.is_empty()
    }
}

/// One reader of a list under way.
pub struct Reader(watch::Receiver<State>);

/// A list that has been waited for to its end.
#[derive(Debug)]
pub struct Complete {
    /// Gzip of newline-delimited JSON.
    pub pieces: Vec<Bytes>,
    pub summary: Summary,
}

impl Reader {
    /// Waits until there is something to send. Fails with the cloud's error when there will be nothing.
    pub async fn begun(&mut self) -> Result<(), ApiError> {
        let state = self.wait(|state| !state.pieces.is_empty()).await?;
        match &state.over {
            Some(Err(error)) if state.pieces.is_empty() => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// Waits until the end. Fails with the cloud's error, whatever came before it.
    pub async fn complete(&mut self) -> Result<Complete, ApiError> {
        let state = self.wait(|_| false).await?;
        match &state.over {
            Some(Ok(summary)) => Ok(Complete { pieces: state.pieces.clone(), summary: summary.clone() }),
            Some(Err(error)) => Err(error.clone()),
            None => Err(writer::abandoned()),
        }
    }

    /// The pieces from the first to the last, each as soon as it is there.
    pub fn pieces(self) -> impl Stream<Item = Bytes> + Send {
        stream::unfold((self, 0), |(mut reader, next)| async move {
            let piece = reader.wait(|state| state.pieces.len() > next).await.ok()?.pieces.get(next).cloned()?;
            Some((piece, (reader, next + 1)))
        })
    }

    /// Waits until this holds or the load is over.
    async fn wait(&mut self, holds: impl Fn(&State) -> bool) -> Result<watch::Ref<'_, State>, ApiError> {
        self.0.wait_for(|state| holds(state) || state.over.is_some()).await.map_err(|_| writer::abandoned())
    }
}
