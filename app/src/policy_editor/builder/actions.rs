//! What a statement lets somebody do.

use leptos::prelude::*;
use policy::{Catalog, model::List};

use super::{draft::Edit, picker::Picker, values::nothing};
use crate::{
    locale::{plural, t, tf},
    policy_editor::names::Names,
    ui::{Icon, unique_id},
};

#[component]
pub fn Actions(edit: Edit, names: Names) -> impl IntoView {
    let list = Memo::new(move |_| edit.with(|statement| statement.actions.clone().unwrap_or_default()));
    let values = Memo::new(move |_| list.with(|list| list.values.clone()));
    let set = Callback::new(move |values: Vec<String>| {
        edit.update(|statement| {
            let not = statement.actions.as_ref().is_some_and(|list| list.not);
            statement.actions = Some(List { not, values });
        });
    });
    let turn = Callback::new(move |not: bool| {
        edit.update(|statement| statement.actions.get_or_insert_default().not = not);
    });
    let is_empty = edit.with_untracked(|statement| statement.actions.as_ref().is_none_or(|list| list.values.is_empty()));
    view! {
        <ActionChoice values set names is_open=is_empty>
            <Turned
                label=t("Which actions")
                these=t("These actions")
                others=t("All actions but these")
                not=Signal::derive(move || list.with(|list| list.not))
                turn
            />
        </ActionChoice>
    }
}

/// Actions that are chosen, and how to choose more.
#[component]
pub fn ActionChoice(
    values: Memo<Vec<String>>,
    set: Callback<Vec<String>>,
    names: Names,
    /// Whether there is something to choose from at once.
    #[prop(optional)]
    is_open: bool,
    /// What else is said of them, beside the title.
    children: Children,
) -> impl IntoView {
    let is_open = RwSignal::new(is_open);
    let panel = unique_id("picker");
    let chips = move || {
        names.is_here();
        let chip = |value: String| {
            let meaning = if value.contains(['*', '?']) { Names::catalog().map(|catalog| meaning(catalog, &value)) } else { None };
            let own = value.clone();
            let remove = move |_| {
                let mut all = values.get_untracked();
                all.retain(|other| *other != own);
                set.run(all);
            };
            view! {
                <li class="policy-chip">
                    <code translate="no">{value.clone()}</code>
                    {meaning.map(|meaning| view! { <span class="policy-chip-note">{meaning}</span> })}
                    <button type="button" class="policy-chip-remove" aria-label=tf("Remove {what}", &[("what", value)]) on:click=remove>
                        <Icon name="x"/>
                    </button>
                </li>
            }
        };
        let chips = values.get().into_iter().map(chip).collect::<Vec<_>>();
        if chips.is_empty() {
            nothing("No action is chosen yet.").into_any()
        } else {
            view! { <ul class="policy-chips">{chips}</ul> }.into_any()
        }
    };
    view! {
        <div class="policy-part" role="group" aria-label=t("Actions")>
            <div class="policy-part-head">
                <span class="policy-part-title">{t("Actions")}</span>
                {children()}
                <button
                    type="button"
                    class="button button-secondary button-small"
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=panel.clone()
                    on:click=move |_| is_open.update(|open| *open = !*open)
                >
                    {t("Choose actions")}
                </button>
            </div>
            {chips}
            <div id=panel.clone()>{move || is_open.get().then(|| view! { <Picker values set names/> })}</div>
        </div>
    }
}

/// How many actions a pattern stands for.
fn meaning(catalog: &Catalog, pattern: &str) -> String {
    if pattern == "*" { t("every action") } else { plural(catalog.matching(pattern).len(), "1 action", "{n} actions") }
}

/// Whether what is listed is meant, or everything else.
#[component]
pub fn Turned(label: String, these: String, others: String, not: Signal<bool>, turn: Callback<bool>) -> impl IntoView {
    view! {
        <span class="select policy-turned">
            <select class="input" aria-label=label on:change:target=move |event| turn.run(event.target().value() == "not")>
                <option value="these" prop:selected=move || !not.get()>{these}</option>
                <option value="not" prop:selected=move || not.get()>{others}</option>
            </select>
            <Icon name="chevron-down"/>
        </span>
    }
}
