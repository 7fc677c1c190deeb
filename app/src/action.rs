//! From the wish to act to what became of it: may it be done, is it meant, send it, say what happened to each, look again.

mod bulk;
mod confirm;
mod dependents;
mod intent;
mod tags;
mod undo;

use std::{collections::BTreeSet, future::Future};

use api::{error::ApiError, kind::Kind, outcome::Outcome};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

pub use self::{bulk::PORTION, confirm::ConfirmDialog, intent::Intent, undo::tell_with_undo};
use crate::{
    lazy::{self, parts},
    list::refresh_without,
    locale::{plural, t, tf},
    paths,
    session::use_region,
    spec::{
        AnyRun, AnySpec, Change, Item,
        action::{ActionHead, Allow, Confirm},
    },
    ui::{Deed, Dialogs, MenuItem, Toasts, use_dialogs, use_toasts},
};

/// Runs actions from anywhere: it outlives the row or menu they start from.
#[derive(Clone, Copy)]
pub struct Actions {
    dialogs: Dialogs,
    toasts: Toasts,
    region: Signal<String>,
    go: Callback<String>,
}

pub fn use_actions() -> Actions {
    let navigate = use_navigate();
    let region = use_region();
    let go = Callback::new(move |path: String| navigate(&paths::with_region(&path, &region.get_untracked()), Default::default()));
    Actions { dialogs: use_dialogs(), toasts: use_toasts(), region, go }
}

impl Actions {
    /// The menu of one resource in a list: its page first, then all its actions, those that cannot be done now with the reason.
    pub fn menu(self, spec: &'static dyn AnySpec, item: &Item) -> Vec<MenuItem> {
        let path = paths::detail(spec.kind(), spec.id(item));
        let mut details = MenuItem::new(t("View details"), move || self.go.run(path.clone()));
        details.icon = Some("eye");
        std::iter::once(details).chain(self.actions(spec, item)).collect()
    }

    /// All actions of one resource.
    pub fn actions(self, spec: &'static dyn AnySpec, item: &Item) -> Vec<MenuItem> {
        let entry = |(index, head): (usize, ActionHead)| {
            let reason = reason(spec, index, std::slice::from_ref(item));
            let item = item.clone();
            let start = move || self.start(spec, index, vec![item.clone()]);
            MenuItem { icon: Some(head.icon), danger: head.danger, reason, ..MenuItem::new(t(head.label), start) }
        };
        let there = |(index, _): &(usize, ActionHead)| spec.allow(*index, item) != Allow::Absent;
        spec.actions().into_iter().enumerate().filter(there).map(entry).collect()
    }

    /// Does it, or asks first whether it is meant. Dialogs and pages that an action leads to are for the first resource alone.
    pub fn start(self, spec: &'static dyn AnySpec, action: usize, items: Vec<Item>) {
        let head = spec.actions()[action];
        if head.fresh
            && let [item] = items.as_slice()
        {
            self.look_first(spec, action, spec.id(item).to_owned());
        } else {
            self.begin(spec, action, items);
        }
    }

    /// Begins with the resource as it is now, unless that shows that it cannot be done.
    fn look_first(self, spec: &'static dyn AnySpec, action: usize, id: String) {
        let looking = spec.fetch(self.region.get_untracked(), id);
        spawn_local(async move {
            match looking.await {
                Ok(item) => match reason(spec, action, std::slice::from_ref(&item)) {
                    None => self.begin(spec, action, vec![item]),
                    Some(reason) => self.toasts.failure(reason),
                },
                Err(error) => self.toasts.error(error),
            }
        });
    }

    fn begin(self, spec: &'static dyn AnySpec, action: usize, items: Vec<Item>) {
        let head = spec.actions()[action];
        let Some(change) = items.first().and_then(|item| spec.change(action, item)) else {
            return self.lead(spec, action, items);
        };
        let intent = Intent { actions: self, spec, action, change, items };
        if spec.form(action).is_some() {
            self.dialogs.open(move || lazy::dialog(parts::fill_in, intent));
        } else if head.confirm == Confirm::Never {
            lazy::run(self.toasts, parts::send, intent);
        } else {
            self.dialogs.open(move || lazy::dialog(parts::confirm, intent));
        }
    }

    fn lead(self, spec: &'static dyn AnySpec, action: usize, items: Vec<Item>) {
        let Some(item) = items.into_iter().next() else { return };
        // Made where it is drawn: a dialog finds its contexts there.
        if spec.leads_to_dialog(action) {
            self.dialogs.open(move || match spec.run(action, &item) {
                Some(AnyRun::Open(dialog)) => dialog,
                _ => ().into_any(),
            });
        } else if let Some(AnyRun::Go(path)) = spec.run(action, &item) {
            self.go.run(path);
        }
    }

    /// Sends it for all, tells what became of each, and has what it touches looked at again. An error is one of all of them.
    fn send(
        self,
        spec: &'static dyn AnySpec,
        action: usize,
        change: Change,
        items: &[Item],
    ) -> impl Future<Output = Result<(), ApiError>> + use<> {
        let region = self.region.get_untracked();
        let items = items.to_vec();
        async move {
            let outcomes = bulk::carry_out(self.toasts, change.clone(), region.clone(), ids(spec, &items)).await?;
            self.tell_and_refresh(spec, action, change, region, &items, &outcomes);
            Ok(())
        }
    }

    /// As [`Actions::send`], with nobody waiting for it.
    fn send_apart(self, spec: &'static dyn AnySpec, action: usize, change: Change, items: &[Item]) {
        let sending = self.send(spec, action, change, items);
        spawn_local(async move {
            if let Err(error) = sending.await {
                self.toasts.error(error);
            }
        });
    }

    fn tell_and_refresh(
        self,
        spec: &'static dyn AnySpec,
        action: usize,
        change: Change,
        region: String,
        items: &[Item],
        outcomes: &[Outcome],
    ) {
        let head = spec.actions()[action];
        let touches = change.touches();
        let all_done = outcomes.iter().all(|outcome| outcome.error.is_none());
        // What was only tried is not said to be done.
        let tried = || tf("{action} {what}", &[("action", t(head.label)), ("what", what(spec, items))]);
        let said = if all_done { said(spec, &head, items) } else { tried() };
        // What one was before is known; of several, each may have been something else.
        let before = || if let [item] = items { spec.before(action, item) } else { None };
        match change.inverse().or_else(before) {
            Some(inverse) if all_done => tell_with_undo(self.toasts, said, inverse, region, ids(spec, items)),
            _ => {
                let failed: BTreeSet<_> =
                    outcomes.iter().filter(|outcome| outcome.error.is_some()).map(|outcome| outcome.id.as_str()).collect();
                let again: Vec<_> = items.iter().filter(|item| failed.contains(spec.id(item))).cloned().collect();
                let again = Deed::again(move || self.send_apart(spec, action, change.clone(), &again));
                self.toasts.outcome_or(said, outcomes, Some(again));
            }
        }
        let gone = outcomes.iter().filter(|outcome| head.ends && outcome.error.is_none()).map(|outcome| outcome.id.clone());
        refresh_without(touches, spec.kind(), gone.collect());
    }

    /// Closes the dialog on top.
    pub fn close(self) {
        self.dialogs.close();
    }
}

/// Why an action cannot be done to these now; `None` where it can be done to all of them.
pub fn reason(spec: &dyn AnySpec, action: usize, items: &[Item]) -> Option<String> {
    let mut reasons = items.iter().filter_map(|item| spec.allow(action, item).reason());
    let first = t(reasons.next()?);
    if items.len() == 1 {
        return Some(first);
    }
    let n = reasons.count() + 1;
    Some(tf("{n} of {all}: {reason}", &[("n", n.to_string()), ("all", items.len().to_string()), ("reason", first)]))
}

/// What people call a resource: its name, or its identifier where it has none.
pub fn name(spec: &dyn AnySpec, item: &Item) -> String {
    let name = spec.name(item);
    if name.is_empty() { spec.id(item) } else { name }.to_owned()
}

/// What an action is done to: a name, or how many.
fn what(spec: &dyn AnySpec, items: &[Item]) -> String {
    match items {
        [item] => name(spec, item),
        items => count(spec.kind(), items.len()),
    }
}

fn ids(spec: &dyn AnySpec, items: &[Item]) -> Vec<String> {
    items.iter().map(|item| spec.id(item).to_owned()).collect()
}

/// "3 instances".
pub fn count(kind: Kind, n: usize) -> String {
    plural(n, &format!("{{n}} {}", kind.one()), &format!("{{n}} {}", kind.many()))
}

fn said(spec: &dyn AnySpec, head: &ActionHead, items: &[Item]) -> String {
    match items {
        [item] => tf(head.said.0, &[("name", name(spec, item))]),
        items => plural(items.len(), head.said.1, head.said.1),
    }
}

#[cfg(test)]
mod tests {
    use api::{instance::Instance, resource::Resource};

    use super::*;
    use crate::spec;

    fn stop() -> (&'static dyn AnySpec, usize) {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        (spec, spec.actions().iter().position(|head| head.key == "stop").expect("instances can be stopped"))
    }

    fn item(state: &str) -> Item {
        Item::new(Instance { state: state.into(), ..Instance::sample() })
    }

    #[test]
    fn a_mixed_choice_says_how_many_stand_in_the_way_and_why() {
        let (spec, stop) = stop();
        assert_eq!(reason(spec, stop, &[item("running"), item("running")]), None);
        assert_eq!(reason(spec, stop, &[item("stopped")]).as_deref(), Some("Only running instances can be stopped."));
        let mixed = [item("stopped"), item("running"), item("pending")];
        assert_eq!(reason(spec, stop, &mixed).as_deref(), Some("2 of 3: Only running instances can be stopped."));
    }

    #[test]
    fn what_was_done_is_said_by_name_or_by_number() {
        let (spec, stop) = stop();
        let head = &spec.actions()[stop];
        assert_eq!(said(spec, head, &[item("running")]), "Stopping web-1");
        assert_eq!(said(spec, head, &[item("running"), item("running")]), "Stopping 2 instances");
    }
}
