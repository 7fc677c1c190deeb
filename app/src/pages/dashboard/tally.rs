//! One kind's line: how many there are, in all and by state, each number a link to the list that shows just those.

use std::time::Duration;

use api::{error::ApiError, kind::Kind, list::Summary};
use leptos::{ev, prelude::*, task::spawn_local};

use super::{Turns, order::Order};
use crate::{
    client, format, list,
    locale::{t, tf},
    paths::{self, Go},
    session::use_region,
    spec::{self, Sign},
    ui::{Icon, IconButton, Menu, MenuItem, Skeleton, Status, Tone, error_headline},
};

/// How old a number gets while somebody looks at it.
const AGE: Duration = Duration::from_secs(20);

#[component]
pub fn Tally(kind: Kind, order: Order) -> impl IntoView {
    let Sign { title, icon, create, .. } = spec::sign(kind)?;
    let region = use_region();
    let summary = RwSignal::new(None::<Result<Summary, ApiError>>);
    let turns = StoredValue::new(expect_context::<Turns>().0);
    let load = move || {
        let asked = region.get_untracked();
        let Some(turns) = turns.try_get_value() else { return };
        spawn_local(async move {
            let _turn = turns.acquire_arc().await;
            // The page may have been left while others had their turn.
            if summary.is_disposed() {
                return;
            }
            let answer = client::get(&client::kind_path(kind, "summary", &asked, &[])).await;
            // Somebody who has gone to another region, or page, no longer wants to know.
            if region.try_get_untracked().as_ref() == Some(&asked) {
                // A number that could not be renewed is better than none.
                if answer.is_ok() || !matches!(summary.try_get_untracked(), Some(Some(Ok(_)))) {
                    summary.try_set(Some(answer));
                }
            }
        });
    };
    Effect::new(move || {
        region.track();
        summary.set(None);
        load();
        let renew = move || {
            if !document().hidden() {
                load();
            }
        };
        if let Ok(timer) = set_interval_with_handle(renew, AGE) {
            on_cleanup(move || timer.clear());
        }
    });
    list::on_stale(kind, Callback::new(move |_| load()));
    // A tab that comes back into sight is renewed at once.
    Effect::new(move || {
        let shown = window_event_listener_untyped("focus", move |_| load());
        on_cleanup(move || shown.remove());
    });
    let body = move || match summary.get() {
        None => {
            view! { <div class="dash-count dash-waiting"><Skeleton/><span class="visually-hidden">{t("Loading")}</span></div> }.into_any()
        }
        Some(Ok(summary)) => view! { <Counts kind summary/> }.into_any(),
        Some(Err(error)) => view! {
            <p class="dash-error" title=error.message.clone()>
                <Icon name="circle-alert"/>
                <span>{error_headline(error.code)}</span>
                <IconButton icon="rotate-cw" label=t("Try again") on_click=load/>
            </p>
        }
        .into_any(),
    };
    let move_menu = move || {
        let (at, of) = order.place(kind);
        let item = |label: &str, icon, to: Option<usize>| MenuItem {
            icon: Some(icon),
            reason: to.is_none().then(|| t("It is there already.")),
            ..MenuItem::new(t(label), move || to.into_iter().for_each(|to| order.put(kind, to)))
        };
        vec![
            item("Move to the top", "chevrons-up-down", (at > 0).then_some(0)),
            item("Move up", "arrow-up", at.checked_sub(1)),
            item("Move down", "arrow-down", (at + 1 < of).then_some(at + 1)),
        ]
    };
    let name = tf("Move {what}", &[("what", t(title))]);
    Some(view! {
        <li
            class="dash-tally"
            class:dash-lead=kind == Kind::Instance
            class:dash-dragged=move || order.is_dragged(kind)
            draggable="true"
            on:dragstart=move |_| order.drag(kind)
            on:dragenter=move |_| order.drag_over(kind)
            on:dragover=move |event: ev::DragEvent| event.prevent_default()
            on:drop=move |event: ev::DragEvent| event.prevent_default()
            on:dragend=move |_| order.drop()
        >
            <h3 class="dash-title"><Go to=paths::list(kind)><Icon name=icon/><span>{t(title)}</span></Go></h3>
            {body}
            {create.map(|label| view! { <Go to=paths::create(kind) class="dash-create"><Icon name="plus"/><span class="visually-hidden">{t(label)}</span></Go> })}
            <Menu label=name icon="grip-vertical" icon_only=true items=Signal::derive(move_menu)/>
        </li>
    })
}

#[component]
fn Counts(kind: Kind, summary: Summary) -> impl IntoView {
    let list = paths::list(kind);
    let mut states: Vec<_> = summary.by_status.into_iter().filter(|(state, _)| !state.is_empty()).collect();
    // What runs comes first, what is gone last.
    states.sort_by_key(|(state, _)| tone(state) as u8);
    let states: Vec<_> = states
        .into_iter()
        .map(|(state, n)| {
            let to = paths::with_query(&list, &[("state", &state)]);
            let (tone, label) = (tone(&state), state.clone());
            view! {
                <li>
                    <Go to class="dash-state"><Status tone text=label/><span class="numeric">{format::number(n)}</span></Go>
                </li>
            }
        })
        .collect();
    view! {
        {(!states.is_empty()).then(|| view! { <ul class="dash-states" translate="no">{states}</ul> })}
        <Go to=list.clone() class="dash-count numeric">{format::number(summary.total)}</Go>
    }
}

/// What EC2's words for states mean, in colour.
fn tone(state: &str) -> Tone {
    match state {
        "running" | "available" | "in-use" | "completed" | "active" | "associated" | "attached" => Tone::Good,
        "pending" | "stopping" | "shutting-down" | "creating" | "deleting" | "transient" => Tone::Busy,
        "stopped" | "detached" | "free" => Tone::Idle,
        "pending-acceptance" => Tone::Warn,
        "error" | "failed" | "invalid" => Tone::Bad,
        _ => Tone::Neutral,
    }
}
