//! What the machine runs when it first starts: typed, or from a file of any sort.

use api::instance::MAX_USER_DATA;
use base64::{Engine, engine::general_purpose::STANDARD};
use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use super::{Launch, form::UserDataFile};
use crate::{
    file::{self, FileInput},
    format,
    locale::t,
    ui::{Field, Icon, IconButton, TextArea, use_toasts},
};

#[component]
pub fn UserData(launch: Launch) -> impl IntoView {
    let Launch { form, validation, .. } = launch;
    let toasts = use_toasts();
    let picked = Callback::new(move |picked: File| {
        spawn_local(async move {
            match take(&picked).await {
                Ok(file) => form.user_data_file.set(Some(file)),
                Err(_) => toasts.failure(t("The browser could not read this file.")),
            }
            validation.edit("user_data");
            validation.touch("user_data");
        });
    });
    let remove = Callback::new(move |()| {
        form.user_data_file.set(None);
        validation.edit("user_data");
    });
    view! {
        <div class="user-data" data-field="user_data">
            {move || match form.user_data_file.get() {
                None => view! {
                    <TextArea
                        label=t("User data")
                        value=form.user_data
                        required=false
                        mono=true
                        rows=5
                        error=validation.error("user_data")
                        help=Some(t("A script or cloud-init configuration that runs at the first start. At most 16 KB."))
                    />
                }
                .into_any(),
                Some(file) => view! {
                    <Field label=t("User data") required=false error=validation.error("user_data")>
                        <p class="file-chip">
                            <Icon name="file-text"/>
                            <span translate="no">{file.name}</span>
                            <span class="file-size" translate="no">{format::bytes(file.bytes)}</span>
                            <IconButton icon="x" label=t("Remove the file") on_click=remove/>
                        </p>
                    </Field>
                }
                .into_any(),
            }}
            <FileInput label=t("Choose a file") on_pick=picked/>
        </div>
    }
}

/// Reads the file, unless it is too large to be sent anyway.
async fn take(file: &File) -> Result<UserDataFile, wasm_bindgen::JsValue> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number far below 2^53")]
    let bytes = file.size() as usize;
    let content = if bytes > MAX_USER_DATA { String::new() } else { STANDARD.encode(file::read(file).await?) };
    Ok(UserDataFile { name: file.name(), bytes, content })
}
