//! A change that is meant for some resources, on its way to be filled in or confirmed.

use api::{
    error::ErrorCode,
    outcome::{OneTimeFile, Outcome},
};
use leptos::prelude::*;

use super::{Actions, bulk, dependents::Dependents, ids, what};
use crate::{
    form::{FormDialog, Guard, Send, sending},
    list::refresh,
    locale::tf,
    session::{own_arn, use_session},
    spec::{AnySpec, Change, Item, form::Values},
};

pub struct Intent {
    pub actions: Actions,
    pub spec: &'static dyn AnySpec,
    /// Its number among the actions of the spec.
    pub action: usize,
    pub change: Change,
    pub items: Vec<Item>,
}

impl Intent {
    /// Sends it, with nobody waiting for it.
    pub fn send(self) {
        self.actions.send_apart(self.spec, self.action, self.change, &self.items);
    }

    /// The form of an action. One resource that refuses leaves it open; of several, what became of each is told.
    pub fn fill_in(self) -> AnyView {
        let Self { actions, spec, action, change, items } = self;
        let head = spec.actions()[action];
        let form = spec.form(action).expect("only actions with a form come here");
        let (what, ids) = (what(spec, &items), ids(spec, &items));
        let subject = items.first().cloned();
        let before = (!spec.depends(action).is_empty()).then(|| view! { <Dependents spec action items=items.clone()/> }.into_any());
        let own = own_arn(use_session());
        let guarded = items.clone();
        let guard = Callback::new(move |values: Values| guarded.iter().find_map(|item| spec.guard(action, item, &values, &own)));
        let guard = Guard { called: what.clone(), guard };
        let send: Send = Callback::new(move |change: Change| {
            let items = items.clone();
            sending(async move {
                let region = actions.region.get_untracked();
                let mut outcomes = bulk::carry_out(actions.toasts, change.clone(), region.clone(), super::ids(spec, &items)).await?;
                if let [Outcome { error: Some(error), .. }] = outcomes.as_slice() {
                    // It is gone, or no longer as it was shown.
                    if matches!(error.code, ErrorCode::NotFound | ErrorCode::Conflict) {
                        refresh(change.touches());
                    }
                    return Err(error.clone());
                }
                let secret = OneTimeFile::joined(outcomes.iter_mut().filter_map(|outcome| outcome.secret.take()));
                actions.tell_and_refresh(spec, action, change, region, &items, &outcomes);
                Ok(secret)
            })
        });
        let title = tf(form.title, &[("name", what)]);
        view! { <FormDialog title form change ids subject before danger=head.danger guard send/> }.into_any()
    }
}
