//! A file that can be had once: saved when it comes, and again for as long as the dialog is open. It is forgotten with it.

use api::outcome::OneTimeFile;
use leptos::prelude::*;

use crate::{
    download,
    locale::t,
    ui::{Button, Dialog, Notice, Tone, Variant, use_dialogs},
};

/// The dialog for passwords and access keys.
pub fn credentials(file: OneTimeFile) -> AnyView {
    let dialogs = use_dialogs();
    let on_close = Callback::new(move |()| dialogs.close());
    view! {
        <OneTime
            file
            media_type="text/csv"
            title="Keep the credentials"
            warning="This is the only time that these secrets can be had. Whoever loses them needs new ones."
            on_close
        />
    }
    .into_any()
}

#[component]
pub fn OneTime(
    file: OneTimeFile,
    media_type: &'static str,
    /// English, as the warning.
    title: &'static str,
    warning: &'static str,
    on_close: Callback<()>,
) -> impl IntoView {
    let name = file.file_name.clone();
    let save = Callback::new(move |()| download::text(&file.file_name, media_type, &file.content));
    Effect::new(move || save.run(()));
    let footer = move || view! { <Button variant=Variant::Primary on_click=on_close>{t("I have the file")}</Button> };
    view! {
        <Dialog title=t(title) on_close=on_close footer=footer>
            <div class="form">
                <Notice tone=Tone::Warn>{t(warning)}</Notice>
                <p class="download-row">
                    <code translate="no">{name}</code>
                    <Button variant=Variant::Secondary icon="download" on_click=save>{t("Download again")}</Button>
                </p>
                <p class="hint">{t("Your browser has saved it with your downloads.")}</p>
            </div>
        </Dialog>
    }
}
