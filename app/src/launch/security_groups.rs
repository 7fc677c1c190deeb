//! The security groups of the instances, with what they let in, and a new one made on the spot.

use api::security_group::{Peer, Rule, SecurityGroup};
use leptos::prelude::*;

use super::Launch;
use crate::{
    dialogs::security_group::CreateSecurityGroup,
    locale::{plural, t},
    resources::security_group::{ports, protocol, service},
    ui::{Button, Each, ErrorPanel, Field, Notice, Skeleton, Tone, use_dialogs},
};

#[component]
pub fn SecurityGroups(launch: Launch) -> impl IntoView {
    let Launch { form, choices, validation, region } = launch;
    let dialogs = use_dialogs();
    let search = RwSignal::new(String::new());
    // Clouds without VPC have groups of no VPC, and the form has none then.
    let own = Memo::new(move |_| {
        let vpc_id = form.vpc_id.get();
        choices.groups.items.with(|groups| {
            let mut own: Vec<_> = groups.iter().filter(|group| group.vpc_id == vpc_id).cloned().collect();
            own.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
            own
        })
    });
    let found = move || {
        let search = search.get().to_lowercase();
        let fits = |group: &SecurityGroup| format!("{} {} {}", group.name, group.id, group.description).to_lowercase().contains(&search);
        own.get().into_iter().filter(fits).collect::<Vec<_>>()
    };
    let row = move |group: SecurityGroup| {
        let (id, own) = (group.id.clone(), group.id.clone());
        let toggle = move |_| {
            form.security_groups.update(|chosen| match chosen.iter().position(|chosen| *chosen == id) {
                Some(index) => _ = chosen.remove(index),
                None => chosen.push(id.clone()),
            });
        };
        let rules = plural(group.ingress.len(), "{n} rule", "{n} rules");
        view! {
            <li>
                <label class="check group-choice">
                    <input
                        type="checkbox"
                        prop:checked=move || form.security_groups.with(|chosen| chosen.contains(&own))
                        on:change=toggle
                    />
                    <span class="group-name" translate="no">{group.name}</span>
                    <span class="group-description" translate="no">{group.description}</span>
                    <span class="group-rules">{rules}</span>
                </label>
            </li>
        }
    };
    let on_created = Callback::new(move |id: String| {
        form.security_groups.update(|chosen| chosen.push(id));
        validation.edit("security_group_ids");
        choices.groups.load(&region.get_untracked());
    });
    let create = Callback::new(move |()| {
        let vpc = form.vpc_id.get_untracked();
        dialogs.open(move || view! { <CreateSecurityGroup vpc=vpc on_created=on_created/> }.into_any());
    });
    let retry = Callback::new(move |()| choices.groups.load(&region.get_untracked()));
    view! {
        <div>
            <Field label=t("Security groups") required=false error=validation.error_within("security_group_ids")>
                {move || choices.groups.error.get().map(|error| view! { <ErrorPanel error=error on_retry=retry/> })}
                <div class="group-tools">
                    <input
                        class="input"
                        type="search"
                        aria-label=t("Search security groups")
                        placeholder=t("Search")
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || search.get()
                        on:input:target=move |event| search.set(event.target().value())
                    />
                    <Button icon="plus" on_click=create>{t("Create security group")}</Button>
                </div>
                <ul class="group-list" data-field="security_group_ids">
                    <Each each=found key=|group| group.id.clone() children=row/>
                    {move || (choices.groups.loading.get() && own.with(Vec::is_empty)).then(|| view! { <li><Skeleton lines=3/></li> })}
                    {move || {
                        let none = !choices.groups.loading.get() && found().is_empty();
                        none.then(|| view! { <li class="hint">{t("No security group fits.")}</li> })
                    }}
                </ul>
                <Preview launch=launch/>
            </Field>
        </div>
    }
}

/// What the chosen groups let in, all together.
#[component]
fn Preview(launch: Launch) -> impl IntoView {
    let Launch { form, choices, .. } = launch;
    let chosen = Memo::new(move |_| {
        let ids = form.security_groups.get();
        choices
            .groups
            .items
            .with(|groups| ids.iter().filter_map(|id| groups.iter().find(|group| group.id == *id)).cloned().collect::<Vec<_>>())
    });
    let line = |group: &SecurityGroup, rule: &Rule| {
        let traffic = format!("{} {}", protocol(rule), ports(rule));
        view! {
            <tr>
                <td translate="no">{service(rule).to_owned()}</td>
                <td translate="no">{traffic}</td>
                <td translate="no">{peer_text(&rule.peer)}</td>
                <td class="is-late" translate="no">{group.name.clone()}</td>
            </tr>
        }
    };
    move || {
        let groups = chosen.get();
        if groups.is_empty() {
            return view! { <p class="field-help">{t("Without a choice the cloud takes the default group.")}</p> }.into_any();
        }
        if groups.iter().all(|group| group.ingress.is_empty()) {
            return view! { <Notice tone=Tone::Warn>{t("These groups have no inbound rules: nothing can reach the instances.")}</Notice> }
                .into_any();
        }
        let lines = groups.iter().flat_map(|group| group.ingress.iter().map(move |rule| line(group, rule))).collect_view();
        view! {
            <table class="rule-table">
                <caption>{t("What may come in")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("Type")}</th>
                        <th scope="col">{t("Ports")}</th>
                        <th scope="col">{t("From")}</th>
                        <th scope="col" class="is-late">{t("Group")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    }
}

fn peer_text(peer: &Peer) -> String {
    match peer {
        Peer::Cidr(block) => block.clone(),
        Peer::Group { id, name, .. } => {
            if name.is_empty() {
                id.clone()
            } else {
                name.clone()
            }
        }
        Peer::PrefixList(id) => id.clone(),
    }
}
