//! Acting on many resources at once: in one call where the cloud takes it, and with an answer for each of them even where it does not.

use api::{
    error::{ApiError, ErrorCode},
    outcome::{OneTimeFile, Outcome},
};
use futures::{StreamExt, stream};

/// How many calls are under way at once.
const PARALLEL: usize = 8;

/// Makes one call for all ids. Where the cloud refuses it because of some of them, halves are tried, until each id stands for itself: a single
/// bad one among hundreds costs a dozen calls and spoils nothing for the rest.
///
/// Only for operations that can be repeated: a call that failed for some may have worked for others.
pub async fn in_halves<F, Fut>(ids: &[String], call: F) -> Vec<Outcome>
where
    F: Fn(Vec<String>) -> Fut,
    Fut: Future<Output = Result<(), ApiError>>,
{
    let mut outcomes = Vec::with_capacity(ids.len());
    let mut parts: Vec<Vec<String>> = if ids.is_empty() { vec![] } else { vec![ids.to_vec()] };
    while !parts.is_empty() {
        let answers = stream::iter(parts).map(|part| {
            let answer = call(part.clone());
            async move { (part, answer.await) }
        });
        let answers: Vec<_> = answers.buffered(PARALLEL).collect().await;
        parts = vec![];
        for (mut part, answer) in answers {
            match answer {
                Ok(()) => outcomes.extend(part.into_iter().map(Outcome::done)),
                Err(error) if part.len() > 1 && is_about_some(&error) => {
                    let right = part.split_off(part.len() / 2);
                    parts.extend([part, right]);
                }
                Err(error) => outcomes.extend(part.into_iter().map(|id| Outcome::failed(id, error.clone()))),
            }
        }
    }
    in_order(ids, outcomes)
}

/// Makes a call for each id, several at a time, for operations that take only one.
pub async fn one_by_one<F, Fut>(ids: &[String], call: F) -> Vec<Outcome>
where
    F: Fn(String) -> Fut,
    Fut: Future<Output = Result<(), ApiError>>,
{
    with_secrets(ids, |id| {
        let answer = call(id);
        async move { answer.await.map(|()| None) }
    })
    .await
}

/// As [`one_by_one`], for operations that may answer with what can be had once.
pub async fn with_secrets<F, Fut>(ids: &[String], call: F) -> Vec<Outcome>
where
    F: Fn(String) -> Fut,
    Fut: Future<Output = Result<Option<OneTimeFile>, ApiError>>,
{
    let outcomes = stream::iter(ids.to_vec()).map(|id| {
        let answer = call(id.clone());
        async move {
            match answer.await {
                Ok(secret) => Outcome { secret, ..Outcome::done(id) },
                Err(error) => Outcome::failed(id, error),
            }
        }
    });
    outcomes.buffered(PARALLEL).collect().await
}

/// Whether a refusal may be due to some of the resources, rather than to the caller, the cloud or the way there.
fn is_about_some(error: &ApiError) -> bool {
    matches!(error.code, ErrorCode::NotFound | ErrorCode::Conflict | ErrorCode::Invalid | ErrorCode::Forbidden | ErrorCode::Quota)
}

fn in_order(ids: &[String], mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    let place: std::collections::HashMap<_, _> = ids.iter().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
    outcomes.sort_by_key(|outcome| place.get(outcome.id.as_str()).copied());
    outcomes
}
