//! The password of a Windows instance, decrypted in the browser with the private key of its key pair.

use api::{
    encoding::base64,
    error::ApiError,
    instance::{Instance, PasswordData},
    kind::Kind,
    resource::Resource,
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use crate::{
    client,
    file::{self, FileInput},
    locale::{t, tf},
    paths,
    private_key::{PrivateKey, Problem},
    session::use_region,
    ui::{Button, Copy, Dialog, ErrorPanel, Notice, Skeleton, TextArea, Tone, Variant, use_dialogs},
};

#[component]
pub fn PasswordDialog(instance: Instance) -> impl IntoView {
    let dialogs = use_dialogs();
    let close = Callback::new(move |()| dialogs.close());
    let name = if instance.name().is_empty() { instance.id.clone() } else { instance.name().to_owned() };
    let footer = move || view! { <Button variant=Variant::Primary on_click=close>{t("Done")}</Button> };
    view! {
        <Dialog title=tf("Windows password of {name}", &[("name", name)]) on_close=close footer=footer>
            <div class="form"><Password instance/></div>
        </Dialog>
    }
}

/// Asks the cloud for the encrypted password, then the user for the key.
#[component]
pub fn Password(instance: Instance) -> impl IntoView {
    let region = use_region();
    let data = RwSignal::new(None::<Result<PasswordData, ApiError>>);
    let loading = RwSignal::new(false);
    let id = StoredValue::new(instance.id);
    let load = move || {
        let rest = id.with_value(|id| format!("{}/password-data", paths::encode(id)));
        let path = client::kind_path(Kind::Instance, &rest, &region.get_untracked(), &[]);
        loading.set(true);
        spawn_local(async move {
            let answer = client::get(&path).await;
            // The dialog may be closed by now.
            if loading.try_set(false).is_none() {
                data.set(Some(answer));
            }
        });
    };
    let key_name = StoredValue::new(instance.key_name);
    if key_name.with_value(String::is_empty) {
        let text = t("It was launched without a key pair, so there is nothing that the cloud could encrypt its password for.");
        return view! { <Notice tone=Tone::Warn>{text}</Notice> }.into_any();
    }
    Effect::new(move |_| load());
    let content = move || match data.get() {
        None => view! { <div aria-busy="true"><Skeleton lines=3/></div> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=Callback::new(move |()| load())/> }.into_any(),
        Some(Ok(data)) if data.encrypted.is_empty() => {
            let text = t("The cloud does not have it yet. Windows makes it at the first start, which takes a few minutes.");
            view! {
                <Notice tone=Tone::Neutral>{text}</Notice>
                <p><Button small=true icon="refresh-cw" busy=loading on_click=load>{t("Look again")}</Button></p>
            }
            .into_any()
        }
        Some(Ok(data)) => view! { <Decrypt encrypted=data.encrypted key_name=key_name.get_value()/> }.into_any(),
    };
    content.into_any()
}

/// Takes the key, and shows the password. What was typed stays until the dialog is closed, and goes nowhere.
#[component]
fn Decrypt(encrypted: String, key_name: String) -> impl IntoView {
    let key = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let password = RwSignal::new(None::<String>);
    let encrypted = StoredValue::new(encrypted);
    let decrypt = move || {
        let opened = key.with_untracked(|key| encrypted.with_value(|encrypted| open(key, encrypted)));
        problem.set(opened.as_ref().err().map(|problem| t(problem.text())));
        password.set(opened.ok());
    };
    let picked = Callback::new(move |picked: File| {
        spawn_local(async move {
            let text = file::read(&picked).await.ok().and_then(|bytes| String::from_utf8(bytes).ok());
            key.set(text.unwrap_or_default());
            decrypt();
        });
    });
    let shown = move || {
        password.get().map(|password| {
            view! {
                <dl class="connect-facts">
                    <dt>{t("Password")}</dt>
                    <dd>
                        <div class="command">
                            <code translate="no">{password.clone()}</code>
                            <Copy text=password label=t("Copy password")/>
                        </div>
                    </dd>
                </dl>
            }
        })
    };
    view! {
        <TextArea
            label=tf("Private key of {name}", &[("name", key_name)])
            value=key
            error=problem
            help=Some(t("It is used here, in your browser: it is neither sent nor kept."))
            mono=true
        />
        <p class="download-row">
            <FileInput label=t("Choose a file") on_pick=picked/>
            <Button icon="key-round" small=true on_click=decrypt>{t("Decrypt password")}</Button>
        </p>
        // There from the start, or screen readers would not tell what comes into it.
        <div aria-live="polite">{shown}</div>
    }
}

fn open(key: &str, encrypted: &str) -> Result<String, Problem> {
    let key = PrivateKey::from_pem(key)?;
    let encrypted = base64(encrypted).ok_or(Problem::OtherKey)?;
    String::from_utf8(key.decrypt(&encrypted)?).map_err(|_| Problem::OtherKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_and_what_was_encrypted_for_it_make_a_password() {
        let key = include_str!("../../tests/keys/pkcs8.pem");
        let encrypted = include_str!("../../tests/keys/encrypted.txt");
        let (first, second) = encrypted.split_at(76);
        assert_eq!(open(key, &format!("{first}\n{second}\n")).as_deref(), Ok("Passw0rd&<ü>"));
        assert_eq!(open(key, "not base64"), Err(Problem::OtherKey));
        assert_eq!(open("", encrypted), Err(Problem::NoKey));
    }
}
