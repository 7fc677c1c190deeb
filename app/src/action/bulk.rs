//! Sends a change for any number of resources: in portions where they are many, telling how far it is, and stopping when told to.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use api::{
    error::{ApiError, ErrorCode},
    outcome::Outcome,
};
use leptos::prelude::*;

use crate::{
    format,
    locale::{t, tf},
    spec::{Change, Sent},
    ui::Toasts,
};

/// So many go in one request; beyond that one sees how far it is.
pub const PORTION: usize = 50;

/// One outcome for each, in their order; an error is one of all of them. Those that were not sent because it was stopped have failed as well,
/// so that they can be tried again.
pub async fn carry_out(toasts: Toasts, change: Change, region: String, ids: Vec<String>) -> Result<Vec<Outcome>, ApiError> {
    if ids.len() <= PORTION {
        return outcomes(change, region, ids).await;
    }
    let n_done = ArcRwSignal::new(0_usize);
    let stopped = Arc::new(AtomicBool::new(false));
    let all = ids.len();
    let text = {
        let n_done = n_done.clone();
        Signal::derive(move || tf("{n} of {all} done", &[("n", format::number(n_done.get())), ("all", format::number(all))]))
    };
    let stop = {
        let stopped = Arc::clone(&stopped);
        Callback::new(move |()| stopped.store(true, Ordering::Relaxed))
    };
    let toast = toasts.progress(text, stop);
    let mut done = Vec::with_capacity(all);
    for portion in ids.chunks(PORTION) {
        if stopped.load(Ordering::Relaxed) {
            let error = ApiError::new(ErrorCode::Conflict, t("Not sent: it was stopped before."));
            done.extend(portion.iter().map(|id| Outcome::failed(id, error.clone())));
            continue;
        }
        match outcomes(change.clone(), region.clone(), portion.to_vec()).await {
            Ok(more) => done.extend(more),
            Err(error) if done.is_empty() => {
                toasts.dismiss(toast);
                return Err(error);
            }
            Err(error) => done.extend(portion.iter().map(|id| Outcome::failed(id, error.clone()))),
        }
        n_done.set(done.len());
    }
    toasts.dismiss(toast);
    Ok(done)
}

async fn outcomes(change: Change, region: String, ids: Vec<String>) -> Result<Vec<Outcome>, ApiError> {
    match change.send(region, ids).await? {
        Sent::Done(outcomes) => Ok(outcomes),
        Sent::Created(_) => Ok(Vec::new()),
    }
}
