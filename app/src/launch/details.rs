//! How many, what they are called, what sort of machine, what they start with.

use leptos::prelude::*;

use super::{Launch, types::TypePicker, user_data::UserData};
use crate::{
    locale::{t, tf},
    ui::{Checkbox, Each, Field, NumberField, Select, TextField},
    wizard::{RowInput, TagRows},
};

#[component]
pub fn DetailsStep(launch: Launch) -> impl IntoView {
    let Launch { form, choices, validation, .. } = launch;
    let several = Memo::new(move |_| form.count() > 1);
    let each = Memo::new(move |_| several.get() && form.name_each.get());
    let zones = Signal::derive(move || {
        let any = (String::new(), t("The cloud chooses"));
        let zones = choices.zones.items.get().into_iter().filter(|zone| zone.state == "available");
        std::iter::once(any).chain(zones.map(|zone| (zone.name.clone(), zone.name))).collect()
    });
    view! {
        <div class="form">
            <div class="form-row">
                <div data-field="count">
                    <NumberField label=t("Instances") value=form.count error=validation.error("count")/>
                </div>
                <div class="form-grow" data-field="names.0" hidden=move || each.get()>
                    <TextField
                        label=t("Name")
                        value=form.name
                        required=false
                        error=validation.error_within("names")
                        help=Signal::derive(move || several.get().then(|| t("All of them get this name.")))
                    />
                </div>
            </div>
            <div data-field="names" hidden=move || !several.get()>
                <Checkbox label=t("Give each instance a name of its own") value=form.name_each/>
            </div>
            {move || each.get().then(|| view! { <Names launch=launch/> })}
            <TypePicker launch=launch/>
            {move || (!choices.has_vpcs()).then(|| view! {
                <div data-field="zone">
                    <Select label=t("Zone") value=form.zone options=zones error=validation.error("zone")/>
                </div>
            })}
            <UserData launch=launch/>
            <TagRows label=t("Tags") rows=form.tags validation=validation prefix="tags" error=validation.error("tags")/>
        </div>
    }
}

/// One field for each instance.
#[component]
fn Names(launch: Launch) -> impl IntoView {
    let Launch { form, validation, .. } = launch;
    // A count that is out of range is told at its own field; it makes no fields here.
    let count = Memo::new(move |_| form.count().min(api::instance::MAX_COUNT) as usize);
    Effect::new(move |_| form.provide_names(count.get()));
    let rows = move || form.names.with(|names| names.iter().take(count.get()).cloned().enumerate().collect::<Vec<_>>());
    view! {
        <Field label=t("Names") required=false>
            <ol class="name-list">
                <Each each=rows key=|(index, _)| *index let((index, name))>
                    <li>
                        <RowInput
                            label=tf("Name of instance {n}", &[("n", (index + 1).to_string())])
                            value=name
                            key=format!("names.{index}")
                            validation=validation
                        />
                    </li>
                </Each>
            </ol>
        </Field>
    }
}
