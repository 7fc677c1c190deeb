//! Edits the rules of a group. What differs from the rules that it has is shown while it is typed, and nothing else is sent.

use api::{
    command,
    error::{ApiError, FieldErrors},
    kind::Kind,
    resource::Mutation,
    security_group::{Delta, Rule, RulesChange, SecurityGroup, SecurityGroupAction, SecurityGroupDraft},
};
use leptos::{html, prelude::*, task::spawn_local};

use super::{
    diff::RulesDiff,
    rules::{Groups, RulesEditor, show_wrong},
    table::{Direction, RuleTable},
};
use crate::{
    action::tell_with_undo,
    client,
    list::refresh,
    locale::{t, tf},
    session::use_region,
    spec::Change,
    ui::{Button, Commands, Dialog, ErrorPanel, Variant, use_dialogs, use_toasts},
    wizard::{Validation, focus_first_wrong},
};

const FIELDS: &[&str] = &["ingress", "egress"];

#[component]
pub fn EditRules(group: SecurityGroup, direction: Direction) -> impl IntoView {
    let dialogs = use_dialogs();
    let toasts = use_toasts();
    let region = use_region();
    let SecurityGroup { id, name, vpc_id, owner, ingress, egress, .. } = group;
    let tables = [RuleTable::new(Direction::Inbound, &ingress, &owner), RuleTable::new(Direction::Outbound, &egress, &owner)];
    let tab = RwSignal::new(if direction == Direction::Inbound { "rules-inbound" } else { "rules-outbound" });
    let groups = Groups { all: RwSignal::default(), vpc_id: RwSignal::new(vpc_id) };
    // What the group has; looked at again when a call failed, since those before it were carried out.
    let before = RwSignal::new((ingress, egress));
    let change = Memo::new(move |_| {
        let after = groups.all.with(|groups| tables.map(|table| table.rules(groups)));
        before.with(|(ingress, egress)| RulesChange {
            ingress: Delta::between(ingress, &after[0]),
            egress: Delta::between(egress, &after[1]),
        })
    });
    let validation = Validation::new(move || check(tables, groups));
    let root = NodeRef::<html::Div>::new();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| {
        let region = region.get_untracked();
        spawn_local(async move {
            // Only for rules that let a group in; the rest works without.
            if let Ok(found) = client::list::<SecurityGroup>(&region, &[]).await {
                groups.all.try_set(found);
            }
        });
    });
    let (id, said) = (StoredValue::new(id), tf("The rules of {name} are saved", &[("name", name.clone())]));
    let close = Callback::new(move |()| dialogs.close());
    let send = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        validation.demand(FIELDS);
        if untrack(|| validation.is_wrong(FIELDS)) {
            untrack(|| show_wrong(tab, validation));
            focus_first_wrong(root);
            return;
        }
        let (change, region, id, said) = (change.get_untracked(), region.get_untracked(), id.get_value(), said.clone());
        if change.is_empty() {
            return dialogs.close();
        }
        trouble.set(None);
        busy.set(true);
        spawn_local(async move {
            let action = SecurityGroupAction::ChangeRules(change);
            match apply(&region, &action, &id).await {
                Ok(()) => {
                    dialogs.close();
                    match action.inverse() {
                        Some(back) => tell_with_undo(toasts, said, Change::act::<SecurityGroup>(&back), region, vec![id]),
                        None => toasts.success(said),
                    }
                }
                Err(error) => {
                    if let Ok(now) = client::fetch::<SecurityGroup>(&region, &id).await {
                        before.try_set((now.ingress, now.egress));
                    }
                    let is_closed = busy.try_set(false).is_some();
                    if is_closed {
                        toasts.error(error);
                    } else {
                        trouble.set(Some(error));
                    }
                }
            }
            refresh(&[Kind::SecurityGroup]);
        });
    });
    let commands = Signal::derive(move || command::lines(change.with(|change| change.commands(&id.get_value())), &region.get()));
    let nothing = Signal::derive(move || change.with(RulesChange::is_empty).then(|| t("Nothing is changed so far.")));
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=close>{t("Cancel")}</Button>
            <Button variant=Variant::Primary kind="submit" busy=busy reason=nothing>{t("Save rules")}</Button>
        }
    };
    view! {
        <Dialog title=tf("Rules of {name}", &[("name", name)]) wide=true on_close=close on_submit=send footer=footer>
            <div
                class="form"
                node_ref=root
                on:input=move |event| validation.on_input(&event)
                on:focusout=move |event| validation.on_focusout(&event)
            >
                {move || trouble.get().map(|error| view! { <ErrorPanel error=error/> })}
                <RulesEditor tables=tables groups=groups validation=validation tab=tab/>
                <RulesDiff change=change/>
                <Commands lines=commands/>
            </div>
        </Dialog>
    }
}

/// All rules must be sound, those that stay as they are too: a new one may be the second of an old one.
fn check(tables: [RuleTable; 2], groups: Groups) -> FieldErrors {
    let [ingress, egress]: [Vec<Rule>; 2] = groups.all.with(|groups| tables.map(|table| table.rules(groups)));
    let all = SecurityGroupDraft { ingress, egress: Some(egress), ..SecurityGroupDraft::default() }.check();
    let of_rules = all.into_iter().filter(|(key, _)| FIELDS.iter().any(|field| key.starts_with(field))).collect();
    tables.into_iter().fold(of_rules, |errors, table| table.on_screen(errors)).into_iter().map(|(key, text)| (key, t(&text))).collect()
}

async fn apply(region: &str, action: &SecurityGroupAction, id: &str) -> Result<(), ApiError> {
    let outcomes = client::act::<SecurityGroup>(region, action, &[id.to_owned()]).await?;
    outcomes.into_iter().find_map(|outcome| outcome.error).map_or(Ok(()), Err)
}
