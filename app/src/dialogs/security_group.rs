//! Makes a security group with its first inbound rules.

mod rules;

use api::{
    error::{ApiError, FieldErrors},
    resource::Mutation,
    security_group::{SecurityGroup, SecurityGroupDraft},
    vpc::Vpc,
};
use leptos::{html, prelude::*, task::spawn_local};

use self::rules::{RuleRow, Rules};
use crate::{
    client, label,
    locale::{t, tf},
    session::use_region,
    ui::{Button, Dialog, ErrorPanel, Select, TextField, Variant, use_dialogs, use_toasts},
    wizard::{Validation, focus_first_wrong},
};

const FIELDS: &[&str] = &["name", "description", "vpc_id", "ingress"];

#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    description: RwSignal<String>,
    vpc_id: RwSignal<String>,
    rules: RwSignal<Vec<RuleRow>>,
    next_row: StoredValue<u32>,
}

impl Form {
    fn new(vpc_id: String) -> Self {
        Self {
            name: RwSignal::default(),
            description: RwSignal::default(),
            vpc_id: RwSignal::new(vpc_id),
            rules: RwSignal::default(),
            next_row: StoredValue::new(0),
        }
    }

    fn add_rule(&self) {
        let id = self.next_row.get_value();
        self.next_row.set_value(id + 1);
        self.rules.update(|rules| rules.push(RuleRow::new(id)));
    }

    fn draft(&self, groups: &[SecurityGroup]) -> SecurityGroupDraft {
        SecurityGroupDraft {
            name: self.name.with(|name| name.trim().to_owned()),
            description: self.description.with(|description| description.trim().to_owned()),
            vpc_id: self.vpc_id.get(),
            ingress: self.rules.with(|rules| rules.iter().map(|row| row.rule(groups)).collect()),
        }
    }

    fn check(&self, groups: &[SecurityGroup]) -> FieldErrors {
        let mut errors = self.on_screen(self.draft(groups).check());
        errors.values_mut().for_each(|message| *message = t(message));
        errors
    }

    /// Rules go by their place in the draft and by their row's id on the screen, where both ends of a range are one field.
    fn on_screen(&self, errors: FieldErrors) -> FieldErrors {
        let ids: Vec<_> = self.rules.with(|rules| rules.iter().map(|row| row.id).collect());
        let place = |key: &str| {
            let (index, field) = key.strip_prefix("ingress.")?.split_once('.')?;
            let id = ids.get(index.parse::<usize>().ok()?)?;
            let field = if matches!(field, "from_port" | "to_port") { "ports" } else { field };
            Some(format!("ingress.{id}.{field}"))
        };
        errors.into_iter().map(|(key, message)| (place(&key).unwrap_or(key), message)).collect()
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

    Effect::new(move |_| {
        let region = region.get_untracked();
        spawn_local(async move {
            match client::list::<Vpc>(&region, &[]).await {
                Ok(found) => {
                    if form.vpc_id.with_untracked(String::is_empty)
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
            focus_first_wrong(root);
            return;
        }
        let draft = untrack(|| form.draft(&groups.read()));
        let region = region.get_untracked();
        trouble.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = client::create::<SecurityGroup>(&region, &draft).await;
            busy.set(false);
            match answer {
                Ok(created) => {
                    toasts.success(tf("Security group {name} created", &[("name", draft.name)]));
                    for warning in created.warnings {
                        toasts.error(warning);
                    }
                    dialogs.close();
                    if let Some(id) = created.ids.into_iter().next() {
                        on_created.run(id);
                    }
                }
                Err(error) => {
                    let fields = untrack(|| form.on_screen(error.fields.clone()));
                    validation.refuse(fields);
                    if untrack(|| validation.is_wrong(FIELDS)) {
                        focus_first_wrong(root);
                    } else {
                        trouble.set(Some(error));
                    }
                }
            }
        });
    });

    let options = Signal::derive(move || vpcs.with(|vpcs| vpcs.iter().map(|vpc| (vpc.id.clone(), label::vpc(vpc))).collect()));
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=close>{t("Cancel")}</Button>
            <Button variant=Variant::Primary kind="submit" busy=busy>{t("Create security group")}</Button>
        }
    };
    view! {
        <Dialog title=t("New security group") wide=true on_close=close on_submit=send footer=footer>
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
                <Rules
                    rows=form.rules
                    groups=groups
                    vpc_id=form.vpc_id
                    validation=validation
                    on_add=Callback::new(move |()| form.add_rule())
                />
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
            SecurityGroupDraft { name: "web".into(), description: "Web servers".into(), vpc_id: "vpc-1".into(), ingress: vec![] };
        assert_eq!(form.draft(&[]), expected);
    }

    #[test]
    fn errors_of_a_rule_stay_with_its_row_when_another_is_removed() {
        let (_owner, form) = form();
        form.add_rule();
        form.add_rule();
        form.rules.with_untracked(|rules| {
            rules[1].preset.set("tcp".into());
            rules[1].ports.set("90-80".into());
            rules[1].peer.set("10.0.0.0/33".into());
            rules[1].source.set("cidr".into());
        });
        let expected = ["ingress.1.peer", "ingress.1.ports"];
        assert_eq!(form.check(&[]).keys().collect::<Vec<_>>(), expected);
        form.rules.update(|rules| _ = rules.remove(0));
        assert_eq!(form.check(&[]).keys().collect::<Vec<_>>(), expected);
    }
}
