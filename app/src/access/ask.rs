//! The form of a question. What is typed stays; what the address says is what is asked.

use api::{access::sort, error::FieldErrors, kind::Kind, role::Role, user::User};
use leptos::{ev::SubmitEvent, prelude::*};

use super::asked::{Asked, Face};
use crate::{
    list::Picker,
    locale::t,
    policy_editor::{ActionChoice, Names},
    spec::Item,
    ui::{Button, Field, Icon, TextArea, TextField, Variant, unique_id},
};

#[component]
pub fn Ask(
    face: Face,
    asked: Memo<Asked>,
    /// Leads to the address of a question.
    go: Callback<Asked>,
    /// Asks the same once more.
    again: Callback<()>,
    busy: Signal<bool>,
) -> impl IntoView {
    let names = Names::fetch();
    let start = asked.get_untracked();
    let principal = RwSignal::new(start.principal);
    let actions = RwSignal::new(start.actions);
    let resource = RwSignal::new(if start.resource.is_empty() { "*".to_owned() } else { start.resource });
    let given = RwSignal::new(start.given);
    let errors = RwSignal::new(FieldErrors::new());
    // The way back leads to an earlier question.
    Effect::watch(
        move || asked.get(),
        move |asked, _, _| {
            principal.set(asked.principal.clone());
            actions.set(asked.actions.clone());
            resource.set(if asked.resource.is_empty() { "*".to_owned() } else { asked.resource.clone() });
            given.set(asked.given.clone());
            errors.set(FieldErrors::new());
        },
        false,
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = Asked { face, principal: principal.get(), actions: actions.get(), resource: resource.get(), given: given.get() };
        let typed = typed.spelled(Names::catalog());
        let wrong = typed.check();
        let is_right = wrong.is_empty();
        errors.set(wrong);
        if !is_right {
            return;
        }
        // A star is not said in the address.
        let same = Asked { resource: if typed.resource == "*" { String::new() } else { typed.resource.clone() }, ..typed.clone() };
        if asked.get_untracked() == same { again.run(()) } else { go.run(same) }
    };
    let error = move |field: &'static str| Signal::derive(move || errors.with(|errors| errors.get(field).map(|message| t(message))));
    let values = Memo::new(move |_| actions.get());
    let set = Callback::new(move |values: Vec<String>| actions.set(values));
    let is_open = actions.with_untracked(Vec::is_empty);
    let wrong_actions = error("actions");
    view! {
        // Before the form: the search among users and roles has forms of its own.
        {(face == Face::One).then(|| view! { <Principal value=principal error=error("principal")/> })}
        <form class="access-form" on:submit=submit novalidate=true>
            <div class="access-actions">
                <ActionChoice values set names is_open><span></span></ActionChoice>
                <div role="alert">
                    {move || wrong_actions.get().map(|error| view! { <p class="field-error"><Icon name="circle-alert"/><span>{error}</span></p> })}
                </div>
            </div>
            <TextField
                label=t("Resource")
                value=resource
                error=error("resource")
                help=Some(t("The ARN of what it is done to, or * for nothing in particular."))
                mono=true
                required=false
            />
            <TextArea
                label=t("Condition keys")
                value=given
                error=error("given")
                help=Some(t("What else the request says, a key on each line, such as aws:SourceIp = 192.0.2.1. A key that is there twice has both values."))
                rows=2
                mono=true
                required=false
            />
            <div class="access-send">
                <Button variant=Variant::Primary kind="submit" busy>{t("Ask")}</Button>
            </div>
        </form>
    }
}

/// A user or a role: typed, or chosen out of the list.
#[component]
fn Principal(value: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let open = RwSignal::new(None::<Kind>);
    let panel = unique_id("principals");
    let controls = panel.clone();
    let button = move |kind: Kind, label: &'static str| {
        view! {
            <button
                type="button"
                class="button button-secondary button-small"
                aria-expanded=move || (open.get() == Some(kind)).to_string()
                aria-controls=controls.clone()
                on:click=move |_| open.update(|open| *open = if *open == Some(kind) { None } else { Some(kind) })
            >
                {t(label)}
            </button>
        }
    };
    let pick = Callback::new(move |item: Item| {
        if let Some(kind) = open.get_untracked() {
            value.set(if kind == Kind::User { item.get::<User>().arn.clone() } else { item.get::<Role>().arn.clone() });
        }
        open.set(None);
    });
    let selected = Signal::derive(move || value.with(|arn| sort(arn).map(|(_, name)| name.to_owned()).unwrap_or_default()));
    let choices = (button.clone()(Kind::User, "Choose a user"), button(Kind::Role, "Choose a role"));
    view! {
        <div class="access-principal">
            <TextField
                label=t("User or role")
                value
                error
                help=Some(t("Its ARN, as in arn:aws:iam::123456789012:user/amara."))
                mono=true
            />
            <div class="access-choices">{choices}</div>
            <div id=panel>
                {move || open.get().map(|kind| view! {
                    <Field label=t(kind.many())><Picker kind on_pick=pick selected/></Field>
                })}
            </div>
        </div>
    }
}
