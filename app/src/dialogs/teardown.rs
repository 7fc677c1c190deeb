//! A VPC deleted with all that is in it: looked up, named, and deleted in the order that the cloud accepts.

use api::{
    error::ApiError,
    instance::Instance,
    kind::Kind,
    plan::Step,
    resource::Resource,
    vpc::{
        Vpc,
        teardown::{Contents, Extent, resumed},
    },
};
use leptos::prelude::*;

use crate::{
    client,
    locale::{plural, t, tf},
    paths::{self, Go},
    plan::{Lookup, PlanDialog},
    ui::{Checkbox, Notice, Spinner, Tone},
};

/// How many instances are named; the rest is counted.
const NAMED: usize = 8;

#[component]
pub fn TearDown(
    vpc: Vpc,
    /// What goes with it and is not in it.
    #[prop(optional)]
    further: Vec<Step>,
    /// Whether the elastic addresses of its NAT gateways go too, to begin with.
    #[prop(optional)]
    addresses: bool,
) -> impl IntoView {
    let instances = RwSignal::new(false);
    let addresses = RwSignal::new(addresses);
    let name = if vpc.name().is_empty() { vpc.id.clone() } else { vpc.name().to_owned() };
    let load = move |region: String| {
        let vpc = vpc.clone();
        async move { contents_of(vpc, &region).await }
    };
    let plan = move |contents: &Contents| {
        let extent = Extent { instances: instances.get(), addresses: addresses.get() };
        further.iter().cloned().chain(contents.steps(extent)).collect()
    };
    let lookup = Lookup::new(load, plan, Some(resumed));
    let (runner, contents) = (lookup.runner, lookup.found);
    let blockers = Memo::new(move |_| {
        let named = |row: &Instance| (row.id.clone(), if row.name().is_empty() { row.id.clone() } else { row.name().to_owned() });
        contents.with(|contents| contents.as_ref().map(|contents| contents.blockers().map(named).collect::<Vec<_>>()).unwrap_or_default())
    });
    let reason = Signal::derive(move || {
        let is_blocked = blockers.with(|blockers| !blockers.is_empty()) && !instances.get();
        is_blocked.then(|| t("Instances run in it: terminate them first, or with it."))
    });
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), "Delete it in {n} step", "Delete it in {n} steps"));
    let before = move || {
        let has_addresses = contents.with(|contents| contents.as_ref().is_some_and(Contents::has_addresses));
        view! {
            {lookup.is_looking().then(|| view! { <p class="dependents-busy" role="status"><Spinner/>{t("Looking for what is in it…")}</p> })}
            {move || blockers.with(|blockers| (!blockers.is_empty()).then(|| view! { <Blockers blockers=blockers.clone() chosen=instances/> }))}
            {has_addresses
                .then(|| view! { <Checkbox label=t("Release the elastic addresses of its NAT gateways") value=addresses help=t("They cost for as long as they are yours.")/> })}
            <p class="form-intro">{t("This is what will be deleted, in this order. It cannot be undone.")}</p>
        }
    };
    view! {
        <PlanDialog
            title=tf("Delete {name} and all that is in it", &[("name", name.clone())])
            runner
            begin
            reason
            danger=true
            on_resume=lookup.again()
            before=ViewFn::from(before)
            done=tf("{name} and all that was in it is deleted.", &[("name", name)])
        />
    }
}

#[component]
fn Blockers(blockers: Vec<(String, String)>, chosen: RwSignal<bool>) -> impl IntoView {
    let actions = crate::action::use_actions();
    let all = blockers.len();
    let more = all.saturating_sub(NAMED);
    let links = blockers
        .into_iter()
        .take(NAMED)
        .map(|(id, name)| view! { <li on:click=move |_| actions.close()><Go to=paths::detail(Kind::Instance, &id)>{name}</Go></li> })
        .collect_view();
    view! {
        <Notice tone=Tone::Warn>
            <p>{t("These instances are in it. Nothing can be deleted before they are terminated:")}</p>
            <ul class="dependents-list" translate="no">{links}</ul>
            {(more > 0).then(|| view! { <p>{tf("and {n} more", &[("n", crate::format::number(more))])}</p> })}
            <Checkbox label=plural(all, "Terminate this instance too", "Terminate these {n} instances too") value=chosen/>
        </Notice>
    }
}

/// Everything that is looked at to know what is in a VPC.
async fn contents_of(vpc: Vpc, region: &str) -> Result<Contents, ApiError> {
    let id = vpc.id.clone();
    let here: &[(&str, &str)] = &[("vpc", &id)];
    Ok(Contents {
        instances: client::list(region, &[]).await?,
        nat_gateways: client::list(region, here).await?,
        network_interfaces: client::list(region, here).await?,
        endpoints: client::list(region, here).await?,
        peerings: client::list(region, &[]).await?,
        route_tables: client::list(region, here).await?,
        subnets: client::list(region, here).await?,
        internet_gateways: client::list(region, here).await?,
        network_acls: client::list(region, here).await?,
        security_groups: client::list(region, here).await?,
        vpc,
    })
}
