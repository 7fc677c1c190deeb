//! What the proxy says to the question of the address, asked again when the address changes.

use api::error::ApiError;
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;

use super::asked::{Asked, Face};
use crate::{client, paths::with_query, session::use_region};

/// The latest answer, or why there is none.
#[derive(Clone, Copy)]
pub struct Reply<T: Send + Sync + 'static> {
    pub answer: RwSignal<Option<T>>,
    pub error: RwSignal<Option<ApiError>>,
    pub busy: RwSignal<bool>,
    /// Asks once more, past what is kept on the way.
    pub again: Callback<()>,
}

impl<T: DeserializeOwned + Send + Sync + 'static> Reply<T> {
    /// The answers of a path to the questions of a face. What is no question is not asked.
    pub fn new(asked: Memo<Asked>, face: Face, path: &'static str) -> Self {
        let region = use_region();
        let (answer, error, busy) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(false));
        let ask = move |reload: bool| {
            let wanted = asked.get_untracked();
            if wanted.face != face || !wanted.check().is_empty() {
                answer.set(None);
                error.set(None);
                busy.set(false);
                return;
            }
            let path = with_query(path, &[("region", &region.get_untracked())]);
            busy.set(true);
            spawn_local(async move {
                let said = client::ask(&path, &wanted.question(), reload).await;
                // The page was left, or asks for something else by now.
                if asked.try_get_untracked().as_ref() != Some(&wanted) || busy.try_set(false).is_some() {
                    return;
                }
                match said {
                    Ok(said) => {
                        answer.set(Some(said));
                        error.set(None);
                    }
                    // What another question brought is no answer to this one.
                    Err(failed) => {
                        answer.set(None);
                        error.set(Some(failed));
                    }
                }
            });
        };
        Effect::new(move || {
            region.track();
            asked.track();
            answer.set(None);
            ask(false);
        });
        Self { answer, error, busy, again: Callback::new(move |()| ask(true)) }
    }
}
