//! Which network the instances are put into.

use api::resource::Resource;
use leptos::prelude::*;

use super::Launch;
use crate::{
    label,
    locale::t,
    ui::{ErrorPanel, RadioGroup, Select},
};

/// Starts in the default VPC, and drops a subnet or group that another VPC does not have.
pub fn keep_network_fitting(launch: Launch) {
    let Launch { form, choices, .. } = launch;
    Effect::new(move |_| {
        let vpcs = choices.vpcs.items.read();
        if form.vpc_id.with(String::is_empty)
            && let Some(vpc) = vpcs.iter().find(|vpc| vpc.is_default).or(vpcs.first())
        {
            form.vpc_id.set(vpc.id.clone());
        }
    });
    Effect::new(move |_| {
        let vpc_id = form.vpc_id.get();
        let subnets = choices.subnets.items.read();
        if !form.subnet_id.with_untracked(|id| subnets.iter().all(|subnet| subnet.id != *id || subnet.vpc_id == vpc_id)) {
            form.subnet_id.set(String::new());
        }
        let groups = choices.groups.items.read();
        let belongs = |id: &String| groups.iter().all(|group| group.id != *id || group.vpc_id == vpc_id);
        if !form.security_groups.with_untracked(|chosen| chosen.iter().all(belongs)) {
            form.security_groups.update(|chosen| chosen.retain(belongs));
        }
    });
}

#[component]
pub fn Network(launch: Launch) -> impl IntoView {
    let Launch { form, choices, validation, region } = launch;
    let vpcs = Signal::derive(move || choices.vpcs.items.with(|vpcs| vpcs.iter().map(|vpc| (vpc.id.clone(), label::vpc(vpc))).collect()));
    let subnets = Signal::derive(move || {
        let vpc_id = form.vpc_id.get();
        let first = if choices.needs_subnet(&vpc_id) { t("Choose a subnet") } else { t("Any: the cloud chooses") };
        let own = choices.subnets.items.with(|subnets| {
            let mut own: Vec<_> = subnets.iter().filter(|subnet| subnet.vpc_id == vpc_id).collect();
            own.sort_by(|a, b| (&a.zone, a.name(), &a.id).cmp(&(&b.zone, b.name(), &b.id)));
            own.into_iter().map(|subnet| (subnet.id.clone(), label::subnet(subnet))).collect::<Vec<_>>()
        });
        std::iter::once((String::new(), first)).chain(own).collect()
    });
    let by_subnet = Memo::new(move |_| {
        let id = form.subnet_id.get();
        choices.subnets.items.with(|subnets| subnets.iter().find(|subnet| subnet.id == id).map(|subnet| subnet.public_ip_on_launch))
    });
    let public_ip = Signal::derive(move || {
        let automatic = match by_subnet.get() {
            Some(true) => t("As the subnet does: yes"),
            Some(false) => t("As the subnet does: no"),
            None => t("As the subnet does"),
        };
        vec![(String::new(), automatic), ("yes".to_owned(), t("Yes")), ("no".to_owned(), t("No"))]
    });
    let retry = Callback::new(move |()| {
        let region = region.get_untracked();
        choices.vpcs.load(&region);
        choices.subnets.load(&region);
    });
    view! {
        {move || choices.vpcs.error.get().or_else(|| choices.subnets.error.get()).map(|error| view! { <ErrorPanel error=error on_retry=retry/> })}
        <div class="form-row">
            <div class="form-grow" data-field="vpc_id">
                <Select label=t("VPC") value=form.vpc_id options=vpcs error=validation.error("vpc_id")/>
            </div>
            <div class="form-grow" data-field="subnet_id">
                <Select label=t("Subnet") value=form.subnet_id options=subnets error=validation.error("subnet_id")/>
            </div>
        </div>
        <div data-field="public_ip">
            <RadioGroup label=t("Public address") value=form.public_ip options=public_ip error=validation.error("public_ip")/>
        </div>
    }
}
