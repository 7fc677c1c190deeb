//! What has changed between two versions of a policy.

use api::{
    diff::{self, Line},
    policy::Policy,
};
use leptos::prelude::*;

use crate::{
    locale::{t, tf},
    resources::permissions::pretty,
    ui::Select,
};

/// From the version before the default one to that, until others are chosen.
#[component]
pub fn PolicyVersions(policy: Policy) -> impl IntoView {
    view! {
        <section class="detail-section">
            <h2 class="detail-section-title">{t("What has changed")}</h2>
            {compared(&policy)}
        </section>
    }
}

fn compared(policy: &Policy) -> AnyView {
    // The newest first.
    let versions: Vec<_> = policy.versions.iter().filter(|version| !version.document.is_empty()).collect();
    let default = versions.iter().position(|version| version.is_default).unwrap_or_default();
    // The one before the default one; where there is none, the one after it.
    let Some(before) = versions.get(default + 1).or_else(|| versions.get(default.checked_sub(1)?)) else {
        return view! { <p class="detail-none">{t("There is no other version to compare.")}</p> }.into_any();
    };
    let ids: Vec<_> = versions.iter().map(|version| (version.id.clone(), version.id.clone())).collect();
    let texts: Vec<_> = versions.iter().map(|version| (version.id.clone(), pretty(&version.document))).collect();
    let (from, to) = (RwSignal::new(before.id.clone()), RwSignal::new(versions[default].id.clone()));
    let text = move |id: &str| texts.iter().find(|(known, _)| known == id).map(|(_, text)| text.clone()).unwrap_or_default();
    let lines = move || {
        let (before, after) = (text(&from.get()), text(&to.get()));
        if before == after {
            return view! { <p class="detail-none">{t("They say the same.")}</p> }.into_any();
        }
        let lines = diff::lines(&before, &after).into_iter().map(draw).collect_view();
        let label = tf("From {from} to {to}", &[("from", from.get()), ("to", to.get())]);
        view! { <pre class="console diff" tabindex="0" role="region" translate="no" aria-label=label>{lines}</pre> }.into_any()
    };
    let options = Signal::stored(ids);
    view! {
        <div class="diff-choice">
            <Select label=t("From version") value=from options/>
            <Select label=t("To version") value=to options/>
        </div>
        {lines}
    }
    .into_any()
}

/// The sign says what the colour says, too.
fn draw(line: Line<'_>) -> AnyView {
    match line {
        Line::Same(text) => view! { <span class="diff-line">{format!("  {text}")}</span> }.into_any(),
        Line::Removed(text) => view! { <del class="diff-line">{format!("- {text}")}</del> }.into_any(),
        Line::Added(text) => view! { <ins class="diff-line">{format!("+ {text}")}</ins> }.into_any(),
    }
}
