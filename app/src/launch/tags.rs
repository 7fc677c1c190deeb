//! Tags of what is launched.

use api::tag::MAX_TAGS;
use leptos::prelude::*;

use super::{Launch, form::TagRow};
use crate::{
    locale::t,
    ui::{Button, Field, IconButton},
    wizard::RowInput,
};

#[component]
pub fn Tags(launch: Launch) -> impl IntoView {
    let Launch { form, validation, .. } = launch;
    let add = Callback::new(move |()| form.add_tag("", ""));
    let full = Signal::derive(move || form.tags.with(|rows| rows.len() >= MAX_TAGS).then(|| t("A resource has at most 50 tags.")));
    let row = move |row: TagRow| {
        let id = row.id;
        let remove = Callback::new(move |()| {
            form.tags.update(|rows| rows.retain(|row| row.id != id));
            validation.edit("tags");
        });
        view! {
            <div class="tag-row">
                <RowInput label=t("Key") placeholder=t("Key") value=row.key key=format!("tags.{id}.key") validation=validation/>
                <RowInput label=t("Value") placeholder=t("Value") value=row.value key=format!("tags.{id}.value") validation=validation/>
                <IconButton icon="x" label=t("Remove tag") on_click=remove/>
            </div>
        }
    };
    view! {
        <Field label=t("Tags") required=false error=validation.error("tags")>
            <div class="tag-rows">
                <For each=move || form.tags.get() key=|row| row.id children=row/>
            </div>
            <p><Button icon="plus" small=true reason=full on_click=add>{t("Add tag")}</Button></p>
        </Field>
    }
}
