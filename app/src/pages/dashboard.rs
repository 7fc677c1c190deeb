//! The dashboard: how many there are of what, whether the cloud's services answer, and the way to the one thing people come for.

mod health;
mod order;
mod tally;

use std::sync::Arc;

use api::kind::Kind;
use async_lock::Semaphore;
use leptos::prelude::*;

use self::{health::Health, order::Order, tally::Tally};
use crate::{
    area::Area,
    frame::PageTitle,
    locale::t,
    paths::{self, Go},
    spec,
    ui::{Each, Icon, unique_id},
};

/// How many numbers are asked for at a time: the cloud has to have time for what the user opens meanwhile.
const AT_ONCE: usize = 3;

/// Lets the numbers be asked for one after the other.
#[derive(Clone)]
struct Turns(Arc<Semaphore>);

#[component]
pub fn DashboardPage() -> impl IntoView {
    let order = Order::new(Kind::ALL.iter().copied().filter(|&kind| spec::sign(kind).is_some()).collect());
    provide_context(Turns(Arc::new(Semaphore::new(AT_ONCE))));
    let area = move |area: Area| {
        let id = unique_id("area");
        view! {
            <section class="card dash-area" aria-labelledby=id.clone()>
                <header class="dash-head"><h2 id=id.clone()>{t(area.label())}</h2></header>
                <ul class="dash-tallies">
                    <Each each=move || order.kinds(area) key=|kind| *kind let:kind><Tally kind order/></Each>
                </ul>
            </section>
        }
    };
    view! {
        <PageTitle text=t("Dashboard")/>
        <div class="dashboard">
            <header class="page-header">
                <h1>{t("Dashboard")}</h1>
                <Go to=paths::launch() class="button button-primary"><Icon name="rocket"/>{t("Launch instances")}</Go>
            </header>
            <div class="dash-areas">
                {Area::ALL.map(area)}
                <Health/>
            </div>
            <p class="visually-hidden" role="status">{move || order.said()}</p>
        </div>
    }
}
