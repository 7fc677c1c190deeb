//! Changes: making resources, acting on them, tagging them.

use api::{
    error::ErrorCode,
    kind::Kind,
    outcome::{Act, Created, Outcome, Retag},
    resource::{Mutation, Resource},
    with_kind,
};
use axum::{
    Json,
    extract::{Path, State},
};
use bytes::Bytes;
use cloud::Backend;
use tracing::Instrument;

use super::{
    body::{check, check_act, parse},
    here::Here,
    kind_of,
};
use crate::{app::App, cache::Lists, error::Failure};

pub async fn create(State(app): State<App>, Path(kind): Path<String>, here: Here, body: Bytes) -> Result<Json<Created>, Failure> {
    with_kind!(kind_of(&kind)?, T => {
        let draft: <T as Resource>::Draft = parse(&body)?;
        check(&draft)?;
        let stale = draft.touches().to_vec();
        let cloud = here.cloud.clone();
        let created = change(&app.lists, &here, stale, async move { T::create(&cloud, &draft).await }).await?;
        Ok(Json(created?))
    })
}

pub async fn act(State(app): State<App>, Path(kind): Path<String>, here: Here, body: Bytes) -> Result<Json<Vec<Outcome>>, Failure> {
    with_kind!(kind_of(&kind)?, T => {
        let act: Act<<T as Resource>::Action> = parse(&body)?;
        check_act(&act)?;
        let stale = act.action.touches().to_vec();
        let cloud = here.cloud.clone();
        change(&app.lists, &here, stale, async move { T::act(&cloud, &act.action, &act.ids).await }).await.map(Json)
    })
}

pub async fn retag(State(app): State<App>, Path(kind): Path<String>, here: Here, body: Bytes) -> Result<Json<Vec<Outcome>>, Failure> {
    with_kind!(kind_of(&kind)?, T => {
        let change_of: Retag = parse(&body)?;
        check_act(&change_of)?;
        let cloud = here.cloud.clone();
        change(&app.lists, &here, vec![T::KIND], async move { T::retag(&cloud, &change_of.action, &change_of.ids).await }).await.map(Json)
    })
}

/// Carries a change out, to its end even if the browser leaves meanwhile, and makes stale what it touches before its outcome is known to
/// anybody: whatever became of it, and also if it panics.
async fn change<R: Send + 'static>(
    lists: &Lists,
    here: &Here,
    stale: Vec<Kind>,
    change: impl Future<Output = R> + Send + 'static,
) -> Result<R, Failure> {
    let stale = lists.touch_afterwards(here.scope.clone(), stale);
    let task = async move {
        let outcome = change.await;
        drop(stale);
        outcome
    };
    tokio::spawn(task.in_current_span()).await.map_err(|_| {
        Failure::new(ErrorCode::Internal, "Canopy failed in the middle of this change. Look at what became of it before you try again.")
    })
}
