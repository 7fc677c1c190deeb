//! What a statement is about.

use leptos::prelude::*;
use policy::model::List;

use super::{
    actions::Turned,
    arn::ArnBuilder,
    draft::Edit,
    values::{Sort, Values},
};
use crate::{locale::t, policy_editor::names::Names, ui::Button};

const ARN: Sort = Sort { placeholder: "arn:aws:…", inputmode: "text", is_bool: false };

#[component]
pub fn Resources(edit: Edit, names: Names) -> impl IntoView {
    let list = Memo::new(move |_| edit.with(|statement| statement.resources.clone().unwrap_or_default()));
    let values = Memo::new(move |_| list.with(|list| list.values.clone()));
    let set = Callback::new(move |values: Vec<String>| {
        edit.update(|statement| {
            let not = statement.resources.as_ref().is_some_and(|list| list.not);
            statement.resources = Some(List { not, values });
        });
    });
    let turn = Callback::new(move |not: bool| {
        edit.update(|statement| statement.resources.get_or_insert_default().not = not);
    });
    let all = Callback::new(move |()| set.run(vec!["*".to_owned()]));
    let is_all = Memo::new(move |_| values.with(|values| values.iter().any(|value| value == "*")));
    let is_open = RwSignal::new(false);
    let add = Callback::new(move |arn: String| {
        let mut all = values.get_untracked();
        // Beside everything, one thing more would mean nothing.
        all.retain(|value| value != "*" && !value.is_empty());
        if !all.contains(&arn) {
            all.push(arn);
        }
        set.run(all);
    });
    view! {
        <div class="policy-part" role="group" aria-label=t("Resources")>
            <div class="policy-part-head">
                <span class="policy-part-title">{t("Resources")}</span>
                <Turned
                    label=t("Which resources")
                    these=t("These resources")
                    others=t("All resources but these")
                    not=Signal::derive(move || list.with(|list| list.not))
                    turn
                />
                {move || (!is_all.get()).then(|| view! { <Button small=true on_click=all>{t("All resources")}</Button> })}
                <button
                    type="button"
                    class="button button-secondary button-small"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| is_open.update(|open| *open = !*open)
                >
                    {t("Build an ARN")}
                </button>
            </div>
            <Values label=t("Resource") add=t("Add a resource") values on_change=set sort=ARN/>
            {move || is_open.get().then(|| view! { <ArnBuilder edit names add/> })}
        </div>
    }
}
