//! An identity deleted with all that hangs on it: looked up, named, and deleted in the order that the cloud accepts. What would lock the
//! user out has to be typed.

use api::{
    error::{ApiError, ErrorCode},
    group::{self, Group},
    identity::{is_last_administrator, makes_all_administrators},
    kind::Kind,
    plan::Step,
    user::{self, User},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    client,
    locale::{plural, t, tf},
    plan::{Phase, PlanDialog, Runner},
    session::{use_region, use_session},
    ui::{Notice, Spinner, TextField, Tone},
};

/// What there is to do, and why one should think twice.
struct Found {
    steps: Vec<Step>,
    lockout: Option<&'static str>,
}

#[component]
pub fn RemoveIdentity(kind: Kind, id: String) -> impl IntoView {
    let region = use_region();
    let session = use_session();
    let runner = Runner::new(region, true);
    let lockout = RwSignal::new(None::<&'static str>);
    let typed = RwSignal::new(String::new());
    let looking = RwSignal::new(true);
    let name = id.clone();
    let id = StoredValue::new(id);
    let look = Callback::new(move |run: bool| {
        let region = region.get_untracked();
        let own = session.with_untracked(|session| session.as_ref().map(|session| session.arn.clone()).unwrap_or_default());
        runner.error.set(None);
        looking.set(true);
        spawn_local(async move {
            let found = look_up(kind, &id.get_value(), &region, &own).await;
            // The dialog may be closed by now.
            if looking.try_set(false).is_some() {
                return;
            }
            match found {
                Ok(found) => {
                    lockout.set(found.lockout);
                    runner.reset(found.steps);
                    if run {
                        runner.run();
                    }
                }
                Err(error) => runner.error.set(Some(error)),
            }
        });
    });
    Effect::new(move |_| look.run(false));
    let reason = Signal::derive(move || {
        let is_typed = || typed.with(|typed| id.with_value(|id| typed.trim() == id));
        (lockout.get().is_some() && !is_typed()).then(|| t("Type the name first."))
    });
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), "Delete it in {n} step", "Delete it in {n} steps"));
    let label = tf("Type {name} to go on", &[("name", name.clone())]);
    let before = move || {
        let label = label.clone();
        view! {
            {move || looking.get().then(|| view! { <p class="dependents-busy" role="status"><Spinner/>{t("Looking for what hangs on it…")}</p> })}
            {move || lockout.get().map(|why| view! {
                <Notice tone=Tone::Warn><p>{t(why)}</p></Notice>
                <TextField label=label.clone() value=typed mono=true/>
            })}
            <p class="form-intro">{t("This is what will be deleted, in this order. It cannot be undone.")}</p>
        }
    };
    // What is there now decides what is left to do, not what was there before.
    let resume = Callback::new(move |()| look.run(runner.phase.get_untracked() == Phase::Stopped));
    view! {
        <PlanDialog
            title=tf("Delete {name} and all that hangs on it", &[("name", name.clone())])
            runner
            begin
            reason
            danger=true
            on_resume=resume
            before=ViewFn::from(before)
            done=tf("{name} and all that hung on it is deleted.", &[("name", name)])
        />
    }
}

async fn look_up(kind: Kind, id: &str, region: &str, own: &str) -> Result<Found, ApiError> {
    let found = match kind {
        Kind::User => user(id, region, own).await,
        Kind::Group => group(id, region).await,
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
    let lockout = if user.arn == own {
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

/// Whoever may not see all users cannot be warned.
async fn everybody(region: &str) -> (Vec<User>, Vec<Group>) {
    (client::list(region, &[]).await.unwrap_or_default(), client::list(region, &[]).await.unwrap_or_default())
}
