//! The query as text: what cannot be understood is underlined and says why, and nothing that was typed is lost.

use leptos::{ev, prelude::*};
use search::query::{Problem, parse, print};

use super::{
    super::state::{List, use_list},
    draft::blocks,
    panel::PanelForm,
    words,
};
use crate::{
    locale::t,
    ui::{Button, Variant, unique_id},
};

#[component]
pub fn TextFace(on_close: Callback<()>) -> impl IntoView {
    let List { bus, rows, .. } = use_list();
    let before = bus.text.get_untracked();
    let text = RwSignal::new(bus.query.with_untracked(|query| [print(&query.search), before].join(" ").trim().to_owned()));
    let problems = Memo::new(move |_| rows.with(|held| text.with(|text| parse(text, &held.shape.schema).1)));
    let help = unique_id("search-text");
    let apply = move || {
        let is_wrong = problems.with_untracked(|all| all.iter().any(|problem| blocks(problem.reason)));
        if is_wrong {
            return;
        }
        let asked = rows.with(|held| text.with_untracked(|text| parse(text, &held.shape.schema).0));
        bus.text.set(String::new());
        bus.ask(|query| query.search = asked);
        on_close.run(());
    };
    view! {
        <PanelForm label=t("Search as text") on_submit=apply on_cancel=on_close>
            // The text once more behind itself, where it can be underlined.
            <div class="search-text">
                <div class="search-text-behind" aria-hidden="true" translate="no">
                    {move || problems.with(|all| text.with(|text| pieces(text, all)))
                        .into_iter()
                        .map(|(piece, is_wrong)| view! { <span class:search-text-wrong=is_wrong>{piece}</span> })
                        .collect_view()}
                    "\u{200b}"
                </div>
                <textarea
                    class="search-text-input"
                    rows="1"
                    spellcheck="false"
                    autocapitalize="off"
                    translate="no"
                    aria-label=t("Query")
                    aria-describedby=help.clone()
                    aria-invalid=move || problems.with(|all| !all.is_empty()).then_some("true")
                    data-first="true"
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                    on:keydown=move |event: ev::KeyboardEvent| {
                        if event.key() == "Enter" && !event.is_composing() && !event.shift_key() {
                            event.prevent_default();
                            apply();
                        }
                    }
                ></textarea>
            </div>
            <div role="alert">
                <ul class="search-problems">
                    {move || {
                        problems
                            .with(|all| text.with(|text| reasons(text, all)))
                            .into_iter()
                            .map(|(piece, reason)| view! { <li><code translate="no">{piece}</code>" "{reason}</li> })
                            .collect_view()
                    }}
                </ul>
            </div>
            <p class="search-help" id=help>
                {t("For example:")}" "<code translate="no">"state=running -tag:env=prod (web or \"web server\")"</code>
            </p>
            <div class="search-edit-buttons">
                <span class="search-edit-space"></span>
                <Button small=true on_click=move || on_close.run(())>{t("Cancel")}</Button>
                <Button small=true kind="submit" variant=Variant::Primary>{t("Apply")}</Button>
            </div>
        </PanelForm>
    }
}

/// The text in pieces, those with a problem marked.
fn pieces(text: &str, problems: &[Problem]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for problem in problems.iter().filter(|problem| !problem.span.is_empty()) {
        let (start, end) = (problem.span.start.max(at), problem.span.end.max(at));
        pieces.push((text[at..start].to_owned(), false));
        pieces.push((text[start..end].to_owned(), true));
        at = end;
    }
    pieces.push((text[at..].to_owned(), false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

fn reasons(text: &str, problems: &[Problem]) -> Vec<(String, String)> {
    problems.iter().map(|problem| (text[problem.span.clone()].to_owned(), words::reason(problem.reason))).collect()
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;
    use proptest::prelude::*;

    use super::*;
    use crate::{list::shape::Shape, spec};

    proptest! {
        #[test]
        fn nothing_of_the_text_is_lost(text in "[a-z:=<>~()\"! -]{0,20}|\\PC{0,12}|(state|launched|tag:x|\\()[=<:]?[a-z0-9\"]{0,4}") {
            let schema = Shape::of(spec::of(Kind::Instance).expect("instances have a page")).schema;
            let problems = parse(&text, &schema).1;
            let pieces = pieces(&text, &problems);
            prop_assert_eq!(pieces.iter().map(|(piece, _)| piece.as_str()).collect::<String>(), text.clone());
            prop_assert_eq!(reasons(&text, &problems).len(), problems.len());
        }
    }
}
