//! Whom a statement is about, in policies that say so.

use leptos::prelude::*;
use policy::model::{Principals, Who};

use super::{
    actions::Turned,
    draft::Edit,
    values::{Sort, Values},
};
use crate::{
    locale::{t, tf},
    ui::{Button, Each, Icon, IconButton},
};

const KINDS: [(&str, &str, &str); 4] = [
    ("AWS", "Account, role or user", "arn:aws:iam::123456789012:root"),
    ("Service", "Service", "ec2.amazonaws.com"),
    ("Federated", "Identity provider", "arn:aws:iam::123456789012:oidc-provider/example.com"),
    ("CanonicalUser", "Canonical user", ""),
];

type Listed = Vec<(String, Vec<String>)>;

#[component]
pub fn PrincipalsForm(edit: Edit) -> impl IntoView {
    let now = Memo::new(move |_| edit.with(|statement| statement.principals.clone()));
    let listed = Memo::new(move |_| match now.get().map(|principals| principals.who) {
        Some(Who::Listed(kinds)) => kinds,
        _ => Listed::new(),
    });
    let is_everyone = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|now| now.who == Who::Everyone)));
    let change = move |change: &dyn Fn(&mut Principals)| {
        edit.update(|statement| {
            change(statement.principals.get_or_insert_with(|| Principals { not: false, who: Who::Listed(Listed::new()) }))
        });
    };
    let set_listed = move |kinds: Listed| change(&|principals| principals.who = Who::Listed(kinds.clone()));
    let turn = Callback::new(move |not: bool| change(&|principals| principals.not = not));
    let everyone = move |all: bool| {
        let who = if all { Who::Everyone } else { Who::Listed(vec![("AWS".to_owned(), Vec::new())]) };
        change(&|principals| principals.who = who.clone());
    };
    // A kind is there once: what is chosen are those that are not.
    let free = move |listed: &Listed| KINDS.into_iter().map(|(kind, ..)| kind).find(|kind| listed.iter().all(|(other, _)| other != kind));
    let can_add = Memo::new(move |_| !is_everyone.get() && listed.with(|listed| free(listed).is_some()));
    let add = Callback::new(move |()| {
        let mut kinds = listed.get_untracked();
        if let Some(kind) = free(&kinds) {
            kinds.push((kind.to_owned(), Vec::new()));
            set_listed(kinds);
        }
    });
    let count = Memo::new(move |_| listed.with(Vec::len));
    let row = move |at: usize| {
        let kind = Memo::new(move |_| listed.with(|listed| listed.get(at).map(|(kind, _)| kind.clone()).unwrap_or_default()));
        let values = Memo::new(move |_| listed.with(|listed| listed.get(at).map(|(_, values)| values.clone()).unwrap_or_default()));
        let set_values = Callback::new(move |values: Vec<String>| {
            let mut kinds = listed.get_untracked();
            if let Some(one) = kinds.get_mut(at) {
                one.1 = values;
                set_listed(kinds);
            }
        });
        let set_kind = move |kind: String| {
            let mut kinds = listed.get_untracked();
            if let Some(one) = kinds.get_mut(at) {
                one.0 = kind;
                set_listed(kinds);
            }
        };
        let remove = Callback::new(move |()| {
            let mut kinds = listed.get_untracked();
            if at < kinds.len() {
                kinds.remove(at);
                set_listed(kinds);
            }
        });
        let sort = Signal::derive(move || {
            let placeholder = kind.with(|kind| KINDS.iter().find(|(known, ..)| known == kind).map_or("", |(_, _, example)| example));
            Sort { placeholder, inputmode: "text", is_bool: false }
        });
        let options = move || {
            let now = kind.get();
            let taken = listed.with(|listed| listed.iter().map(|(kind, _)| kind.clone()).collect::<Vec<_>>());
            let unknown = KINDS.iter().all(|(known, ..)| *known != now).then(|| (now.clone(), now.clone()));
            let free = KINDS.into_iter().filter(|(known, ..)| *known == now || !taken.iter().any(|kind| kind == known));
            let option = |(value, label): (String, String)| {
                let own = value.clone();
                view! { <option value=value prop:selected=move || kind.with(|kind| *kind == own)>{label}</option> }
            };
            unknown.into_iter().chain(free.map(|(value, label, _)| (value.to_owned(), t(label)))).map(option).collect::<Vec<_>>()
        };
        view! {
            <div class="policy-principal">
                <span class="select">
                    <select class="input" aria-label=tf("Kind of principal {n}", &[("n", (at + 1).to_string())]) on:change:target=move |event| set_kind(event.target().value())>
                        {options}
                    </select>
                    <Icon name="chevron-down"/>
                </span>
                <IconButton icon="trash-2" label=tf("Remove kind of principal {n}", &[("n", (at + 1).to_string())]) on_click=remove/>
                <Values label=t("Principal") add=t("Add a principal") values on_change=set_values sort/>
            </div>
        }
    };
    view! {
        <div class="policy-part" role="group" aria-label=t("Principals")>
            <div class="policy-part-head">
                <span class="policy-part-title">{t("Principals")}</span>
                <Turned
                    label=t("Which principals")
                    these=t("These principals")
                    others=t("All principals but these")
                    not=Signal::derive(move || now.with(|now| now.as_ref().is_some_and(|now| now.not)))
                    turn
                />
                <label class="check">
                    <input type="checkbox" prop:checked=move || is_everyone.get() on:change:target=move |event| everyone(event.target().checked())/>
                    <span>{t("Everybody")}</span>
                </label>
                {move || can_add.get().then(|| view! { <Button small=true icon="plus" on_click=add>{t("Add a kind")}</Button> })}
            </div>
            <Each each=move || 0..count.get() key=|at| *at children=row/>
        </div>
    }
}
