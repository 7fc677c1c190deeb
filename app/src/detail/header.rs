//! Title, state and actions of one resource.

use leptos::prelude::*;

use super::Detail;
use crate::{
    action::use_actions,
    label::is_whole,
    list::cells::{self, Place},
    locale::t,
    spec::cell::Cell,
    ui::{Copy, Icon, IconButton, Menu, Variant},
};

#[component]
pub fn DetailHeader(detail: Detail, on_refresh: Callback<()>) -> impl IntoView {
    let Detail { spec, item, busy, .. } = detail;
    let actions = use_actions();
    let id = Signal::derive(move || item.with(|item| item.as_ref().map(|item| spec.id(item).to_owned()).unwrap_or_default()));
    let status = Memo::new(move |_| item.with(|item| item.as_ref().map_or(Cell::Empty, |item| spec.status(item))));
    let notice = Memo::new(move |_| item.with(|item| item.as_ref().and_then(|item| spec.notice(item))));
    let items = Signal::derive(move || item.with(|item| item.as_ref().map(|item| actions.actions(spec, item)).unwrap_or_default()));
    // The name is what people read, the identifier what they compare: it stays whole, and behind.
    let heading = move || {
        item.with(|item| {
            let (name, id) = item.as_ref().map(|item| (spec.name(item).to_owned(), spec.id(item).to_owned()))?;
            if name.is_empty() || is_whole(&name, &id) {
                let title = if name.is_empty() { id } else { name };
                return Some(title.into_any());
            }
            Some(view! { {name}" "<span class="page-id">{format!("({id})")}</span> }.into_any())
        })
    };
    view! {
        <header class="page-header detail-header">
            <h1 class="page-title" translate="no">{heading}</h1>
            <Copy text=id label=t("Copy ID")/>
            {move || (status.get() != Cell::Empty).then(|| cells::draw(status.get(), Place::Detail))}
            <div class="list-do">
                <IconButton icon="refresh-cw" label=t("Refresh") busy=busy on_click=on_refresh/>
                {(!spec.actions().is_empty()).then(|| view! { <Menu label=t("Actions") variant=Variant::Primary items/> })}
            </div>
        </header>
        {move || notice.get().map(|notice| view! { <p class="detail-notice"><Icon name="lock"/><span>{t(notice)}</span></p> })}
    }
}
