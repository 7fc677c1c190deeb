//! The disks: those of the image, to be enlarged or changed in type, and more of them.

use api::instance::VOLUME_TYPES;
use leptos::prelude::*;

use super::{Launch, form::VolumeRow};
use crate::{
    locale::t,
    ui::{Button, Each, Field, IconButton},
    wizard::RowInput,
};

#[component]
pub fn Volumes(launch: Launch) -> impl IntoView {
    let Launch { form, validation, .. } = launch;
    let add = Callback::new(move |()| {
        form.add_volume();
        validation.edit("volumes");
    });
    view! {
        <Field label=t("Volumes") required=false error=validation.error_within("block_devices")>
            <div class="volume-rows" role="table" aria-label=t("Volumes")>
                <div class="volume-row volume-head" role="row">
                    <span role="columnheader">{t("Device")}</span>
                    <span role="columnheader">{t("Size (GiB)")}</span>
                    <span role="columnheader">{t("Type")}</span>
                    <span role="columnheader">{t("Delete on termination")}</span>
                    <span role="columnheader">{t("Encrypted")}</span>
                    <span role="columnheader"><span class="visually-hidden">{t("Actions")}</span></span>
                </div>
                <Each each=move || form.volumes.get() key=|row| row.id let(row)>
                    <Row launch=launch row=row/>
                </Each>
            </div>
            {move || form.image.with(Option::is_none).then(|| view! {
                <p class="field-help">{t("The volumes of the image appear here once it is chosen.")}</p>
            })}
            <p><Button icon="plus" small=true on_click=add>{t("Add volume")}</Button></p>
        </Field>
    }
}

#[component]
fn Row(launch: Launch, row: VolumeRow) -> impl IntoView {
    let Launch { form, validation, .. } = launch;
    let VolumeRow { id, origin, root, device, size, volume_type, delete_on_termination, encrypted } = row;
    let key = move |field: &str| format!("volumes.{id}.{field}");
    let remove = Callback::new(move |()| {
        form.volumes.update(|rows| rows.retain(|row| row.id != id));
        validation.edit("volumes");
    });
    let own = origin.is_some();
    let was_encrypted = origin.as_ref().is_some_and(|origin| origin.encrypted);
    let shown_device = device.get_untracked();
    view! {
        <div class="volume-row" role="row">
            <div role="cell">
                {if own {
                    let word = if root { t("Root") } else { t("From the image") };
                    view! { <span class="volume-device"><code translate="no">{shown_device}</code><span class="badge">{word}</span></span> }.into_any()
                } else {
                    view! { <RowInput label=t("Device") value=device key=key("device") validation=validation mono=true/> }.into_any()
                }}
            </div>
            <div role="cell">
                <RowInput label=t("Size (GiB)") value=size key=key("size") validation=validation inputmode="numeric"/>
            </div>
            <div role="cell"><TypeSelect value=volume_type key=key("volume_type")/></div>
            <div role="cell">
                <RowCheck label=t("Delete on termination") value=delete_on_termination key=key("delete_on_termination")/>
            </div>
            <div role="cell">
                // What is encrypted stays so.
                <RowCheck label=t("Encrypted") value=encrypted key=key("encrypted") disabled=was_encrypted/>
            </div>
            <div role="cell">
                {(!own).then(|| view! { <IconButton icon="trash-2" label=t("Remove volume") on_click=remove/> })}
            </div>
        </div>
    }
}

#[component]
fn TypeSelect(value: ArcRwSignal<String>, key: String) -> impl IntoView {
    let write = value.clone();
    let current = value.get_untracked();
    let first = (String::new(), t("Default"));
    let known = VOLUME_TYPES.iter().map(|(name, ..)| ((*name).to_owned(), (*name).to_owned()));
    let mut options: Vec<_> = std::iter::once(first).chain(known).collect();
    // An image may bring a type that asks for more than a size; it can stay, but not be chosen anew.
    if !options.iter().any(|(name, _)| *name == current) {
        options.push((current.clone(), current));
    }
    let option = move |(name, label): (String, String)| {
        let (own, value) = (name.clone(), value.clone());
        view! { <option value=name translate="no" prop:selected=move || value.with(|value| *value == own)>{label}</option> }
    };
    view! {
        <span class="select" data-field=key>
            <select class="input" aria-label=t("Volume type") on:change:target=move |event| write.set(event.target().value())>
                {options.into_iter().map(option).collect_view()}
            </select>
            <crate::ui::Icon name="chevron-down"/>
        </span>
    }
}

#[component]
fn RowCheck(label: String, value: ArcRwSignal<bool>, key: String, #[prop(optional)] disabled: bool) -> impl IntoView {
    let (read, write) = (value.clone(), value);
    view! {
        <label class="row-check" data-field=key>
            <input type="checkbox" aria-label=label.clone() disabled=disabled prop:checked=move || read.get() on:change:target=move |event| write.set(event.target().checked())/>
            <span aria-hidden="true">{label}</span>
        </label>
    }
}
