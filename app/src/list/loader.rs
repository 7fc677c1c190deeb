//! Brings the rows: page by page the first time, in one exchange afterwards, so that a refresh never shows less than was there.

use std::{cell::RefCell, rc::Rc, time::Duration};

use api::{
    error::{ApiError, ErrorCode},
    filter,
    list::Chunk,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    early::{Early, Question},
    row::Row,
    rows::{Comparison, Rows},
};
use crate::{
    client::{self, Abort},
    locale::t,
    paths,
    spec::AnySpec,
};

/// Pages that arrive within this time reach the screen together.
const BATCH: Duration = Duration::from_millis(100);
/// A list that is not complete by then is a long one, of which the cloud itself is asked for what fits.
const PATIENCE: Duration = Duration::from_millis(250);

/// Where the loading of a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was asked for yet: so it is on the server, and in the browser until it has taken over.
    Waiting,
    /// Under way; so many rows have come. A quiet one is the console's own idea, not the user's.
    Loading {
        so_far: usize,
        quiet: bool,
    },
    Complete,
    /// It ended before its end: the rows are true, more are missing.
    Partial,
}

/// Why a list is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is another list: what was there goes.
    New,
    /// The user wants to know: past all caches.
    Refresh,
    /// Something has changed, or is about to.
    Look,
}

#[derive(Clone, Copy)]
pub struct Loader {
    spec: &'static dyn AnySpec,
    pub rows: Rows,
    pub phase: RwSignal<Phase>,
    pub error: RwSignal<Option<ApiError>>,
    /// Whether the list begins, and takes its time.
    pub is_long: RwSignal<bool>,
    pub early: Early,
    abort: StoredValue<Option<Abort>>,
}

/// What one request has brought.
#[derive(Default)]
struct Incoming {
    /// What is there already is compared with; nothing to a list that begins.
    comparison: Option<Comparison>,
    n_rows: usize,
    end: Option<Result<(), ApiError>>,
    flush_is_due: bool,
}

impl Loader {
    pub fn new(spec: &'static dyn AnySpec) -> Self {
        let rows = Rows::new(spec);
        let loader = Self {
            spec,
            rows,
            phase: RwSignal::new(Phase::Waiting),
            error: RwSignal::default(),
            is_long: RwSignal::new(false),
            early: Early::new(spec, rows),
            abort: StoredValue::new(None),
        };
        on_cleanup(move || loader.stop());
        loader
    }

    fn stop(self) {
        if let Some(Some(abort)) = self.abort.try_get_value() {
            abort.abort();
        }
        self.early.forget();
    }

    /// Loads the list from this path of the API; a request still under way is given up.
    pub fn load(self, path: String, why: Why) {
        self.stop();
        let abort = Abort::new();
        self.abort.set_value(Some(abort.clone()));
        // What is cut short was never complete: its rows are counted as such until the new answer is.
        let is_cut_short = why != Why::New && matches!(self.phase.get_untracked(), Phase::Loading { quiet: false, .. });
        if why == Why::New {
            self.rows.clear();
            self.error.set(None);
        }
        let n_there = self.rows.with(|held| held.all().count());
        let is_growing = n_there == 0;
        let so_far = if is_cut_short { n_there } else { 0 };
        self.phase.set(Phase::Loading { so_far, quiet: why == Why::Look && !is_cut_short });
        self.is_long.set(false);
        if is_growing {
            let abort = abort.clone();
            let look = move || {
                if !abort.is_aborted() && matches!(self.phase.try_get_untracked(), Some(Phase::Loading { .. })) {
                    self.is_long.set(true);
                }
            };
            set_timeout(look, PATIENCE);
        }
        let comparison = (!is_growing).then(Comparison::default);
        let incoming = Rc::new(RefCell::new(Incoming { comparison, ..Incoming::default() }));
        spawn_local(async move {
            let taken = Rc::clone(&incoming);
            let stopped = abort.clone();
            let result = client::lines(&path, why == Why::Refresh, &abort, move |line| {
                if !stopped.is_aborted() {
                    self.take(line, &taken, &stopped);
                }
            })
            .await;
            if !abort.is_aborted() {
                self.finish(result, &incoming, &abort);
            }
        });
    }

    /// Asks the cloud itself for what fits, at this path.
    pub fn ask_early(self, path: &str, question: Question) {
        let path = paths::with_query(path, &[(filter::ARG, &question.filters)]);
        let on_rows = Callback::new(move |()| self.show(self.early.len()));
        self.early.ask(path, question.tokens, on_rows);
    }

    fn take(self, line: &str, incoming: &Rc<RefCell<Incoming>>, abort: &Abort) {
        let chunk = self.spec.parse(line);
        let mut state = incoming.borrow_mut();
        match chunk {
            Ok(Chunk::Rows(items)) => {
                state.n_rows += items.len();
                match &mut state.comparison {
                    Some(comparison) => comparison.look(self.rows, items),
                    None => self.rows.push(self.early.rest(items).into_iter().map(|item| Row::new(self.spec, item)).collect()),
                }
            }
            Ok(Chunk::End(_)) => state.end = Some(Ok(())),
            Ok(Chunk::Error(error)) => state.end = Some(Err(error)),
            Err(error) => state.end = Some(Err(ApiError::new(ErrorCode::Internal, error.to_string()))),
        }
        let so_far = state.n_rows;
        if state.flush_is_due {
            return;
        }
        state.flush_is_due = true;
        drop(state);
        self.show(so_far);
        let (incoming, abort) = (Rc::clone(incoming), abort.clone());
        set_timeout(
            move || {
                let mut state = incoming.borrow_mut();
                state.flush_is_due = false;
                let so_far = state.n_rows;
                let ended = state.end.is_some();
                drop(state);
                if !abort.is_aborted() && !ended {
                    self.show(so_far);
                }
            },
            BATCH,
        );
    }

    /// Puts on the screen how much has come, and what it is: in this order, so that nobody takes what is there for all there is.
    fn show(self, n: usize) {
        self.phase.update(|phase| {
            if let Phase::Loading { so_far, .. } = phase {
                *so_far = n.max(*so_far);
            }
        });
        self.rows.publish();
    }

    fn finish(self, result: Result<(), ApiError>, incoming: &Rc<RefCell<Incoming>>, abort: &Abort) {
        let Incoming { comparison, end, .. } = std::mem::take(&mut *incoming.borrow_mut());
        let end = result.and_then(|()| end.unwrap_or_else(|| Err(cut_off())));
        if let Some(comparison) = comparison.filter(|_| end.is_ok()) {
            comparison.settle(self.rows);
        }
        // It is complete when the last row can be found.
        let abort = abort.clone();
        self.rows.after(Callback::new(move |()| {
            if !abort.is_aborted() {
                if end.is_ok() {
                    self.early.settle()
                } else {
                    self.early.stop()
                }
                self.is_long.set(false);
                self.rows.publish();
                self.phase.set(if end.is_ok() { Phase::Complete } else { Phase::Partial });
                self.error.set(end.as_ref().err().cloned());
            }
        }));
    }
}

fn cut_off() -> ApiError {
    ApiError::new(ErrorCode::Unreachable, t("The connection broke before the list was complete."))
}
