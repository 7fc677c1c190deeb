//! Why an answer is as it is: the word for it, and the statements that decide, each with the way to its policy.

use api::{
    access::{Answer, Deciding, Holder, Layer, Verdict},
    kind::Kind,
};
use leptos::prelude::*;

use crate::{
    locale::{t, tf},
    paths::{self, Go},
    resources::permissions::pretty,
    ui::{Status, Tone},
};

/// The word for an answer.
#[component]
pub fn Word(verdict: Verdict) -> impl IntoView {
    let (tone, text) = match verdict {
        Verdict::Allowed => (Tone::Good, "Allowed"),
        Verdict::Denied => (Tone::Bad, "Denied"),
        Verdict::NotAllowed => (Tone::Idle, "Not allowed"),
        Verdict::Depends => (Tone::Warn, "It depends"),
    };
    view! { <Status tone text=t(text)/> }
}

/// What it rests on.
#[component]
pub fn Because(answer: Answer) -> impl IntoView {
    let Answer { verdict, statements, not_by, missing, .. } = answer;
    let missing = (!missing.is_empty()).then(|| {
        let text = match verdict {
            Verdict::Depends => "It depends on {keys}: say what the request has there.",
            _ => "Nothing was said of {keys}.",
        };
        view! { <p class="access-missing">{tf(text, &[("keys", missing.join(", "))])}</p> }
    });
    let not_by = not_by.map(|layer| {
        let text = match layer {
            Layer::Identity => "No policy of the user or role, and none of its groups, allows it.",
            Layer::Boundary => "Its permissions boundary does not allow it.",
            Layer::Resource => "The policy of the resource does not allow it: of a role, its trust policy.",
            Layer::Organization => "The organization’s policies do not allow it.",
        };
        view! { <p>{t(text)}</p> }
    });
    view! { {statements.into_iter().map(|by| view! { <Statement by/> }).collect_view()} {not_by} {missing} }
}

#[component]
fn Statement(by: Deciding) -> impl IntoView {
    let to = page_of(&by);
    let Deciding { layer, policy, arn, holder, statement, sid, text } = by;
    let name = match statement {
        Some(number) if sid.is_empty() => tf("Statement {n} of {policy}", &[("n", number.to_string()), ("policy", policy)]),
        Some(number) => tf("Statement {n} ({sid}) of {policy}", &[("n", number.to_string()), ("sid", sid), ("policy", policy)]),
        None => policy,
    };
    let role = match (layer, &holder) {
        (Layer::Boundary, _) => Some(t("the permissions boundary")),
        (Layer::Resource, _) => Some(t("the trust policy")),
        (_, Some(Holder { kind: Kind::Group, name })) => Some(tf("by the group {name}", &[("name", name.clone())])),
        _ if arn.is_empty() && statement.is_some() => Some(t("inline")),
        _ => None,
    };
    let name = match to {
        Some(to) => view! { <Go to class="access-policy">{name}</Go> }.into_any(),
        None => view! { <span class="access-policy" translate="no">{name}</span> }.into_any(),
    };
    let label = t("Its text");
    view! {
        <div class="access-statement">
            <p>{name}{role.map(|role| view! { <span class="access-role">{role}</span> })}</p>
            {(!text.is_empty()).then(|| view! {
                <details>
                    <summary>{label.clone()}</summary>
                    <pre class="console" tabindex="0" role="region" aria-label=label translate="no">{pretty(&text)}</pre>
                </details>
            })}
        </div>
    }
}

/// The page that shows a policy, at its statement. There is none for what only the cloud's simulator knows.
fn page_of(by: &Deciding) -> Option<String> {
    let number = by.statement.map(|number| number.to_string()).unwrap_or_default();
    if !by.arn.is_empty() {
        return Some(paths::statement(&paths::detail(Kind::Policy, &by.arn), "", "", &number));
    }
    let Holder { kind, name } = by.holder.as_ref()?;
    let tab = if by.layer == Layer::Resource { "trust" } else { "permissions" };
    Some(paths::statement(&paths::detail(*kind, name), tab, &by.policy, &number))
}
