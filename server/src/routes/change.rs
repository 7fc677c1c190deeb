//! Changes: making resources, acting on them, tagging them.

use std::sync::atomic::Ordering;

use api::{
    error::{ApiError, ErrorCode},
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
use serde::Serialize;
use tracing::Instrument;

use super::{
    body::{check, check_act, parse},
    here::Here,
    kind_of,
    witness::Witness,
};
use crate::{app::App, error::Failure};

pub async fn create(
    State(app): State<App>,
    Path(kind): Path<String>,
    here: Here,
    witness: Witness,
    body: Bytes,
) -> Result<Json<Created>, Failure> {
    with_kind!(kind_of(&kind)?, T => {
        let draft: <T as Resource>::Draft = parse(&body)?;
        check(&draft)?;
        let stale = draft.touches().to_vec();
        let cloud = here.cloud.clone();
        let note = Note { kind: T::KIND, verb: "create".to_owned(), ids: vec![], witness };
        let created = change(&app, &here, stale, note, async move { T::create(&cloud, &draft).await }, |created| match created {
            Ok(created) => (created.ids.clone(), vec![]),
            Err(error) => (vec![], vec![(String::new(), error.clone())]),
        });
        Ok(Json(created.await??))
    })
}

pub async fn act(
    State(app): State<App>,
    Path(kind): Path<String>,
    here: Here,
    witness: Witness,
    body: Bytes,
) -> Result<Json<Vec<Outcome>>, Failure> {
    with_kind!(kind_of(&kind)?, T => {
        let act: Act<<T as Resource>::Action> = parse(&body)?;
        check_act(&act)?;
        let stale = act.action.touches().to_vec();
        let cloud = here.cloud.clone();
        let note = Note { kind: T::KIND, verb: verb(&act.action), ids: act.ids.clone(), witness };
        let outcomes = change(&app, &here, stale, note, async move { T::act(&cloud, &act.action, &act.ids).await }, |outcomes| errors(outcomes));
        outcomes.await.map(Json)
    })
}

pub async fn retag(
    State(app): State<App>,
    Path(kind): Path<String>,
    here: Here,
    witness: Witness,
    body: Bytes,
) -> Result<Json<Vec<Outcome>>, Failure> {
    with_kind!(kind_of(&kind)?, T => {
        let change_of: Retag = parse(&body)?;
        check_act(&change_of)?;
        let cloud = here.cloud.clone();
        let note = Note { kind: T::KIND, verb: "tag".to_owned(), ids: change_of.ids.clone(), witness };
        let outcomes = change(&app, &here, vec![T::KIND], note, async move { T::retag(&cloud, &change_of.action, &change_of.ids).await }, |outcomes| errors(outcomes));
        outcomes.await.map(Json)
    })
}

/// What the audit log is told of a change before it happens.
struct Note {
    kind: Kind,
    verb: String,
    ids: Vec<String>,
    witness: Witness,
}

/// The word that names an action in its JSON, and nothing of what it says.
fn verb(action: &impl Serialize) -> String {
    let action = serde_json::to_value(action).unwrap_or_default();
    action["do"].as_str().unwrap_or("act").to_owned()
}

type Told = (Vec<String>, Vec<(String, ApiError)>);

fn errors(outcomes: &[Outcome]) -> Told {
    let failed = outcomes.iter().filter_map(|outcome| Some((outcome.id.clone(), outcome.error.clone()?)));
    (vec![], failed.collect())
}

/// Carries a change out, to its end even if the browser leaves meanwhile, makes stale what it touches before its outcome is known to anybody,
/// and writes down what became of it: whatever that is, and also if it panics.
async fn change<R: Send + 'static>(
    app: &App,
    here: &Here,
    stale: Vec<Kind>,
    note: Note,
    change: impl Future<Output = R> + Send + 'static,
    told: impl FnOnce(&R) -> Told + Send + 'static,
) -> Result<R, Failure> {
    app.telemetry.changes.fetch_add(1, Ordering::Relaxed);
    let (app, scope, turn) = (app.clone(), here.scope.clone(), here.turn.clone());
    let task = async move {
        let _turn = turn;
        let mut unfinished = Unfinished { app: &app, scope: &scope, note: Some(&note) };
        let outcome = app.lists.touch_after(&scope, &stale, change).await;
        unfinished.note = None;
        let (made, errors) = told(&outcome);
        let ids = if made.is_empty() { &note.ids } else { &made };
        let operation = format!("{}.{}", note.kind.slug(), note.verb);
        note.witness.changed(&app.audit, &scope, operation, ids, &errors);
        outcome
    };
    tokio::spawn(task.in_current_span()).await.map_err(|_| {
        Failure::new(ErrorCode::Internal, "Canopy failed in the middle of this change. Look at what became of it before you try again.")
    })
}

/// Writes down, when it is dropped with its note, that nobody knows what became of a change.
struct Unfinished<'a> {
    app: &'a App,
    scope: &'a crate::cache::Scope,
    note: Option<&'a Note>,
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if let Some(Note { kind, verb, ids, witness }) = self.note {
            witness.lost(&self.app.audit, self.scope, format!("{}.{verb}", kind.slug()), ids);
        }
    }
}
