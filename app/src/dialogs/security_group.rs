//! Makes a security group with its first rules. Those of a group that exists are edited in [`edit`], with the same editor.

mod diff;
pub mod edit;
mod row;
mod rules;
mod table;
pub mod teardown;

use api::{
    command,
    error::{ApiError, FieldErrors},
    resource::Mutation,
    security_group::{Delta, SecurityGroup, SecurityGroupDraft, everywhere},
    vpc::Vpc,
};
use leptos::{html, prelude::*, task::spawn_local};

pub use self::table::Direction;
use self::{
    rules::{Groups, RulesEditor, show_wrong},
    table::RuleTable,
};
use crate::{
    client, label,
    locale::{t, tf},
    session::use_region,
    ui::{Button, Commands, Dialog, ErrorPanel, Select, TextField, Variant, use_dialogs, use_toasts},
    wizard::{Validation, focus_first_wrong},
};

const FIELDS: &[&str] = &["name", "description", "vpc_id", "ingress", "egress"];

#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    description: RwSignal<String>,
    vpc_id: RwSignal<String>,
    inbound: RuleTable,
    outbound: RuleTable,
}

impl Form {
    fn new(vpc_id: String) -> Self {
        Self {
            name: RwSignal::default(),
            description: RwSignal::default(),
            vpc_id: RwSignal::new(vpc_id),
            inbound: RuleTable::new(Direction::Inbound, &[], ""),
            outbound: RuleTable::new(Direction::Outbound, &[everywhere()], ""),
        }
    }

    fn draft(&self, groups: &[SecurityGroup]) -> SecurityGroupDraft {
        let egress = self.outbound.rules(groups);
        let vpc_id = self.vpc_id.get();
        // What a new group has anyway is not asked for.
        let as_made = vpc_id.is_empty() || Delta::between(&[everywhere()], &egress).is_empty();
        SecurityGroupDraft {
            name: self.name.with(|name| name.trim().to_owned()),
            description: self.description.with(|description| description.trim().to_owned()),
            vpc_id,
            ingress: self.inbound.rules(groups),
            egress: (!as_made).then_some(egress),
        }
    }

    fn check(&self, groups: &[SecurityGroup]) -> FieldErrors {
        let errors = self.on_screen(self.draft(groups).check());
        errors.into_iter().map(|(key, message)| (key, t(&message))).collect()
    }

    fn on_screen(&self, errors: FieldErrors) -> FieldErrors {
        self.outbound.on_screen(self.inbound.on_screen(errors))
    }
}

/// Says the new group's id to `on_created`.
#[component]
pub fn CreateSecurityGroup(
    /// The VPC to start with; empty for the default one.
    #[prop(into)]
    vpc: String,
    on_created: Callback<String>,
) -> impl IntoView {
    let dialogs = use_dialogs();
    let toasts = use_toasts();
    let region = use_region();
    let form = Form::new(vpc);
    let vpcs = RwSignal::new(Vec::<Vpc>::new());
    let groups = RwSignal::new(Vec::<SecurityGroup>::new());
    let trouble = RwSignal::new(None::<ApiError>);
    let validation = Validation::new(move || form.check(&groups.read()));
    let root = NodeRef::<html::Div>::new();
    let busy = RwSignal::new(false);
    let tab = RwSignal::new("rules-inbound");

    Effect::new(move |_| {
        let region = region.get_untracked();
        spawn_local(async move {
            match client::list::<Vpc>(&region, &[]).await {
                Ok(found) => {
                    // The dialog may be closed by now.
                    if form.vpc_id.try_with_untracked(String::is_empty) == Some(true)
                        && let Some(vpc) = found.iter().find(|vpc| vpc.is_default).or(found.first())
                    {
                        form.vpc_id.set(vpc.id.clone());
                    }
                    vpcs.set(found);
                }
                Err(error) => trouble.set(Some(error)),
            }
            // Only for rules that let a group in; typing an address block works without.
            if let Ok(found) = client::list::<SecurityGroup>(&region, &[]).await {
                groups.set(found);
            }
        });
    });

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
        let draft = untrack(|| form.draft(&groups.read()));
        let region = region.get_untracked();
        trouble.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = client::create::<SecurityGroup>(&region, &draft).await;
            let is_closed = busy.try_set(false).is_some();
            match answer {
                Ok(created) => {
                    toasts.success(tf("Security group {name} created", &[("name", draft.name)]));
                    for warning in created.warnings {
                        toasts.error(warning);
                    }
                    dialogs.close();
                    if let Some(id) = created.ids.into_iter().next() {
                        on_created.try_run(id);
                    }
                }
                Err(error) if is_closed => toasts.error(error),
                Err(error) => {
                    let fields = untrack(|| form.on_screen(error.fields.clone()));
                    validation.refuse(fields);
                    if untrack(|| validation.is_wrong(FIELDS)) {
                        untrack(|| show_wrong(tab, validation));
                        focus_first_wrong(root);
                    } else {
                        trouble.set(Some(error));
                    }
                }
            }
        });
    });

    let options = Signal::derive(move || vpcs.with(|vpcs| vpcs.iter().map(|vpc| (vpc.id.clone(), label::vpc(vpc))).collect()));
    let commands = Signal::derive(move || command::lines(groups.with(|groups| form.draft(groups)).commands(&[]), &region.get()));
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=close>{t("Cancel")}</Button>
            <Button variant=Variant::Primary kind="submit" busy=busy>{t("Create security group")}</Button>
        }
    };
    view! {
        <Dialog title=t("Create security group") wide=true on_close=close on_submit=send footer=footer>
            <div
                class="form"
                node_ref=root
                on:input=move |event| validation.on_input(&event)
                on:focusout=move |event| validation.on_focusout(&event)
            >
                {move || trouble.get().map(|error| view! { <ErrorPanel error=error/> })}
                <div class="form-row">
                    <div class="form-grow">
                        <TextField label=t("Name") name="name" value=form.name error=validation.error("name") autofocus=true/>
                    </div>
                    {move || (!vpcs.with(Vec::is_empty)).then(|| view! {
                        <div class="form-grow" data-field="vpc_id">
                            <Select label=t("VPC") value=form.vpc_id options=options error=validation.error("vpc_id")/>
                        </div>
                    })}
                </div>
                <TextField
                    label=t("Description")
                    name="description"
                    value=form.description
                    error=validation.error("description")
                    help=Some(t("What it is for. It cannot be changed later."))
                />
                <RulesEditor
                    tables=[form.inbound, form.outbound]
                    groups=Groups { all: groups, vpc_id: form.vpc_id }
                    validation=validation
                    tab=tab
                />
                <Commands lines=commands/>
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> (Owner, Form) {
        let owner = Owner::new();
        owner.set();
        let form = Form::new("vpc-1".into());
        form.name.set(" web ".into());
        form.description.set("Web servers".into());
        (owner, form)
    }

    #[test]
    fn a_group_without_rules_is_allowed() {
        let (_owner, form) = form();
        assert_eq!(form.check(&[]), FieldErrors::new());
        let expected =
            SecurityGroupDraft { name: "web".into(), description: "Web servers".into(), vpc_id: "vpc-1".into(), ..Default::default() };
        assert_eq!(form.draft(&[]), expected);
    }

    #[test]
    fn errors_of_a_rule_stay_with_its_row_when_another_is_removed() {
        let (_owner, form) = form();
        form.inbound.add();
        form.inbound.add();
        form.inbound.rows.with_untracked(|rules| {
            rules[1].preset.set("tcp".into());
            rules[1].ports.set("90-80".into());
            rules[1].peer.set("10.0.0.0/33".into());
            rules[1].source.set("cidr".into());
        });
        let expected = ["ingress.1.peer", "ingress.1.ports"];
        assert_eq!(form.check(&[]).keys().collect::<Vec<_>>(), expected);
        form.inbound.rows.update(|rules| _ = rules.remove(0));
        assert_eq!(form.check(&[]).keys().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn outbound_rules_are_asked_for_only_where_they_differ_from_what_a_new_group_has() {
        let (_owner, form) = form();
        assert_eq!(form.draft(&[]).egress, None);
        form.outbound.add();
        assert_eq!(form.draft(&[]).egress.map(|rules| rules.len()), Some(2));
        form.outbound.rows.set(vec![]);
        assert_eq!(form.draft(&[]).egress, Some(vec![]));
        form.vpc_id.set(String::new());
        assert_eq!(form.draft(&[]).egress, None, "clouds without VPC have no outbound rules");
    }

    #[test]
    fn a_rule_within_another_is_noticed_and_one_twice_is_wrong() {
        let (_owner, form) = form();
        form.inbound.add();
        form.inbound.add();
        form.inbound.rows.with_untracked(|rows| rows[1].source.set("cidr".into()));
        form.inbound.rows.with_untracked(|rows| rows[1].peer.set("203.0.113.0/24".into()));
        assert!(form.inbound.is_covered(1, &[]) && !form.inbound.is_covered(0, &[]));
        form.inbound.rows.with_untracked(|rows| rows[1].source.set("anywhere".into()));
        assert!(!form.inbound.is_covered(1, &[]));
        assert!(form.check(&[]).contains_key("ingress.1.peer"));
    }
}
