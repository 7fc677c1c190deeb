//! A plan that is made of what there is: looked up, shown, made anew when something else is wanted, and looked up again where it stopped.

use std::future::Future;

use api::{error::ApiError, plan::Step};
use leptos::{prelude::*, task::spawn_local};

use super::{Phase, Runner};
use crate::session::use_region;

/// What is looked up for a plan. Cheap to copy.
pub struct Lookup<C: 'static> {
    pub runner: Runner,
    /// Nothing before it was found.
    pub found: RwSignal<Option<C>>,
    look: Callback<bool>,
    /// Whether it is looked again where the plan stopped.
    is_fresh: bool,
}

/// Of the steps that were not done, and those that what is there now asks for, the ones that are left.
pub type Resume = fn(Vec<Step>, Vec<Step>) -> Vec<Step>;

impl<C: 'static> Clone for Lookup<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: 'static> Copy for Lookup<C> {}

impl<C: Send + Sync + 'static> Lookup<C> {
    /// `load` looks, in a region. `plan` makes the steps, and again when a signal changes that it reads. Where it stopped, `resume` says how it
    /// goes on by what is there then; by the same plan, where there is none.
    pub fn new<F: Future<Output = Result<C, ApiError>> + 'static>(
        load: impl Fn(String) -> F + Send + Sync + 'static,
        plan: impl Fn(&C) -> Vec<Step> + Send + Sync + 'static,
        resume: Option<Resume>,
    ) -> Self {
        let region = use_region();
        // What is gone already is no failure: it is to go.
        let runner = Runner::new(region, true);
        let found = RwSignal::new(None::<C>);
        let looking = RwSignal::new(false);
        let steps = Callback::new(move |()| found.with(|found| found.as_ref().map(&plan)));
        let look = Callback::new(move |run: bool| {
            // Pressed twice, it is looked once.
            if looking.get_untracked() {
                return;
            }
            looking.set(true);
            let loading = load(region.get_untracked());
            runner.error.set(None);
            spawn_local(async move {
                let loaded = loading.await;
                // The dialog may be closed by now.
                if looking.try_set(false).is_some() {
                    return;
                }
                match loaded {
                    Ok(contents) => {
                        found.set(Some(contents));
                        let fresh = untrack(|| steps.run(())).unwrap_or_default();
                        match resume.filter(|_| run) {
                            Some(resume) => {
                                runner.reset(resume(runner.undone(), fresh));
                                runner.run();
                            }
                            None => runner.reset(fresh),
                        }
                    }
                    Err(error) => runner.error.set(Some(error)),
                }
            });
        });
        Effect::new(move |_| look.run(false));
        Effect::new(move |_| {
            let steps = steps.run(());
            if let Some(steps) = steps.filter(|_| runner.phase.get_untracked() == Phase::Ready) {
                runner.reset(steps);
            }
        });
        Self { runner, found, look, is_fresh: resume.is_some() }
    }

    /// Whether nobody knows yet what there is to do.
    pub fn is_looking(self) -> bool {
        self.found.with(Option::is_none) && self.runner.error.with(Option::is_none)
    }

    /// Looks again, where nothing could be found; goes on, where it stopped.
    pub fn again(self) -> Callback<()> {
        Callback::new(move |()| match self.runner.phase.get_untracked() {
            Phase::Stopped if !self.is_fresh => self.runner.run(),
            phase => self.look.run(phase == Phase::Stopped),
        })
    }
}
