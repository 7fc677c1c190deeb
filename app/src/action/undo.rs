//! The way back from what was just done.

use leptos::{prelude::*, task::spawn_local};

use super::bulk;
use crate::{list::refresh, locale::t, spec::Change, ui::Toasts};

/// Says what was done to these, and offers to take it back by the change that does the opposite.
pub fn tell_with_undo(toasts: Toasts, said: String, back: Change, region: String, ids: Vec<String>) {
    let undo = move |()| {
        let (back, region, ids) = (back.clone(), region.clone(), ids.clone());
        spawn_local(async move {
            let touches = back.touches();
            match bulk::carry_out(toasts, back, region, ids).await {
                Ok(outcomes) => {
                    let all_done = outcomes.iter().all(|outcome| outcome.error.is_none());
                    toasts.outcome(t(if all_done { "Taken back" } else { "Undo" }), &outcomes);
                }
                Err(error) => toasts.error(error),
            }
            refresh(touches);
        });
    };
    toasts.undo(said, Callback::new(undo));
}
