//! Whether the cloud's services answer, and how fast.

use api::{
    error::ApiError,
    session::{HealthState, ServiceHealth},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    client, format,
    locale::{t, tf},
    paths::with_query,
    session::use_region,
    ui::{ErrorPanel, IconButton, Skeleton, Status, Tone},
};

#[component]
pub fn Health() -> impl IntoView {
    let region = use_region();
    let health = RwSignal::new(None::<Result<Vec<ServiceHealth>, ApiError>>);
    let busy = RwSignal::new(false);
    let load = move || {
        let asked = region.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let answer = client::get(&with_query("/api/health", &[("region", &asked)])).await;
            if region.try_get_untracked().as_ref() == Some(&asked) {
                health.try_set(Some(answer));
                busy.try_set(false);
            }
        });
    };
    Effect::new(move || {
        region.track();
        health.set(None);
        load();
    });
    let body = move || match health.get() {
        None => view! { <div class="health-waiting"><Skeleton lines=3/></div> }.into_any(),
        Some(Ok(services)) => view! {
            <ul class="health-services">{services.into_iter().map(|service| view! { <Service service/> }).collect_view()}</ul>
        }
        .into_any(),
        Some(Err(error)) => view! { <div class="health-failed"><ErrorPanel error on_retry=load/></div> }.into_any(),
    };
    view! {
        <section class="card health" aria-labelledby="health">
            <header class="health-head">
                <h2 id="health">{t("Service health")}</h2>
                <IconButton icon="refresh-cw" label=t("Look again") busy on_click=load/>
            </header>
            {body}
        </section>
    }
}

#[component]
fn Service(service: ServiceHealth) -> impl IntoView {
    let (tone, word) = match service.state {
        HealthState::Up => (Tone::Good, t("Up")),
        HealthState::Denied => (Tone::Warn, t("Up, but not for you")),
        HealthState::Down => (Tone::Bad, t("Down")),
    };
    view! {
        <li class="health-service">
            <span class="health-name">{t(&service.service)}</span>
            <Status tone text=word/>
            <span class="health-time numeric">{tf("{n} ms", &[("n", format::number(service.milliseconds))])}</span>
            {service.error.map(|error| view! { <span class="health-error" translate="no">{error.message}</span> })}
        </li>
    }
}
