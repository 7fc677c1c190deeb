//! Puts a new access key in the place of an old one, without a moment in which neither works: a second key, both live until it is confirmed
//! that the new one is used, the old one off, and then gone. What comes next is read from the cloud, so that one can go on tomorrow.

use api::{
    error::{ApiError, ErrorCode},
    outcome::Outcome,
    resource::Mutation as _,
    user::{AccessKey, User, UserAction, rotation::Rotation},
};
use leptos::{prelude::*, task::spawn_local};

use super::one_time;
use crate::{
    client,
    list::refresh,
    locale::{t, tf},
    session::use_region,
    ui::{Button, Checkbox, Commands, Dialog, Dialogs, ErrorPanel, Icon, Notice, Skeleton, Status, Time, Tone, Variant, use_dialogs},
};

const STEPS: [&str; 3] = ["Make a second key", "Deactivate the old key, once the new one is in use", "Delete the old key"];

#[derive(Clone, Copy)]
struct Rotating {
    user: StoredValue<String>,
    region: Signal<String>,
    /// Nothing before the cloud has said.
    at: RwSignal<Option<Rotation>>,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    /// Whether the old key was deleted here.
    is_over: RwSignal<bool>,
    /// Whether the user says that the new key is in use.
    confirmed: RwSignal<bool>,
    dialogs: Dialogs,
}

impl Rotating {
    fn look(self) {
        let (region, user) = (self.region.get_untracked(), self.user.get_value());
        self.error.set(None);
        spawn_local(async move {
            let found = client::fetch::<User>(&region, &user).await;
            let told =
                found.and_then(|user| user.access_keys.ok_or_else(|| ApiError::new(ErrorCode::Forbidden, "You may not see its keys.")));
            // The dialog may be closed by now: then there is nobody to tell.
            match told {
                Ok(keys) => drop(self.at.try_set(Some(Rotation::of(&keys)))),
                Err(error) => drop(self.error.try_set(Some(error))),
            }
        });
    }

    /// Does one of its steps, and looks where it stands then.
    fn act(self, action: UserAction) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let (region, user) = (self.region.get_untracked(), self.user.get_value());
        spawn_local(async move {
            let answer = client::act::<User>(&region, &action, std::slice::from_ref(&user)).await;
            let answer = answer.and_then(|mut outcomes| match outcomes.pop() {
                Some(Outcome { error: Some(error), .. }) => Err(error),
                outcome => Ok(outcome.and_then(|outcome| outcome.secret)),
            });
            let _ = self.busy.try_set(false);
            match answer {
                Ok(secret) => {
                    refresh(action.touches());
                    if matches!(action, UserAction::DeleteAccessKey { .. }) {
                        let _ = self.is_over.try_set(true);
                    }
                    let _ = self.confirmed.try_set(false);
                    if let Some(file) = secret {
                        // It can be had only now, also by who has closed the dialog.
                        self.dialogs.open(move || one_time::credentials(file));
                    }
                    if self.at.try_get_untracked().is_some() {
                        self.look();
                    }
                }
                Err(error) => drop(self.error.try_set(Some(error))),
            }
        });
    }
}

#[component]
pub fn RotateKey(user: String) -> impl IntoView {
    let dialogs = use_dialogs();
    let rotating = Rotating {
        user: StoredValue::new(user.clone()),
        region: use_region(),
        at: RwSignal::new(None),
        error: RwSignal::new(None),
        busy: RwSignal::new(false),
        is_over: RwSignal::new(false),
        confirmed: RwSignal::new(false),
        dialogs,
    };
    Effect::new(move |_| rotating.look());
    let close = Callback::new(move |()| dialogs.close());
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=close>{move || t(if rotating.is_over.get() { "Done" } else { "Leave it so" })}</Button>
            {move || next(rotating)}
        }
    };
    let commands = Signal::derive(move || {
        let action = rotating.at.get().filter(|_| !rotating.is_over.get()).and_then(|at| action_of(&at));
        let lines = action.map(|action| action.commands(&[rotating.user.get_value()])).unwrap_or_default();
        lines.iter().map(|command| command.line(&rotating.region.get())).collect::<Vec<_>>()
    });
    view! {
        <Dialog title=tf("Rotate the access key of {name}", &[("name", user)]) on_close=close footer=footer>
            <div class="form">
                <p class="form-intro">{t("Both keys work until you say otherwise, so that nothing that uses the old one stops. You can close this and go on another day.")}</p>
                <ol class="plan">{(0..STEPS.len()).map(|step| view! { <Step rotating step/> }).collect_view()}</ol>
                {move || rotating.error.get().map(|error| view! { <ErrorPanel error on_retry=Callback::new(move |()| rotating.look())/> })}
                <div aria-live="polite">{move || state(rotating)}</div>
                <Commands lines=commands/>
            </div>
        </Dialog>
    }
}

#[component]
fn Step(rotating: Rotating, step: usize) -> impl IntoView {
    let done = move || if rotating.is_over.get() { STEPS.len() } else { rotating.at.get().map_or(0, |at| at.done()) };
    let is_done = move || step < done();
    let is_next = move || step == done() && rotating.at.with(|at| at.as_ref().is_some_and(|at| *at != Rotation::Nothing));
    view! {
        <li class="plan-step" class:plan-done=is_done aria-current=move || is_next().then_some("step")>
            <span class="plan-sign">{move || view! { <Icon name=if is_done() { "circle-check" } else { "circle" }/> }}</span>
            <span class="plan-text">{t(STEPS[step])}</span>
            <span class="visually-hidden">{move || is_done().then(|| t("done"))}</span>
        </li>
    }
}

/// What one should know where it stands.
fn state(rotating: Rotating) -> AnyView {
    if rotating.is_over.get() {
        return view! { <p class="plan-end">{t("The old key is gone, and the new one has its place.")}</p> }.into_any();
    }
    match rotating.at.get() {
        None if rotating.error.with(Option::is_some) => ().into_any(),
        None => view! { <div aria-busy="true"><Skeleton lines=3/></div> }.into_any(),
        Some(Rotation::Nothing) => {
            view! { <Notice>{t("There is no key that works, so there is none to take the place of. Create one, or activate the one there is.")}</Notice> }.into_any()
        }
        Some(Rotation::One { old }) => view! { <Keys keys=vec![("Old key", old)]/> }.into_any(),
        Some(Rotation::Both { old, new }) => view! {
            <Keys keys=vec![("Old key", old), ("New key", new)]/>
            <p>{t("There are two keys, more than which the cloud does not allow. The older one is taken for the one to go. Put the new one wherever it is used.")}</p>
            <Checkbox label=t("The new key is in use everywhere") value=rotating.confirmed/>
        }
        .into_any(),
        Some(Rotation::Off { old, new }) => {
            let id = StoredValue::new(old.id.clone());
            let back = move || rotating.act(UserAction::Activate { key_id: id.get_value() });
            view! {
                <Keys keys=vec![("Old key", old), ("New key", new)]/>
                <p>{t("Wait until nothing is refused any more that still used the old key. Until it is deleted, it can be activated again.")}</p>
                <p><Button small=true icon="undo-2" busy=rotating.busy on_click=Callback::new(move |()| back())>{t("Activate the old key again")}</Button></p>
            }
            .into_any()
        }
    }
}

#[component]
fn Keys(keys: Vec<(&'static str, AccessKey)>) -> impl IntoView {
    let row = |(called, key): (&'static str, AccessKey)| {
        let (tone, word) = if key.active { (Tone::Good, "Active") } else { (Tone::Idle, "Inactive") };
        let used = match key.last_used_at {
            Some(at) => view! { {t("Last used")}" "<Time at/>" "<span translate="no">{key.last_used_for}</span> }.into_any(),
            None => t("Not used yet").into_any(),
        };
        view! {
            <dt>{t(called)}</dt>
            <dd><code translate="no">{key.id}</code>" "<Status tone text=t(word)/><br/>{used}</dd>
        }
    };
    view! { <dl class="connect-facts">{keys.into_iter().map(row).collect_view()}</dl> }
}

/// What the next step does.
fn action_of(at: &Rotation) -> Option<UserAction> {
    match at {
        Rotation::Nothing => None,
        Rotation::One { .. } => Some(UserAction::CreateAccessKey),
        Rotation::Both { old, .. } => Some(UserAction::Deactivate { key_id: old.id.clone() }),
        Rotation::Off { old, .. } => Some(UserAction::DeleteAccessKey { key_id: old.id.clone() }),
    }
}

/// The button of the next step.
fn next(rotating: Rotating) -> Option<AnyView> {
    let at = rotating.at.get().filter(|_| !rotating.is_over.get())?;
    let action = action_of(&at)?;
    let (label, variant) = match at {
        Rotation::Off { .. } => ("Delete the old key", Variant::Danger),
        Rotation::Both { .. } => ("Deactivate the old key", Variant::Primary),
        _ => ("Make a second key", Variant::Primary),
    };
    let waits = matches!(at, Rotation::Both { .. });
    let reason = Signal::derive(move || (waits && !rotating.confirmed.get()).then(|| t("Say first that the new key is in use.")));
    let run = Callback::new(move |()| rotating.act(action.clone()));
    Some(view! { <Button variant busy=rotating.busy reason on_click=run>{t(label)}</Button> }.into_any())
}
