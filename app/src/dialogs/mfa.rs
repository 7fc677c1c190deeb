//! Gives a user a virtual MFA device: it is made, shown once as a picture and as a key, and the user's as soon as two of its codes show that
//! somebody has it. Whoever closes the dialog before leaves none behind.

mod qr;

use std::sync::{Arc, Mutex, PoisonError};

use api::{
    error::{ApiError, ErrorCode},
    outcome::Outcome,
    user::{MfaCodes, NewMfaDevice, User, UserAction},
};
use leptos::{prelude::*, task::spawn_local};

use self::qr::Qr;
use crate::{
    client,
    form::{Answer, FormDialog, Send, sending},
    list::refresh,
    locale::{t, tf},
    session::{use_region, use_session},
    spec::{
        Change, Sent,
        form::{Field, Form, Input},
    },
    ui::{Copy, use_toasts},
};

static NAME: Form = Form {
    title: "Assign an MFA device to {name}",
    intro: "An app on a phone, or a password manager, shows codes, of which one is asked for at every sign-in.",
    submit: "Make the device",
    fields: &[Field::new("name", "Device name", Input::Text).help("It tells the devices of the account apart.")],
};

static CODES: Form = Form {
    title: "Assign an MFA device to {name}",
    intro: "Scan the picture with the app that is to show codes, or type the key into it. Then enter two codes, one right after the other.",
    submit: "Assign the device",
    fields: &[Field::new("code1", "First code", Input::Code), Field::new("code2", "Next code", Input::Code)],
};

/// A device that was made, for as long as it is nobody's.
#[derive(Clone)]
struct Unfinished {
    region: String,
    user: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    device: Option<NewMfaDevice>,
    is_closed: bool,
}

impl Unfinished {
    fn with<R>(&self, look: impl FnOnce(&mut State) -> R) -> R {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps it until it is somebody's. Where nobody waits for it any more, it goes at once.
    fn keep(&self, device: NewMfaDevice) {
        let is_closed = self.with(|state| {
            state.device = Some(device);
            state.is_closed
        });
        if is_closed {
            self.discard();
        }
    }

    fn close(&self) {
        self.with(|state| state.is_closed = true);
        self.discard();
    }

    /// What cannot be deleted makes room when the next one of its name is made.
    fn discard(&self) {
        let Some(device) = self.with(|state| state.device.take()) else { return };
        let (region, user) = (self.region.clone(), self.user.clone());
        spawn_local(async move {
            let discard = UserAction::DiscardMfa { serial: device.serial };
            drop(client::act::<User>(&region, &discard, &[user]).await);
        });
    }
}

#[component]
pub fn AssignMfa(user: String) -> impl IntoView {
    let region = use_region().get_untracked();
    let unfinished = Unfinished { region, user: user.clone(), state: Arc::default() };
    let closing = unfinished.clone();
    on_cleanup(move || closing.close());
    let made = RwSignal::new(None::<NewMfaDevice>);
    move || match made.get() {
        None => make(&user, unfinished.clone(), made),
        Some(device) => enable(&user, unfinished.clone(), &device),
    }
}

/// The first step: a device with a name.
fn make(user: &str, unfinished: Unfinished, made: RwSignal<Option<NewMfaDevice>>) -> AnyView {
    let kept = unfinished.clone();
    let send: Send = Callback::new(move |change: Change| {
        let unfinished = unfinished.clone();
        sending(async move {
            let answer = send_for(&unfinished, change).await?;
            let device = answer.as_ref().and_then(NewMfaDevice::read);
            unfinished.keep(device.ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud did not say what it made."))?);
            Ok(None)
        })
    });
    let then = Callback::new(move |()| made.set(kept.with(|state| state.device.clone())));
    let change = Change::act::<User>(&UserAction::CreateMfa { name: user.to_owned() });
    let title = tf(NAME.title, &[("name", user.to_owned())]);
    view! { <FormDialog title form=&NAME change ids=vec![user.to_owned()] send then/> }.into_any()
}

/// The second: whoever has it shows so.
fn enable(user: &str, unfinished: Unfinished, device: &NewMfaDevice) -> AnyView {
    let toasts = use_toasts();
    let session = use_session().get_untracked();
    let (issuer, account) = session.map(|session| (session.cloud.label, session.account)).unwrap_or_default();
    let uri = device.uri(&issuer, &format!("{user}@{account}"));
    let name = user.to_owned();
    let send: Send = Callback::new(move |change: Change| {
        let (unfinished, name) = (unfinished.clone(), name.clone());
        sending(async move {
            let touches = change.touches();
            send_for(&unfinished, change).await?;
            unfinished.with(|state| state.device = None);
            toasts.success(tf("{name} has an MFA device", &[("name", name)]));
            refresh(touches);
            Ok(None)
        })
    });
    let seed = device.seed.clone();
    let above = view! {
        <div class="mfa-device">
            <Qr text=uri label=t("What the app has to scan; the key below says the same")/>
            <div>
                <p>{t("The key is shown this once. Whoever has it can make codes.")}</p>
                <div class="command">
                    <code translate="no">{seed.clone()}</code>
                    <Copy text=seed label=t("Copy key")/>
                </div>
            </div>
        </div>
    }
    .into_any();
    let change = Change::act::<User>(&UserAction::EnableMfa { serial: device.serial.clone(), codes: MfaCodes::default() });
    let title = tf(CODES.title, &[("name", user.to_owned())]);
    view! { <FormDialog title form=&CODES change ids=vec![user.to_owned()] above send/> }.into_any()
}

async fn send_for(unfinished: &Unfinished, change: Change) -> Answer {
    let sent = change.send(unfinished.region.clone(), vec![unfinished.user.clone()]).await?;
    let Sent::Done(mut outcomes) = sent else { return Ok(None) };
    match outcomes.pop() {
        Some(Outcome { error: Some(error), .. }) => Err(error),
        outcome => Ok(outcome.and_then(|outcome| outcome.secret)),
    }
}
