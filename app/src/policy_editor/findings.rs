//! What is wrong, as a list: each leads to its place, and some can be put right at once. And how long the policy is.

use leptos::prelude::*;
use policy::{Finding, Lines, Severity};

use super::{
    edit::{Face, Sheet},
    looked::Looks,
    names::Names,
    paint,
};
use crate::{
    format,
    locale::{plural, t, tf},
    ui::{Button, Icon},
};

#[component]
pub fn Findings(
    id: String,
    looks: Looks,
    names: Names,
    sheet: Sheet,
    is_quiet: Memo<bool>,
    format: Callback<()>,
    /// Why the text cannot be laid out now.
    why_not: Signal<Option<String>>,
) -> impl IntoView {
    let findings = Memo::new(move |_| if is_quiet.get() { Vec::new() } else { looks.with(|look| placed(&look.text, &look.findings)) });
    let summary = move || {
        let count = |severity| if is_quiet.get() { 0 } else { looks.with(|look| look.count(severity)) };
        let said = [
            (count(Severity::Error), "1 error", "{n} errors"),
            (count(Severity::Warning), "1 warning", "{n} warnings"),
            (count(Severity::Hint), "1 hint", "{n} hints"),
        ];
        let said: Vec<_> = said.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| plural(n as u64, one, many)).collect();
        if !said.is_empty() {
            said.join(", ")
        } else if is_quiet.get() {
            String::new()
        } else {
            t("Nothing is wrong with it.")
        }
    };
    let tone = move || match looks.with(|look| look.worst()).filter(|_| !is_quiet.get()) {
        Some(worst) => paint::severity(worst),
        None => "none",
    };
    let over = move || looks.with(|look| look.size.over());
    let size = move || {
        looks.with(|look| {
            let used = format::number(look.size.used as u64);
            match (look.size.limit, look.size.over()) {
                (Some(limit), Some(over)) => tf(
                    "{used} of {limit} characters: {over} too many",
                    &[("used", used), ("limit", format::number(limit as u64)), ("over", format::number(over as u64))],
                ),
                (Some(limit), None) => tf("{used} of {limit} characters", &[("used", used), ("limit", format::number(limit as u64))]),
                (None, _) => tf("{used} characters", &[("used", used)]),
            }
        })
    };
    let retry = Callback::new(move |()| names.again());
    view! {
        <div class="policy-foot">
            <p class="policy-summary" id=id role="status" data-worst=tone>
                {move || {
                    let text = summary();
                    (!text.is_empty()).then(|| view! { <Icon name=icon(tone())/><span>{text}</span> })
                }}
            </p>
            <p class="policy-size" data-over=move || over().is_some().then_some("true")>{size}</p>
            {move || {
                (sheet.face.get() == Face::Json)
                    .then(|| view! { <Button small=true icon="text-align-start" on_click=format reason=why_not>{t("Format")}</Button> })
            }}
        </div>
        {move || {
            names
                .is_missing()
                .then(|| {
                    view! {
                        <div class="policy-missing" role="note">
                            <p>{t("The list of AWS’s actions could not be loaded, so names are not checked.")}</p>
                            <Button small=true icon="rotate-cw" on_click=retry>{t("Try again")}</Button>
                        </div>
                    }
                })
        }}
        {move || {
            let all = findings.get();
            (!all.is_empty())
                .then(|| {
                    let items = all.into_iter().map(|placed| view! { <One placed looks sheet/> }).collect::<Vec<_>>();
                    view! { <ul class="policy-findings" aria-label=t("Findings")>{items}</ul> }
                })
        }}
    }
}

/// A finding with line and column.
#[derive(Clone, PartialEq)]
struct Placed {
    finding: Finding,
    line: usize,
    column: usize,
}

fn placed(text: &str, findings: &[Finding]) -> Vec<Placed> {
    let lines = Lines::new(text);
    let place = |finding: &Finding| {
        let at = lines.position(finding.span.start);
        Placed { finding: finding.clone(), line: at.line, column: at.column }
    };
    findings.iter().map(place).collect()
}

#[component]
fn One(placed: Placed, looks: Looks, sheet: Sheet) -> impl IntoView {
    let Placed { finding, line, column } = placed;
    let (span, severity) = (finding.span, paint::severity(finding.severity));
    let place = tf("Line {line}, column {column}", &[("line", line.to_string()), ("column", column.to_string())]);
    let text = tf(finding.text, &finding.values);
    let fix = finding.fix.map(|fix| {
        let label = if fix.is_empty() { t("Remove it") } else { tf("Replace with {text}", &[("text", fix.clone())]) };
        let put = Callback::new(move |()| {
            // What is said here was said of this text and of no other.
            if sheet.value.with_untracked(|text| looks.is_of(text)) {
                sheet.replace(span, &fix);
            }
        });
        view! { <Button small=true icon="check" on_click=put>{label}</Button> }
    });
    view! {
        <li class="policy-finding" data-severity=severity>
            <button type="button" class="policy-finding-go" on:click=move |_| sheet.go_to(span)>
                <Icon name=icon(severity)/>
                <span class="visually-hidden">{word(severity)}</span>
                <span class="policy-finding-place">{place}</span>
                <span class="policy-finding-text">{text}</span>
            </button>
            {fix}
        </li>
    }
}

fn icon(severity: &str) -> &'static str {
    match severity {
        "error" => "circle-alert",
        "warning" => "triangle-alert",
        "hint" => "info",
        _ => "circle-check",
    }
}

fn word(severity: &str) -> String {
    match severity {
        "error" => t("Error:"),
        "warning" => t("Warning:"),
        _ => t("Hint:"),
    }
}
