//! From the SDK's paginators to streams of pages, and the filters of lists.

use std::collections::BTreeSet;

use api::{error::ApiError, resource::Resource};
use aws_sdk_ec2::{
    error::{ProvideErrorMetadata, SdkError},
    types::Filter,
};
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use futures::{StreamExt, stream};

use crate::{
    backend::{Args, Pages},
    error::failed,
};

/// Every page, in the cloud's order, until the SDK sees the last one or an error.
pub fn pages<O, E, T>(
    answers: PaginationStream<Result<O, SdkError<E, HttpResponse>>>,
    operation: &'static str,
    rows: fn(O) -> Vec<T>,
) -> Pages<T>
where
    O: Send + 'static,
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    T: Send + 'static,
{
    stream::unfold(answers, move |mut answers| async move {
        let page = answers.next().await?.map(rows).map_err(failed(operation));
        Some((page, answers))
    })
    .boxed()
}

/// The only page of a call that knows none.
pub fn single<T: Send + 'static>(answer: impl Future<Output = Result<Vec<T>, ApiError>> + Send + 'static) -> Pages<T> {
    stream::once(answer).boxed()
}

/// A list that cannot be asked for.
pub fn refused<T: Send + 'static>(error: ApiError) -> Pages<T> {
    stream::once(async { Err(error) }).boxed()
}

/// The filters that a list's arguments are, by the names of argument and filter.
pub fn filters(args: &Args, names: &[(&str, &str)]) -> Option<Vec<Filter>> {
    let filter = |(arg, name): &(&str, &str)| Some(Filter::builder().name(*name).values(args.get(*arg)?).build());
    let filters: Vec<_> = names.iter().filter_map(filter).collect();
    (!filters.is_empty()).then_some(filters)
}

/// One filter with one value, if there is a value.
pub fn filter(name: &str, value: Option<&String>) -> Option<Vec<Filter>> {
    value.map(|value| vec![Filter::builder().name(name).values(value).build()])
}

/// What of a search the cloud is asked to look for, by the argument that the border has checked.
pub fn searched<T: Resource>(args: &Args) -> Option<Vec<Filter>> {
    let filters = api::filter::read(args.get(api::filter::ARG)?, T::KIND).ok()?;
    let one =
        |(name, values): (String, BTreeSet<String>)| Filter::builder().name(name).set_values(Some(values.into_iter().collect())).build();
    Some(filters.into_iter().map(one).collect())
}

/// Filters of either origin.
pub fn both(one: Option<Vec<Filter>>, other: Option<Vec<Filter>>) -> Option<Vec<Filter>> {
    let all: Vec<_> = one.into_iter().chain(other).flatten().collect();
    (!all.is_empty()).then_some(all)
}
