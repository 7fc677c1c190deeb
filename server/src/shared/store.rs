//! What every store can do, which is little: three calls that all of them have.

use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;

/// The store did not do it. Why is for the log; there is nothing else to be done about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Down(pub String);

pub type Answer<'a, T> = BoxFuture<'a, Result<T, Down>>;

/// Keeps bytes under names, and may forget any of them at any time.
pub trait Store: Send + Sync {
    /// With `keep` the entry stays for so long from now on, in the same step.
    fn get<'a>(&'a self, name: &'a str, keep: Option<Duration>) -> Answer<'a, Option<Bytes>>;
    fn set<'a>(&'a self, name: &'a str, value: Bytes, keep: Duration) -> Answer<'a, ()>;
    fn remove<'a>(&'a self, name: &'a str) -> Answer<'a, ()>;
    /// The next call begins with a new connection: what hangs may hang for ever.
    fn reset(&self);
    /// A word that is another one after every start of the store. Empty where a start always begins with nothing.
    fn run(&self) -> String;
    /// Where it is, for the log: without a password.
    fn place(&self) -> String;
}

/// Whole seconds, and at least one: zero means "for ever" to some stores and "now" to others.
pub fn seconds(keep: Duration) -> u64 {
    keep.as_secs().max(1)
}
