//! What the proxy can do with a kind of resource. One implementation per kind, in the file of its name.

use std::collections::BTreeMap;

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    resource::Resource,
    tag::TagChange,
};
use futures::stream::BoxStream;

use crate::{Cloud, tag};

/// Arguments of a list, by name.
pub type Args = BTreeMap<String, String>;

/// A list as the cloud answers it: one item per page, to the end or to the first error.
pub type Pages<T> = BoxStream<'static, Result<Vec<T>, ApiError>>;

/// A kind of resource, as a cloud holds it.
pub trait Backend: Resource {
    /// The arguments that its list takes.
    const ARGS: &'static [&'static str] = &[];

    /// All of them, page by page. The stream is its own master: it borrows neither the cloud nor the arguments.
    fn list(cloud: &Cloud, args: &Args) -> Pages<Self>;

    /// The one of this id, with what only a call per resource can tell.
    fn get(cloud: &Cloud, id: &str) -> impl Future<Output = Result<Self, ApiError>> + Send;

    /// Makes what the draft says. The draft has been checked.
    fn create(cloud: &Cloud, draft: &Self::Draft) -> impl Future<Output = Result<Created, ApiError>> + Send;

    /// Acts on each of these; one outcome per id, in their order.
    fn act(cloud: &Cloud, action: &Self::Action, ids: &[String]) -> impl Future<Output = Vec<Outcome>> + Send;

    /// Changes tags of each of these; one outcome per id, in their order.
    fn retag(cloud: &Cloud, change: &TagChange, ids: &[String]) -> impl Future<Output = Vec<Outcome>> + Send {
        tag::retag(cloud, change, ids)
    }
}
