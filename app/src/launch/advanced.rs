//! What most launches leave as it is.

use leptos::prelude::*;

use super::{Launch, volumes::Volumes};
use crate::{
    locale::t,
    ui::{Checkbox, ErrorPanel, Select},
};

#[component]
pub fn AdvancedStep(launch: Launch) -> impl IntoView {
    let Launch { form, choices, validation, region } = launch;
    let roles = Signal::derive(move || {
        let mut names: Vec<_> =
            choices.roles.items.with(|roles| roles.iter().filter(|role| role.for_ec2).map(|role| role.name.clone()).collect());
        let chosen = form.role.get();
        // Taken over from another instance, its role may be one that this user cannot list.
        if !chosen.is_empty() && !names.contains(&chosen) {
            names.push(chosen);
        }
        names.sort();
        std::iter::once((String::new(), t("None"))).chain(names.into_iter().map(|name| (name.clone(), name))).collect()
    });
    let retry = Callback::new(move |()| choices.roles.load(&region.get_untracked()));
    view! {
        <div class="form">
            <Volumes launch=launch/>
            {move || choices.roles.error.get().map(|error| view! { <ErrorPanel error=error on_retry=retry/> })}
            <div data-field="role">
                <Select
                    label=t("Role")
                    value=form.role
                    options=roles
                    required=false
                    error=validation.error("role")
                    help=Some(t("What programs on the instance may do in this account, without keys of their own."))
                />
            </div>
            <div data-field="monitoring">
                <Checkbox
                    label=t("Detailed monitoring")
                    value=form.monitoring
                    error=validation.error("monitoring")
                    help=Some(t("Measures every minute instead of every five; the cloud may charge for it."))
                />
            </div>
            <div data-field="termination_protection">
                <Checkbox
                    label=t("Termination protection")
                    value=form.termination_protection
                    error=validation.error("termination_protection")
                    help=Some(t("The instance cannot be terminated until this is turned off."))
                />
            </div>
        </div>
    }
}
