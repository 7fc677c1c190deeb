//! An identity deleted with all that hangs on it, and a user disabled or enabled: what it takes is looked up, named, and done in the order that
//! the cloud accepts. What would lock one out has to be typed.

use std::future::Future;

use api::{
    error::{ApiError, ErrorCode},
    group::{self, Group},
    identity::{is_last_administrator, makes_all_administrators},
    kind::Kind,
    permissions::Permitted,
    plan::Step,
    policy::{self, Policy},
    role::{self, Role},
    user::{self, User},
};
use leptos::prelude::*;

use crate::{
    client,
    locale::{plural, t, tf},
    plan::{Lookup, PlanDialog, Resume},
    resources::permissions::loses,
    session::{own_arn, use_session},
    ui::{Notice, Spinner, TextField, Tone},
};

/// What there is to do, and why one should think twice.
struct Found {
    steps: Vec<Step>,
    lockout: Option<&'static str>,
}

/// What the dialog says, in English. With the `{name}` of the identity.
struct Words {
    title: &'static str,
    intro: &'static str,
    /// With the number of steps, `{n}`: one, and several.
    begin: (&'static str, &'static str),
    done: &'static str,
    /// Where there is nothing to do.
    nothing: &'static str,
    danger: bool,
}

static REMOVE: Words = Words {
    title: "Delete {name} and all that hangs on it",
    intro: "This is what will be deleted, in this order. It cannot be undone.",
    begin: ("Delete it in {n} step", "Delete it in {n} steps"),
    done: "{name} and all that hung on it is deleted.",
    nothing: "It is gone already.",
    danger: true,
};

static DISABLE: Words = Words {
    title: "Disable {name}",
    intro: "It can neither sign in nor sign anything afterwards. Its keys can be activated again; its password cannot come back, only a new one \
            be made. Temporary credentials that were given out before, SSH keys and certificates go on working.",
    begin: ("Disable it in {n} step", "Disable it in {n} steps"),
    done: "{name} is disabled.",
    nothing: "It is disabled already: it has neither a password nor a key that works.",
    danger: true,
};

static ENABLE: Words = Words {
    title: "Enable {name}",
    intro: "Its keys work again. A password that it had is gone: make a new one where it needs one.",
    begin: ("Enable it in {n} step", "Enable it in {n} steps"),
    done: "The keys of {name} work again.",
    nothing: "It has no key that is inactive.",
    danger: false,
};

#[component]
pub fn RemoveIdentity(kind: Kind, id: String, name: String) -> impl IntoView {
    dialog(&REMOVE, name, Some(role::teardown::resumed), move |region, own| {
        let id = id.clone();
        async move { look_up(kind, &id, &region, &own).await }
    })
}

#[component]
pub fn DisableUser(user: String) -> impl IntoView {
    let id = user.clone();
    dialog(&DISABLE, user, Some(anew), move |region, own| {
        let id = id.clone();
        async move {
            let found = client::fetch::<User>(&region, &id).await?;
            Ok(Found { steps: user::disable::disable(&found), lockout: lockout(&found, &region, &own).await })
        }
    })
}

#[component]
pub fn EnableUser(user: String) -> impl IntoView {
    let id = user.clone();
    dialog(&ENABLE, user, Some(anew), move |region, _| {
        let id = id.clone();
        async move { Ok(Found { steps: user::disable::enable(&client::fetch::<User>(&region, &id).await?), lockout: None }) }
    })
}

/// What is there now tells all that is left.
fn anew(_: Vec<Step>, fresh: Vec<Step>) -> Vec<Step> {
    fresh
}

fn dialog<F: Future<Output = Result<Found, ApiError>> + 'static>(
    words: &'static Words,
    name: String,
    resume: Option<Resume>,
    look: impl Fn(String, String) -> F + Send + Sync + 'static,
) -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let called = StoredValue::new(name.clone());
    let load = move |region: String| look(region, own_arn(session));
    let lookup = Lookup::new(load, |found: &Found| found.steps.clone(), resume);
    let lockout = Memo::new(move |_| lookup.found.with(|found| found.as_ref().and_then(|found| found.lockout)));
    let is_nothing = Memo::new(move |_| lookup.found.with(|found| found.as_ref().is_some_and(|found| found.steps.is_empty())));
    let runner = lookup.runner;
    let reason = Signal::derive(move || {
        let is_typed = || typed.with(|typed| called.with_value(|name| typed.trim() == name));
        (lockout.get().is_some() && !is_typed()).then(|| t("Type the name first."))
    });
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), words.begin.0, words.begin.1));
    let label = tf("Type {name} to go on", &[("name", name.clone())]);
    let before = move || {
        let label = label.clone();
        view! {
            {move || lookup.is_looking().then(|| view! { <p class="dependents-busy" role="status"><Spinner/>{t("Looking for what hangs on it…")}</p> })}
            {move || lockout.get().filter(|_| !is_nothing.get()).map(|why| view! {
                <Notice tone=Tone::Warn><p>{t(why)}</p></Notice>
                <TextField label=label.clone() value=typed mono=true/>
            })}
            <p class="form-intro">{move || t(if is_nothing.get() { words.nothing } else { words.intro })}</p>
        }
    };
    view! {
        <PlanDialog
            title=tf(words.title, &[("name", name.clone())])
            runner
            begin
            reason
            danger=words.danger
            on_resume=lookup.again()
            before=ViewFn::from(before)
            done=tf(words.done, &[("name", name)])
        />
    }
}

async fn look_up(kind: Kind, id: &str, region: &str, own: &str) -> Result<Found, ApiError> {
    let found = match kind {
        Kind::User => user(id, region, own).await,
        Kind::Group => group(id, region).await,
        Kind::Role => role(id, region, own).await,
        Kind::Policy => policy(id, region, own).await,
        _ => unreachable!("only identities are removed like this"),
    };
    match found {
        // It is gone already: nothing is left to do.
        Err(error) if error.code == ErrorCode::NotFound => Ok(Found { steps: vec![], lockout: None }),
        found => found,
    }
}

async fn user(id: &str, region: &str, own: &str) -> Result<Found, ApiError> {
    let user = client::fetch::<User>(region, id).await?;
    Ok(Found { steps: user::teardown::steps(&user), lockout: lockout(&user, region, own).await })
}

/// What is lost for good where this user can do nothing any more.
async fn lockout(user: &User, region: &str, own: &str) -> Option<&'static str> {
    if user.is_own(own) {
        return Some("You are signed in as this user. Without it you cannot sign in again, and nobody may be able to help.");
    }
    let (users, groups) = everybody(region).await;
    is_last_administrator(&user.name, &users, &groups)
        .then_some("No other user administers this account. Without this one, perhaps nobody can.")
}

async fn group(id: &str, region: &str) -> Result<Found, ApiError> {
    let group = client::fetch::<Group>(region, id).await?;
    let (users, groups) = everybody(region).await;
    let lockout = makes_all_administrators(id, &users, &groups)
        .then_some("Every user who administers this account does so by this group. Without it, perhaps nobody can.");
    Ok(Found { steps: group::teardown::steps(&group), lockout })
}

async fn role(id: &str, region: &str, own: &str) -> Result<Found, ApiError> {
    let role = client::fetch::<Role>(region, id).await?;
    let lockout = role
        .is_own(own)
        .then_some("You have taken on this role yourself. Without it you can do nothing more here, and nobody may be able to help.");
    Ok(Found { steps: role::teardown::steps(&role), lockout })
}

async fn policy(id: &str, region: &str, own: &str) -> Result<Found, ApiError> {
    let policy = client::fetch::<Policy>(region, id).await?;
    let is_own = policy.holders().has(own) || is_in_one(&policy.groups, region, own).await;
    let lockout = loses(is_own, policy.administers());
    Ok(Found { steps: policy::teardown::steps(&policy), lockout })
}

async fn is_in_one(groups: &[String], region: &str, own: &str) -> bool {
    for name in groups {
        if client::fetch::<Group>(region, name).await.is_ok_and(|group| group.is_own(own)) {
            return true;
        }
    }
    false
}

/// Whoever may not see all users cannot be warned.
async fn everybody(region: &str) -> (Vec<User>, Vec<Group>) {
    (client::list(region, &[]).await.unwrap_or_default(), client::list(region, &[]).await.unwrap_or_default())
}
