//! Policies to begin with, offered as long as there is none.

use leptos::{prelude::*, task::spawn_local};
use policy::{
    Place, Policy,
    model::Statement,
    template::{self, Template},
};

use super::edit::{INDENT, Sheet};
use crate::{
    client,
    locale::{plural, t},
    session::use_session,
    ui::unique_id,
};

/// What this console has had the cloud carry out, since whoever is signed in has been so.
const OPERATIONS: &str = "/api/session/operations";

/// A policy to begin with.
struct Choice {
    name: &'static str,
    description: &'static str,
    policy: Policy,
}

#[component]
pub fn Start(place: Place, sheet: Sheet) -> impl IntoView {
    let session = use_session();
    let who = session.with_untracked(|session| session.as_ref().map(|session| (partition(&session.arn), session.account.clone())));
    let id = unique_id("start");
    let card = move |name: String, description: String, policy: &Policy| {
        let text = policy.to_text(INDENT);
        view! {
            <li>
                <button type="button" class="policy-template" on:click=move |_| sheet.replace_all(&text)>
                    <span class="policy-template-name">{name}</span>
                    <span class="policy-template-text">{description}</span>
                </button>
            </li>
        }
    };
    let cards =
        choices(place, who).into_iter().map(|choice| card(t(choice.name), t(choice.description), &choice.policy)).collect::<Vec<_>>();
    // Without it there are the others.
    let seen = RwSignal::new(Vec::<String>::new());
    if !place.has_principal() {
        spawn_local(async move {
            if let Ok(actions) = client::get(OPERATIONS).await {
                seen.try_set(actions);
            }
        });
    }
    let used = move || {
        seen.with(|actions| {
            let description = plural(
                actions.len(),
                "The action that you have used here since you signed in, and nothing else.",
                "The {n} actions that you have used here since you signed in, and nothing else.",
            );
            let policy = template::of_calls(actions.iter().map(String::as_str));
            (!actions.is_empty()).then(|| card(t("As just used"), description, &policy))
        })
    };
    view! {
        <div class="policy-start">
            <p id=id.clone()>{t("Start from a template, or type below.")}</p>
            <ul class="policy-templates" aria-labelledby=id>{cards}{used}</ul>
        </div>
    }
}

fn choices(place: Place, who: Option<(String, String)>) -> Vec<Choice> {
    if !place.has_principal() {
        let choice = |one: Template| Choice { name: one.name(), description: one.description(), policy: one.policy() };
        return Template::ALL.map(choice).into();
    }
    let service = |name, description, service| Choice { name, description, policy: template::trust_service(service) };
    let own = who.map(|(partition, account)| Choice {
        name: "This account",
        description: "Users and roles of this account whose policies let them.",
        policy: template::trust_account(&partition, &account, None),
    });
    let services = [
        service("EC2 instances", "What runs on an instance takes the role.", "ec2.amazonaws.com"),
        service("Lambda functions", "A function takes the role while it runs.", "lambda.amazonaws.com"),
    ];
    services.into_iter().chain(own).collect()
}

/// The second field of an ARN.
fn partition(arn: &str) -> String {
    arn.split(':').nth(1).filter(|partition| !partition.is_empty()).unwrap_or("aws").to_owned()
}

/// Whether a text says nothing yet: it is empty, or its statements are about no action.
pub fn is_blank(text: &str) -> bool {
    let is_bare = |statement: &Statement| statement.actions.as_ref().is_none_or(|actions| actions.values.is_empty());
    let text = text.trim();
    let policy = || Policy::parse(text).filter(|_| text.starts_with('{'));
    text.is_empty() || policy().is_some_and(|policy| policy.hidden().is_empty() && policy.statements.iter().all(is_bare))
}

#[cfg(test)]
mod tests {
    use api::permissions::document::BLANK;
    use policy::lint;

    use super::*;

    #[test]
    fn a_text_is_blank_until_it_says_something() {
        assert!(is_blank(" \n") && is_blank(BLANK) && is_blank("{}"));
        assert!(!is_blank("{") && !is_blank(r#"{"Statement": [{"Effect": "Deny", "Action": "*"}]}"#) && !is_blank("[]"));
    }

    #[test]
    fn nothing_is_wrong_with_what_one_begins_with() {
        for place in [Place::Managed, Place::User, Place::Group, Place::Role, Place::Trust] {
            let who = Some((partition("arn:aws-cn:iam::123456789012:user/a"), "123456789012".to_owned()));
            for choice in choices(place, who) {
                let text = choice.policy.to_text(INDENT);
                assert!(!lint(&text, place, None).is_refused(), "{}: {text}", choice.name);
                assert!(!is_blank(&text));
            }
        }
    }
}
