//! What a change of rules does, rule by rule: what is let in, what is described otherwise, what is shut out.

use api::security_group::{Delta, Peer, Rule, RulesChange};
use leptos::prelude::*;

use crate::{
    locale::{t, tf},
    resources::security_group::{ports, protocol, service},
};

#[component]
pub fn RulesDiff(#[prop(into)] change: Signal<RulesChange>) -> impl IntoView {
    move || {
        let RulesChange { ingress, egress } = change.get();
        if ingress.is_empty() && egress.is_empty() {
            return view! { <p class="hint" role="status">{t("Nothing is changed so far.")}</p> }.into_any();
        }
        let side =
            |title: String, delta: Delta| (!delta.is_empty()).then(|| view! { <h4 class="rule-diff-title">{title}</h4>{lines(delta)} });
        view! {
            <section class="rule-diff" aria-label=t("What will change")>
                <h3 class="rule-diff-head">{t("What will change")}</h3>
                {side(t("Inbound rules"), ingress)}
                {side(t("Outbound rules"), egress)}
            </section>
        }
        .into_any()
    }
}

fn lines(delta: Delta) -> impl IntoView {
    let added = delta.add.into_iter().map(|rule| ("rule-added", "+", t("Added"), text(&rule)));
    let described = delta.describe.into_iter().map(|change| ("rule-described", "~", t("Described otherwise"), text(&change.rule)));
    let removed = delta.remove.into_iter().map(|rule| ("rule-removed", "−", t("Removed"), text(&rule)));
    let line = |(class, sign, word, text): (&'static str, &'static str, String, String)| {
        view! {
            <li class=class>
                <span aria-hidden="true">{sign}</span>
                <span class="visually-hidden">{word}</span>
                <span translate="no">{text}</span>
            </li>
        }
    };
    view! { <ul class="rule-diff-lines">{added.chain(described).chain(removed).map(line).collect_view()}</ul> }
}

/// `SSH, TCP 22, 203.0.113.0/24: office`
fn text(rule: &Rule) -> String {
    let peer = match &rule.peer {
        Peer::Cidr(block) => block.clone(),
        Peer::Group { id, name, .. } if name.is_empty() => id.clone(),
        Peer::Group { id, name, .. } => format!("{name} ({id})"),
        Peer::PrefixList(id) => id.clone(),
    };
    let (service, traffic) = (service(rule).to_owned(), format!("{} {}", protocol(rule), ports(rule)));
    let line = tf("{service}: {traffic}, {peer}", &[("service", service), ("traffic", traffic), ("peer", peer)]);
    if rule.description.is_empty() { line } else { format!("{line} ({})", rule.description) }
}
