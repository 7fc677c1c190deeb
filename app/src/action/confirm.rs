//! Asks whether it is meant, naming everything that it will be done to.

use leptos::{prelude::*, task::spawn_local};

use super::{Intent, bulk::PORTION, dependents::Dependents, ids, what};
use crate::{
    locale::{t, tf},
    session::use_region,
    spec::action::Confirm,
    ui::{Button, Commands, Dialog, ErrorPanel, Variant},
};

/// Closes when the cloud has answered. When nothing could be sent, it stays and says why.
#[component]
pub fn ConfirmDialog(intent: Intent) -> impl IntoView {
    let Intent { actions, spec, action, change, items } = intent;
    let head = spec.actions()[action];
    let title = tf("{action} {what}?", &[("action", t(head.label)), ("what", what(spec, &items))]);
    let consequence = if let Confirm::Ask(consequence) = head.confirm { Some(view! { <p>{t(consequence)}</p> }) } else { None };
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None);
    let close = move || actions.dialogs.close();
    let lines = items
        .iter()
        .map(|item| {
            let (name, id) = (spec.name(item).to_owned(), spec.id(item).to_owned());
            let id = (name != id).then(|| view! { <code class="confirm-id">{id.clone()}</code> });
            view! { <li>{(!name.is_empty()).then(|| view! { <span class="confirm-name">{name.clone()}</span> })}{id}</li> }
        })
        .collect_view();
    let region = use_region();
    let ids = ids(spec, &items);
    let commands = {
        let change = change.clone();
        Signal::derive(move || change.commands(&ids, &region.get()))
    };
    let dependents = (!spec.depends(action).is_empty()).then(|| view! { <Dependents spec action items=items.clone()/> });
    let items = StoredValue::new(items);
    let change = StoredValue::new(change);
    let send = move || {
        if items.with_value(Vec::len) > PORTION {
            // Its progress is told below, where the dialog would hide it.
            items.with_value(|items| actions.send_apart(spec, action, change.get_value(), items));
            close();
            return;
        }
        busy.set(true);
        error.set(None);
        let sending = items.with_value(|items| actions.send(spec, action, change.get_value(), items));
        spawn_local(async move {
            match sending.await {
                Ok(()) => close(),
                Err(failed) => {
                    error.try_set(Some(failed));
                    busy.try_set(false);
                }
            }
        });
    };
    let variant = if head.danger { Variant::Danger } else { Variant::Primary };
    view! {
        <Dialog
            title=title
            on_close=close
            footer=move || {
                view! {
                    <Button on_click=close>{t("Cancel")}</Button>
                    <Button variant=variant icon=head.icon busy=busy on_click=send>{t(head.label)}</Button>
                }
            }
        >
            {consequence}
            <ul class="confirm-items" translate="no" tabindex="0" aria-label=t("What it is done to")>{lines}</ul>
            {dependents}
            <Commands lines=commands/>
            {move || error.get().map(|error| view! { <ErrorPanel error/> })}
        </Dialog>
    }
}
