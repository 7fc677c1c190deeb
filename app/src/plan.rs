//! Carries a plan out, step by step. What a plan is says [`api::plan`]; [`PlanDialog`] shows it before, while and after.
//!
//! It runs in the browser, by the same routes as every other change, and stops at the first refusal: what was made stays made and is known,
//! so that it can go on from there.

mod dialog;
mod lookup;
mod steps;

use std::collections::BTreeSet;

use api::{
    error::{ApiError, ErrorCode},
    kind::Kind,
    outcome::{Act, Created, Outcome},
    plan::{Call, Made, Step, Waited},
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use wasm_bindgen_futures::JsFuture;

pub use self::{
    dialog::PlanDialog,
    lookup::{Lookup, Resume},
};
use crate::{
    client::{self, Method},
    list::{refresh, refresh_without},
    locale::t,
    paths,
    ui::{Toasts, use_toasts},
};

/// How far a step is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mark {
    #[default]
    Waiting,
    Active,
    /// With the id of what it made, where it made something.
    Done(Option<String>),
    Failed,
}

/// How far the whole is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was sent yet.
    #[default]
    Ready,
    Running,
    /// At a refusal, or because the user wanted it.
    Stopped,
    Done,
}

/// What the steps have changed. The lists behind the dialog look again once it stops: a page that asks in between, of what goes with the next
/// step, is told that it is gone.
#[derive(Default)]
struct Changed {
    kinds: BTreeSet<Kind>,
    gone: Option<(Kind, String)>,
}

impl Changed {
    fn tell(self) {
        let kinds: Vec<_> = self.kinds.into_iter().collect();
        match self.gone {
            Some((kind, id)) => refresh_without(&kinds, kind, vec![id]),
            None => refresh(&kinds),
        }
    }
}

/// One plan under way. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Runner {
    region: Signal<String>,
    toasts: Toasts,
    /// Whether what is gone already counts as done: when everything is to go.
    lenient: bool,
    pub steps: RwSignal<Vec<Step>>,
    pub marks: RwSignal<Vec<Mark>>,
    pub phase: RwSignal<Phase>,
    pub error: RwSignal<Option<ApiError>>,
    pub made: RwSignal<Made>,
    stopping: RwSignal<bool>,
}

impl Runner {
    pub fn new(region: Signal<String>, lenient: bool) -> Self {
        Self {
            region,
            toasts: use_toasts(),
            lenient,
            steps: RwSignal::default(),
            marks: RwSignal::default(),
            phase: RwSignal::default(),
            error: RwSignal::default(),
            made: RwSignal::default(),
            stopping: RwSignal::new(false),
        }
    }

    /// Takes another plan, of which nothing is done yet.
    pub fn reset(self, steps: Vec<Step>) {
        self.marks.set(vec![Mark::default(); steps.len()]);
        self.steps.set(steps);
        self.made.set(Made::new());
        self.error.set(None);
        self.phase.set(Phase::Ready);
    }

    pub fn is_running(self) -> bool {
        self.phase.get() == Phase::Running
    }

    pub fn is_stopping(self) -> bool {
        self.stopping.get()
    }

    /// Stops after the step that is under way.
    pub fn stop(self) {
        self.stopping.set(true);
    }

    /// How many steps are done.
    pub fn done(self) -> usize {
        self.marks.with(|marks| marks.iter().filter(|mark| matches!(mark, Mark::Done(_))).count())
    }

    /// The steps that are not done.
    pub fn undone(self) -> Vec<Step> {
        let (steps, marks) = (self.steps.get_untracked(), self.marks.get_untracked());
        steps.into_iter().zip(marks).filter(|(_, mark)| !matches!(mark, Mark::Done(_))).map(|(step, _)| step).collect()
    }

    /// Carries out all that is not done yet.
    pub fn run(self) {
        if self.phase.get_untracked() == Phase::Running {
            return;
        }
        self.phase.set(Phase::Running);
        self.error.set(None);
        self.stopping.set(false);
        let region = self.region.get_untracked();
        spawn_local(async move {
            let mut changed = Changed::default();
            self.go_on(&region, &mut changed).await;
            changed.tell();
        });
    }

    /// Until all is done, or it stops.
    async fn go_on(self, region: &str, changed: &mut Changed) {
        let is_done = |mark: &Mark| matches!(mark, Mark::Done(_));
        // Whoever looked at it may have left.
        while let Some(next) = self.marks.try_with_untracked(|marks| marks.iter().position(|mark| !is_done(mark))) {
            let Some(index) = next else {
                self.phase.try_set(Phase::Done);
                return;
            };
            if self.stopping.try_get_untracked() != Some(false) {
                self.phase.try_set(Phase::Stopped);
                return;
            }
            let step = self.steps.try_with_untracked(|steps| steps[index].clone());
            let Some((step, made)) = step.zip(self.made.try_get_untracked()) else { return };
            self.mark(index, Mark::Active);
            let (makes, ended) = (step.makes.clone(), step.ended());
            changed.kinds.extend(step.touches());
            match self.carry_out(step.resolved(&made), region).await {
                Ok(id) => {
                    if let Some(id) = id.clone().filter(|_| !makes.is_empty()) {
                        self.made.try_update(|made| made.insert(makes, id));
                    }
                    changed.gone = ended.or(changed.gone.take());
                    self.mark(index, Mark::Done(id));
                }
                Err(error) => {
                    self.mark(index, Mark::Failed);
                    self.error.try_set(Some(error));
                    self.phase.try_set(Phase::Stopped);
                    return;
                }
            }
        }
    }

    fn mark(self, index: usize, mark: Mark) {
        self.marks.try_update(|marks| marks[index] = mark);
    }

    /// The id of what was made, where something was.
    async fn carry_out(self, step: Step, region: &str) -> Result<Option<String>, ApiError> {
        match step.call {
            Call::Create { kind, draft, .. } => {
                let created: Created = client::send(Method::POST, &client::kind_path(kind, "", region, &[]), &draft).await?;
                created.warnings.into_iter().for_each(|warning| self.toasts.error(warning));
                Ok(created.ids.into_iter().next())
            }
            Call::Act { kind, action, id, .. } => {
                let act = Act { action, ids: vec![id] };
                let outcomes: Vec<Outcome> = client::send(Method::POST, &client::kind_path(kind, "actions", region, &[]), &act).await?;
                match outcomes.into_iter().find_map(|outcome| outcome.error) {
                    Some(error) if self.lenient && error.code == ErrorCode::NotFound => Ok(None),
                    Some(error) => Err(error),
                    None => Ok(None),
                }
            }
            Call::Wait { kind, id, until } => {
                let path = client::kind_path(kind, &paths::encode(&id), region, &[]);
                for _ in 0..LOOKS {
                    let found: Option<Value> = match client::get(&path).await {
                        Ok(found) => Some(found),
                        Err(error) if error.code == ErrorCode::NotFound => None,
                        Err(error) => return Err(error),
                    };
                    let state = found.as_ref().map(|found| found["state"].as_str().unwrap_or_default());
                    match until.judge(state) {
                        Waited::Done => return Ok(None),
                        Waited::Never => return Err(never(found.as_ref())),
                        Waited::NotYet => pause().await,
                    }
                    if self.phase.try_get_untracked() != Some(Phase::Running) {
                        break;
                    }
                }
                Err(ApiError::new(ErrorCode::Timeout, t("It takes longer than usual. Look at it, then go on from here.")))
            }
        }
    }
}

/// How often and how far apart it is looked whether something is ready: a quarter of an hour in all.
const LOOKS: u32 = 300;
const APART: i32 = 3_000;

async fn pause() {
    let wait = js_sys::Promise::new(&mut |done, _| {
        // Without a timer there is no wait, only one look after the other.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, APART);
    });
    let _ = JsFuture::from(wait).await;
}

/// The cloud's reason, where it gave one.
fn never(found: Option<&Value>) -> ApiError {
    let said = found.and_then(|found| found["failure"].as_str()).filter(|said| !said.is_empty());
    ApiError::new(ErrorCode::CloudFailure, said.map_or_else(|| t("It failed, and the cloud does not say why."), str::to_owned))
}
