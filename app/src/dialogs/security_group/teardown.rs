//! A security group deleted although rules of others name it: these rules go first.

use api::{
    plan::Step,
    security_group::{SecurityGroup, teardown},
};
use leptos::prelude::*;

use crate::{
    client,
    locale::{plural, t, tf},
    plan::{Lookup, PlanDialog},
    ui::Spinner,
};

#[component]
pub fn DeleteWithReferences(group: SecurityGroup) -> impl IntoView {
    let name = group.name.clone();
    let load = move |region: String| {
        let group = group.clone();
        async move {
            let args: Vec<_> = (!group.vpc_id.is_empty()).then_some(("vpc", group.vpc_id.as_str())).into_iter().collect();
            let others = client::list::<SecurityGroup>(&region, &args).await?;
            Ok(teardown::steps(&group, &others))
        }
    };
    // Where it stopped, the rules that name it by then are what is left.
    let lookup = Lookup::new(load, Vec::<Step>::clone, Some(|_, fresh| fresh));
    let runner = lookup.runner;
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), "Delete it in {n} step", "Delete it in {n} steps"));
    let before = move || {
        view! {
            {lookup.is_looking().then(|| view! { <p class="dependents-busy" role="status"><Spinner/>{t("Looking for what names it…")}</p> })}
            <p class="form-intro">{t("Rules of other groups that name it are revoked first. It cannot be undone.")}</p>
        }
    };
    view! {
        <PlanDialog
            title=tf("Delete {name} and the rules that name it", &[("name", name.clone())])
            runner
            begin
            danger=true
            on_resume=lookup.again()
            before=ViewFn::from(before)
            done=tf("{name} is deleted", &[("name", name)])
        />
    }
}
