//! Which image the machines start from: picked from a list, or by its id.

use api::{error::ApiError, image::Image, instance::is_image_id, kind::Kind};
use leptos::{prelude::*, task::spawn_local};

use super::{Launch, image_problem};
use crate::{
    client,
    list::Picker,
    locale::t,
    spec::Item,
    ui::{Field, Icon, TextField},
};

/// Shows the image whose id stands in the form, wherever it came from: the list, the keyboard, the URL.
pub fn follow_image_id(launch: Launch) {
    let Launch { form, region, .. } = launch;
    let id = Memo::new(move |_| form.image_id.with(|id| id.trim().to_owned()));
    Effect::new(move |_| {
        let id = id.get();
        let region = region.get();
        if form.image.with_untracked(|image| image.as_ref().is_some_and(|image| image.id == id)) {
            return;
        }
        form.drop_image();
        if !is_image_id(&id) {
            return;
        }
        spawn_local(async move {
            let answer = client::fetch::<Image>(&region, &id).await;
            // Meanwhile another one may have been chosen.
            if form.image_id.with_untracked(|now| now.trim() == id) {
                arrived(launch, answer);
            }
        });
    });
}

fn arrived(launch: Launch, answer: Result<Image, ApiError>) {
    match answer {
        Ok(image) => launch.form.set_image(image),
        Err(error) => {
            launch.form.image_problem.set(Some(image_problem(&error)));
            launch.validation.touch("image_id");
        }
    }
}

#[component]
pub fn ImageStep(launch: Launch) -> impl IntoView {
    let Launch { form, validation, .. } = launch;
    let on_pick = Callback::new(move |item: Item| {
        let image = item.get::<Image>();
        // The image first: its id alone would be asked for.
        form.set_image(image.clone());
        form.image_id.set(image.id.clone());
        validation.edit("image_id");
    });
    let picked = Signal::derive(move || form.image_id.with(|id| id.trim().to_owned()));
    view! {
        <div class="form">
            <div class="image-choice" data-field="image_id">
                <TextField
                    label=t("Image ID")
                    value=form.image_id
                    mono=true
                    error=validation.error("image_id")
                    help=Some(t("Choose an image below, or enter an ID such as ami-0123456789abcdef0."))
                />
                {move || form.image.get().filter(|image| form.image_id.with(|id| id.trim() == image.id)).map(|image| view! { <Chosen image=image/> })}
            </div>
            <Picker kind=Kind::Image on_pick=on_pick selected=picked/>
        </div>
    }
}

#[component]
fn Chosen(image: Image) -> impl IntoView {
    let platform = if image.platform_details.is_empty() { image.platform } else { image.platform_details };
    let facts = [image.architecture, platform, image.root_device_type];
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    view! {
        <Field label=t("Chosen image")>
            <div class="chosen-image" translate="no">
                <Icon name="disc"/>
                <div>
                    <p class="chosen-image-name">{if image.name.is_empty() { image.id } else { image.name }}</p>
                    <p class="hint">{facts.join(" · ")}</p>
                    {(!image.description.is_empty()).then(|| view! { <p class="hint">{image.description}</p> })}
                </div>
            </div>
        </Field>
    }
}
