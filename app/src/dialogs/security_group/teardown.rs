//! A security group deleted although rules of others name it: these rules go first.

use api::security_group::{SecurityGroup, teardown};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    client,
    locale::{plural, t, tf},
    plan::{PlanDialog, Runner},
    session::use_region,
};

#[component]
pub fn DeleteWithReferences(group: SecurityGroup) -> impl IntoView {
    let region = use_region();
    let runner = Runner::new(region, true);
    let name = group.name.clone();
    let group = StoredValue::new(group);
    let look = move || {
        let region = region.get_untracked();
        spawn_local(async move {
            let group = group.get_value();
            let args: Vec<_> = (!group.vpc_id.is_empty()).then_some(("vpc", group.vpc_id.as_str())).into_iter().collect();
            match client::list::<SecurityGroup>(&region, &args).await {
                Ok(others) => {
                    if runner.steps.is_disposed() {
                        return;
                    }
                    runner.reset(teardown::steps(&group, &others));
                }
                Err(error) => _ = runner.error.try_set(Some(error)),
            }
        });
    };
    Effect::new(move |_| look());
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), "Delete it in {n} step", "Delete it in {n} steps"));
    let intro = || view! { <p class="form-intro">{t("Rules of other groups that name it are revoked first. It cannot be undone.")}</p> };
    view! {
        <PlanDialog
            title=tf("Delete {name} and the rules that name it", &[("name", name.clone())])
            runner
            begin
            danger=true
            before=ViewFn::from(intro)
            done=tf("{name} is deleted", &[("name", name)])
        />
    }
}
