//! The dashboard: how many there are of what, whether the cloud's services answer, and the way to the one thing people come for.

mod health;
mod order;
mod tile;

use std::sync::Arc;

use api::kind::Kind;
use async_lock::Semaphore;
use leptos::prelude::*;

use self::{health::Health, order::Order, tile::Tile};
use crate::{
    frame::PageTitle,
    locale::t,
    paths::{self, Go},
    spec,
    ui::{Each, Icon},
};

/// How many numbers are asked for at a time: the cloud has to have time for what the user opens meanwhile.
const AT_ONCE: usize = 3;

/// Lets the tiles ask one after the other.
#[derive(Clone)]
struct Turns(Arc<Semaphore>);

#[component]
pub fn DashboardPage() -> impl IntoView {
    let order = Order::new(Kind::ALL.iter().copied().filter(|&kind| spec::of(kind).is_some()).collect());
    provide_context(Turns(Arc::new(Semaphore::new(AT_ONCE))));
    view! {
        <PageTitle text=t("Dashboard")/>
        <div class="dashboard">
            <header class="page-header">
                <h1>{t("Dashboard")}</h1>
                <Go to=paths::launch() class="button button-primary"><Icon name="rocket"/>{t("Launch instance")}</Go>
            </header>
            <ul class="dash-tiles" aria-label=t("Resources")>
                <Each each=move || order.kinds() key=|kind| *kind let:kind><Tile kind order/></Each>
            </ul>
            <p class="visually-hidden" role="status">{move || order.said()}</p>
            <Health/>
        </div>
    }
}
