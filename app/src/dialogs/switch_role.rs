//! Taking a role on: asked for here, refused in the cloud's words, and one more identity where it is not.

use api::{
    error::{ApiError, FieldErrors},
    session::{AssumeRole, Assumed, SessionInfo},
};
use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    client::{self, Method},
    identity,
    locale::t,
    paths, storage,
    ui::{Button, Dialog, ErrorPanel, Icon, Select, TextField, Variant, use_dialogs},
    wizard::{Validation, focus_first_wrong},
};

const FIELDS: &[&str] = &["role", "account", "session_name", "external_id", "mfa_serial", "mfa_code", "seconds"];
/// Where this browser remembers the ARNs of roles that were taken on, and nothing else of them.
const RECENT: &str = "roles";
const RECENT_MOST: usize = 5;

#[derive(Clone, Copy)]
struct Form {
    recent: RwSignal<String>,
    role: RwSignal<String>,
    account: RwSignal<String>,
    session_name: RwSignal<String>,
    external_id: RwSignal<String>,
    mfa_serial: RwSignal<String>,
    mfa_code: RwSignal<String>,
    seconds: RwSignal<String>,
}

impl Form {
    fn new(from: &SessionInfo, again: Option<Assumed>) -> Self {
        let (role, session) = again.map_or_else(|| (String::new(), session_name(&from.user)), |again| (again.role, again.session_name));
        let empty = RwSignal::<String>::default;
        Self {
            recent: empty(),
            role: RwSignal::new(role),
            account: empty(),
            session_name: RwSignal::new(session),
            external_id: empty(),
            mfa_serial: empty(),
            mfa_code: empty(),
            seconds: empty(),
        }
    }

    fn read(self) -> AssumeRole {
        let text = |field: RwSignal<String>| field.with(|text| text.trim().to_owned());
        AssumeRole {
            role: text(self.role),
            account: text(self.account),
            session_name: text(self.session_name),
            external_id: text(self.external_id),
            mfa_serial: text(self.mfa_serial),
            mfa_code: text(self.mfa_code),
            seconds: text(self.seconds).parse().ok(),
        }
    }

    fn check(self) -> FieldErrors {
        let mut errors = self.read().check();
        errors.values_mut().for_each(|message| *message = t(message));
        errors
    }
}

/// Asks which role `from` takes on; with `again`, one that is over or will be soon.
#[component]
pub fn SwitchRole(
    from: SessionInfo,
    again: Option<Assumed>,
    /// Whoever draws it elsewhere than in the host of dialogs closes it, and goes on in place.
    #[prop(optional)]
    place: Option<(Callback<()>, Callback<SessionInfo>)>,
) -> impl IntoView {
    let dialogs = use_dialogs();
    let form = Form::new(&from, again);
    let (on_close, on_assumed) = place.unwrap_or_else(|| {
        let leave = Callback::new(|info: SessionInfo| identity::switch(&info, &paths::dashboard()));
        (Callback::new(move |()| dialogs.close()), leave)
    });
    let validation = Validation::new(move || form.check());
    let root = NodeRef::<html::Div>::new();
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<ApiError>);
    let path = StoredValue::new(format!("{}/roles", paths::identity(&from.identity)));
    let send = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        validation.demand(FIELDS);
        if untrack(|| validation.is_wrong(FIELDS)) {
            focus_first_wrong(root);
            return;
        }
        let wanted = untrack(|| form.read());
        refusal.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = client::send_once::<_, SessionInfo>(Method::POST, &path.get_value(), &wanted).await;
            match answer {
                Ok(info) => {
                    if let Some(assumed) = &info.assumed {
                        remember(&assumed.role);
                    }
                    on_assumed.try_run(info);
                }
                Err(error) => {
                    if busy.try_set(false).is_some() {
                        return;
                    }
                    validation.refuse(error.fields.clone());
                    // A refusal that stands at its field need not be said twice.
                    if untrack(|| validation.is_wrong(FIELDS)) {
                        focus_first_wrong(root);
                    } else {
                        refusal.set(Some(error));
                    }
                }
            }
        });
    });
    Effect::new(move |_| {
        let chosen = form.recent.get();
        if !chosen.is_empty() {
            form.role.set(chosen);
            form.account.set(String::new());
        }
    });
    let recent: Vec<_> = recent().into_iter().map(|arn| (arn.clone(), arn)).collect();
    let recent = if recent.is_empty() { recent } else { [vec![(String::new(), t("Another role"))], recent].concat() };
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=on_close>{t("Cancel")}</Button>
            <Button variant=Variant::Primary kind="submit" busy=busy>{t("Switch role")}</Button>
        }
    };
    view! {
        <Dialog title=t("Switch role") on_close=on_close on_submit=send footer=footer>
            <div
                class="form"
                node_ref=root
                on:input=move |event| validation.on_input(&event)
                on:focusout=move |event| validation.on_focusout(&event)
            >
                {move || refusal.get().map(|error| view! { <ErrorPanel error=error/> })}
                <p class="form-intro">{t("The role is one more identity. You stay signed in as who you are, and can go back.")}</p>
                {(!recent.is_empty()).then(|| view! { <Select label=t("Taken on before") value=form.recent options=recent required=false/> })}
                <TextField
                    label=t("Role")
                    name="role"
                    value=form.role
                    error=validation.error("role")
                    help=Some(t("Its ARN, or its name."))
                    placeholder="arn:aws:iam::123456789012:role/name"
                    mono=true
                    autofocus=true
                />
                <TextField
                    label=t("Account")
                    name="account"
                    value=form.account
                    error=validation.error("account")
                    help=Some(t("Twelve digits, with a name alone; your own account where it is empty."))
                    inputmode="numeric"
                    required=false
                    mono=true
                />
                <TextField
                    label=t("Session name")
                    name="session_name"
                    value=form.session_name
                    error=validation.error("session_name")
                    help=Some(t("What you are called in the logs of that account."))
                />
                <details class="disclosure">
                    <summary><Icon name="chevron-right"/>{t("External ID, MFA, duration")}</summary>
                    <div class="disclosure-body"><Seldom form validation/></div>
                </details>
            </div>
        </Dialog>
    }
}

#[component]
fn Seldom(form: Form, validation: Validation) -> impl IntoView {
    let hours =
        [("900", "15 minutes"), ("3600", "1 hour"), ("7200", "2 hours"), ("14400", "4 hours"), ("28800", "8 hours"), ("43200", "12 hours")];
    let usual = (String::new(), t("As the cloud has it: 1 hour"));
    let durations: Vec<_> = std::iter::once(usual).chain(hours.map(|(seconds, label)| (seconds.to_owned(), t(label)))).collect();
    view! {
        <TextField
            label=t("External ID")
            name="external_id"
            value=form.external_id
            error=validation.error("external_id")
            help=Some(t("As agreed on with the account that the role is in."))
            required=false
            mono=true
        />
        <TextField
            label=t("MFA device")
            name="mfa_serial"
            value=form.mfa_serial
            error=validation.error("mfa_serial")
            help=Some(t("The ARN of a virtual device or the serial number of a hardware one."))
            required=false
            mono=true
        />
        <TextField
            label=t("MFA code")
            name="mfa_code"
            value=form.mfa_code
            error=validation.error("mfa_code")
            inputmode="numeric"
            autocomplete="one-time-code"
            required=false
            mono=true
        />
        <div data-field="seconds">
            <Select
                label=t("Duration")
                value=form.seconds
                options=durations
                error=validation.error("seconds")
                help=Some(t("Never longer than you are signed in yourself."))
                required=false
            />
        </div>
    }
}

/// A user's name as the name of a session, which takes fewer characters.
fn session_name(user: &str) -> String {
    let name: String = user.chars().map(|c| if c.is_ascii_alphanumeric() || "+=,.@_-".contains(c) { c } else { '-' }).take(64).collect();
    if name.len() < 2 { "canopy".to_owned() } else { name }
}

fn recent() -> Vec<String> {
    storage::read(RECENT).map(|kept| kept.lines().map(str::to_owned).take(RECENT_MOST).collect()).unwrap_or_default()
}

fn remember(role: &str) {
    storage::write(RECENT, Some(&with(recent(), role).join("\n")));
}

/// These with the newest first, each once and not too many.
fn with(mut roles: Vec<String>, newest: &str) -> Vec<String> {
    roles.retain(|role| role != newest);
    roles.insert(0, newest.to_owned());
    roles.truncate(RECENT_MOST);
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_user_has_a_name_for_a_session() {
        for (user, name) in [("ann", "ann"), ("Jörg Z", "J-rg-Z"), ("x", "canopy"), ("", "canopy")] {
            assert_eq!(session_name(user), name);
            let wanted = AssumeRole { role: "Admin".into(), session_name: name.into(), ..AssumeRole::default() };
            assert!(wanted.check().is_empty());
        }
    }

    #[test]
    fn few_roles_are_remembered_the_newest_first() {
        let roles = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(with(roles.clone(), "c"), ["c", "a", "b", "d", "e"]);
        assert_eq!(with(roles, "f"), ["f", "a", "b", "c", "d"]);
    }
}
