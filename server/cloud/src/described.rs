//! What listing and finding look like for kinds whose describe call takes ids and filters and knows pages: the SDK has a type of its own for
//! each part of each call, so that only a macro can say it once.

/// The parts of `Backend` that list a kind and find one of it: which call, its parameter of ids, the set of its filters, the most rows of one
/// page, what the rows are called in its answer, how one is read, and which filters the list's arguments are.
macro_rules! described {
    ($operation:literal, $call:ident($ids:ident, $filters:ident, $most:literal) => $rows:ident, $read:path, {$($arg:literal => $filter:literal),*}) => {
        const ARGS: &'static [&'static str] = &[$($arg),*];

        fn list(cloud: &$crate::Cloud, args: &$crate::Args) -> $crate::Pages<Self> {
            let filters = $crate::paging::filters(args, &[$(($arg, $filter)),*]);
            let call = cloud.ec2().$call().set_max_results(cloud.page_size($most)).$filters(filters);
            $crate::paging::pages(call.into_paginator().send(), $operation, |page| {
                page.$rows.unwrap_or_default().into_iter().map($read).collect()
            })
        }

        async fn get(cloud: &$crate::Cloud, id: &str) -> Result<Self, api::error::ApiError> {
            let answer = cloud.ec2().$call().$ids(id).send().await.map_err($crate::error::failed($operation))?;
            let found = answer.$rows.unwrap_or_default().into_iter().next();
            found.map($read).ok_or_else(|| $crate::error::not_found($operation, id))
        }
    };
}

/// The same for calls that know neither pages nor our arguments.
macro_rules! described_whole {
    ($operation:literal, $call:ident$(.$with:ident($value:expr))*, $ids:ident => $rows:ident, $read:path) => {
        fn list(cloud: &$crate::Cloud, _: &$crate::Args) -> $crate::Pages<Self> {
            let call = cloud.ec2().$call()$(.$with($value))*;
            $crate::paging::single(async move {
                let answer = call.send().await.map_err($crate::error::failed($operation))?;
                Ok(answer.$rows.unwrap_or_default().into_iter().map($read).collect())
            })
        }

        async fn get(cloud: &$crate::Cloud, id: &str) -> Result<Self, api::error::ApiError> {
            let answer = cloud.ec2().$call()$(.$with($value))*.$ids(id).send().await.map_err($crate::error::failed($operation))?;
            let found = answer.$rows.unwrap_or_default().into_iter().next();
            found.map($read).ok_or_else(|| $crate::error::not_found($operation, id))
        }
    };
}

/// The part of `Backend` that changes, for kinds that are only looked at.
macro_rules! only_looked_at {
    () => {
        $crate::described::never_made!();

        async fn act(_: &$crate::Cloud, action: &api::resource::Never, _: &[String]) -> Vec<api::outcome::Outcome> {
            match *action {}
        }
    };
}

/// The part of `Backend` that makes, for kinds of which the console makes none.
macro_rules! never_made {
    () => {
        async fn create(_: &$crate::Cloud, draft: &api::resource::Never) -> Result<api::outcome::Created, api::error::ApiError> {
            match *draft {}
        }
    };
}

pub(crate) use {described, described_whole, never_made, only_looked_at};
