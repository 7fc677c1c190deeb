//! One statement, as a form.

use leptos::{html, prelude::*};
use policy::{
    Place,
    model::{Effect, Statement},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    Hidden,
    actions::Actions,
    conditions::Conditions,
    draft::{Draft, Row},
    principals::PrincipalsForm,
    resources::Resources,
};
use crate::{
    locale::{t, tf},
    policy_editor::names::Names,
    ui::{IconButton, unique_id},
};

#[component]
pub fn StatementCard(row: Row, draft: Draft, place: Place, names: Names) -> impl IntoView {
    let edit = draft.edit(&row);
    let id = row.id;
    let node = NodeRef::<html::Li>::new();
    let group = unique_id("effect");
    let heading = unique_id("statement");
    let title = move || tf("Statement {n}", &[("n", edit.position().0.to_string())]);
    let effect = Memo::new(move |_| edit.with(|statement| statement.effect));
    let sid = Memo::new(move |_| edit.with(|statement| statement.sid.clone().unwrap_or_default()));
    let choice = |value: Effect, label: String, class: &'static str| {
        view! {
            <label class=class>
                <input
                    type="radio"
                    name=group.clone()
                    value=value.name()
                    prop:checked=move || effect.get() == Some(value)
                    on:change=move |_| edit.update(|statement| statement.effect = Some(value))
                />
                <span>{label}</span>
            </label>
        }
    };
    let shift = move |down: bool| {
        Callback::new(move |()| {
            draft.shift(id, down);
            // It took its element along, which lets go of the focus.
            request_animation_frame(move || focus(node, if down { ".policy-down button" } else { ".policy-up button" }));
        })
    };
    let remove = Callback::new(move |()| draft.remove(id));
    let first = Signal::derive(move || (edit.position().0 == 1).then(|| t("It is the first.")));
    let last = Signal::derive(move || {
        let (at, of) = edit.position();
        (at == of).then(|| t("It is the last."))
    });
    let hidden = move || edit.with(|statement| statement.hidden().join(", "));
    let named = move |text: &'static str| Signal::derive(move || tf(text, &[("n", edit.position().0.to_string())]));
    view! {
        <li class="policy-statement" node_ref=node aria-labelledby=heading.clone() data-effect=move || effect.get().map(Effect::name)>
            <div class="policy-statement-head">
                <h3 class="policy-statement-title" id=heading.clone()>{title}</h3>
                <div class="policy-effect" role="radiogroup" aria-label=t("Effect")>
                    {choice(Effect::Allow, t("Allow"), "policy-allow")}
                    {choice(Effect::Deny, t("Deny"), "policy-deny")}
                </div>
                <input
                    class="input input-mono policy-sid"
                    type="text"
                    aria-label=t("Sid")
                    placeholder=t("Sid (optional)")
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || sid.get()
                    on:input:target=move |event| {
                        let text = event.target().value();
                        edit.update(|statement| statement.sid = (!text.is_empty()).then_some(text));
                    }
                />
                <div class="policy-statement-tools">
                    <span class="policy-up"><IconButton icon="arrow-up" label=named("Move statement {n} up") reason=first on_click=shift(false)/></span>
                    <span class="policy-down">
                        <IconButton icon="arrow-down" label=named("Move statement {n} down") reason=last on_click=shift(true)/>
                    </span>
                    <IconButton icon="trash-2" label=named("Remove statement {n}") on_click=remove/>
                </div>
            </div>
            {(place.has_principal() || edit.with_untracked(|statement| statement.principals.is_some()))
                .then(|| view! { <PrincipalsForm edit/> })}
            <Actions edit names/>
            {(place != Place::Trust || edit.with_untracked(|statement: &Statement| statement.resources.is_some()))
                .then(|| view! { <Resources edit names/> })}
            <Conditions edit names/>
            {move || {
                let names = hidden();
                (!names.is_empty()).then(|| view! { <Hidden text=tf("Only the JSON shows this of it, and keeps it: {names}.", &[("names", names)])/> })
            }}
        </li>
    }
}

fn focus(node: NodeRef<html::Li>, what: &str) {
    let Some(Some(Ok(Some(found)))) = node.try_get_untracked().map(|node| node.map(|node| node.query_selector(what))) else { return };
    let _ = found.unchecked_into::<HtmlElement>().focus();
}
