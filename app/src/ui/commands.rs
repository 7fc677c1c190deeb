//! The command lines that would do what a dialog is about to do, folded away, to copy.

use leptos::prelude::*;

use super::Copy;
use crate::locale::t;

/// Nothing where there are no lines.
#[component]
pub fn Commands(#[prop(into)] lines: Signal<Vec<String>>) -> impl IntoView {
    let text = Signal::derive(move || lines.with(|lines| lines.join("\n")));
    let there = Memo::new(move |_| lines.with(|lines| !lines.is_empty()));
    move || {
        there.get().then(|| {
            view! {
                <details class="commands">
                    <summary>{t("What will be called")}</summary>
                    <div class="commands-box">
                        <pre class="commands-text" translate="no" tabindex="0">{text}</pre>
                        <Copy text=text label=t("Copy the commands")/>
                    </div>
                </details>
            }
        })
    }
}
