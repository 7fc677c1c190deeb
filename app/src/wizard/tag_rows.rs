//! Tags of something that is to be made: rows of key and value.

use api::tag::{MAX_TAGS, Tag};
use leptos::prelude::*;

use super::{RowInput, Validation};
use crate::{
    locale::t,
    ui::{Button, Each, Field, IconButton},
};

/// One tag while it is typed.
#[derive(Clone)]
pub struct TagRow {
    /// Tells rows apart while others come and go.
    pub id: u32,
    pub key: ArcRwSignal<String>,
    pub value: ArcRwSignal<String>,
}

impl TagRow {
    pub fn new(id: u32, tag: &Tag) -> Self {
        Self { id, key: ArcRwSignal::new(tag.key.clone()), value: ArcRwSignal::new(tag.value.clone()) }
    }

    pub fn tag(&self) -> Tag {
        Tag::new(self.key.with(|key| key.trim().to_owned()), self.value.get())
    }
}

#[component]
pub fn TagRows(
    #[prop(into)] label: String,
    rows: RwSignal<Vec<TagRow>>,
    validation: Validation,
    /// The key of the field; errors of a row are at `prefix.ID.key` and `prefix.ID.value`.
    prefix: &'static str,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let add = Callback::new(move |()| {
        let id = rows.with_untracked(|rows| rows.iter().map(|row| row.id + 1).max().unwrap_or_default());
        rows.update(|rows| rows.push(TagRow::new(id, &Tag::default())));
    });
    let full = Signal::derive(move || rows.with(|rows| rows.len() >= MAX_TAGS).then(|| t("A resource has at most 50 tags.")));
    let row = move |row: TagRow| {
        let id = row.id;
        let remove = Callback::new(move |()| {
            rows.update(|rows| rows.retain(|row| row.id != id));
            validation.edit(prefix);
        });
        view! {
            <div class="tag-row">
                <RowInput label=t("Key") placeholder=t("Key") value=row.key key=format!("{prefix}.{id}.key") validation=validation/>
                <RowInput label=t("Value") placeholder=t("Value") value=row.value key=format!("{prefix}.{id}.value") validation=validation/>
                <IconButton icon="x" label=t("Remove tag") on_click=remove/>
            </div>
        }
    };
    view! {
        <Field label=label required=false error=error>
            <div class="tag-rows">
                <Each each=move || rows.get() key=|row| row.id children=row/>
            </div>
            <p><Button icon="plus" small=true reason=full on_click=add>{t("Add tag")}</Button></p>
        </Field>
    }
}
