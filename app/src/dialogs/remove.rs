//! An identity deleted with all that hangs on it: looked up, named, and deleted in the order that the cloud accepts. What would lock the
//! user out has to be typed.

use api::{
    error::{ApiError, ErrorCode},
    group::{self, Group},
    identity::{assumed_role, is_last_administrator, makes_all_administrators, user_name},
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
    plan::{Lookup, PlanDialog},
    session::{own_arn, use_session},
    ui::{Notice, Spinner, TextField, Tone},
};

/// What there is to do, and why one should think twice.
struct Found {
    steps: Vec<Step>,
    lockout: Option<&'static str>,
}

#[component]
pub fn RemoveIdentity(kind: Kind, id: String, name: String) -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let called = StoredValue::new(name.clone());
    let load = move |region: String| {
        let own = own_arn(session);
        let id = id.clone();
        async move { look_up(kind, &id, &region, &own).await }
    };
    let lookup = Lookup::new(load, |found: &Found| found.steps.clone(), Some(role::teardown::resumed));
    let lockout = Memo::new(move |_| lookup.found.with(|found| found.as_ref().and_then(|found| found.lockout)));
    let runner = lookup.runner;
    let reason = Signal::derive(move || {
        let is_typed = || typed.with(|typed| called.with_value(|name| typed.trim() == name));
        (lockout.get().is_some() && !is_typed()).then(|| t("Type the name first."))
    });
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), "Delete it in {n} step", "Delete it in {n} steps"));
    let label = tf("Type {name} to go on", &[("name", name.clone())]);
    let before = move || {
        let label = label.clone();
        view! {
            {move || lookup.is_looking().then(|| view! { <p class="dependents-busy" role="status"><Spinner/>{t("Looking for what hangs on it…")}</p> })}
            {move || lockout.get().map(|why| view! {
                <Notice tone=Tone::Warn><p>{t(why)}</p></Notice>
                <TextField label=label.clone() value=typed mono=true/>
            })}
            <p class="form-intro">{t("This is what will be deleted, in this order. It cannot be undone.")}</p>
        }
    };
    view! {
        <PlanDialog
            title=tf("Delete {name} and all that hangs on it", &[("name", name.clone())])
            runner
            begin
            reason
            danger=true
            on_resume=lookup.again()
            before=ViewFn::from(before)
            done=tf("{name} and all that hung on it is deleted.", &[("name", name)])
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
    let lockout = if user.is_own(own) {
        Some("You are signed in as this user. Without it you cannot sign in again, and nobody may be able to help.")
    } else {
        let (users, groups) = everybody(region).await;
        is_last_administrator(id, &users, &groups)
            .then_some("No other user administers this account. Without this one, perhaps nobody can.")
    };
    Ok(Found { steps: user::teardown::steps(&user), lockout })
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
    let has = |names: &[String], name: Option<&str>| name.is_some_and(|name| names.iter().any(|known| known == name));
    let lockout =
        if has(&policy.users, user_name(own)) || has(&policy.roles, assumed_role(own)) || is_in_one(&policy.groups, region, own).await {
            Some("You are signed in with this policy: what it lets you do, you can do no more.")
        } else {
            policy.administers().then_some("Who administers the account by this policy alone can do so no more.")
        };
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
