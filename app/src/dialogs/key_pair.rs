//! Makes a key pair, or imports a public key. The private key of a new pair exists only in the cloud's answer: it is saved at once, can be
//! saved again while the dialog is open, and is forgotten with it.

use api::{
    command,
    error::ApiError,
    key_pair::{KeyPair, KeyPairDraft},
    outcome::OneTimeFile,
    resource::Mutation,
};
use leptos::{html, prelude::*, task::spawn_local};

use super::one_time::OneTime;
use crate::{
    client,
    locale::{t, tf},
    session::use_region,
    ui::{Button, Commands, Dialog, ErrorPanel, RadioGroup, TextArea, TextField, Variant, use_dialogs, use_toasts},
    wizard::{Validation, focus_first_wrong},
};

const MEDIA_TYPE: &str = "application/x-pem-file";
const FIELDS: &[&str] = &["name", "key_type", "public_key"];

#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    /// `create` or `import`.
    source: RwSignal<String>,
    key_type: RwSignal<String>,
    public_key: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        Self {
            name: RwSignal::default(),
            source: RwSignal::new("create".to_owned()),
            key_type: RwSignal::new("ed25519".to_owned()),
            public_key: RwSignal::default(),
        }
    }

    fn is_import(&self) -> bool {
        self.source.with(|source| source == "import")
    }

    fn check(&self) -> api::error::FieldErrors {
        let mut errors = KeyPairDraft::from(self).check();
        if self.is_import() && self.public_key.with(|key| key.trim().is_empty()) {
            errors.insert("public_key".into(), "Paste the public key, or choose its file.".into());
        }
        errors.values_mut().for_each(|message| *message = t(message));
        errors
    }
}

impl From<&Form> for KeyPairDraft {
    fn from(form: &Form) -> Self {
        let import = form.is_import();
        Self {
            name: form.name.with(|name| name.trim().to_owned()),
            key_type: if import { String::new() } else { form.key_type.get() },
            public_key: if import { form.public_key.with(|key| key.trim().to_owned()) } else { String::new() },
        }
    }
}

/// Asks for a name, and says the new pair's name to `on_created`.
#[component]
pub fn CreateKeyPair(on_created: Callback<String>) -> impl IntoView {
    let form = Form::new();
    let made = RwSignal::new(None::<OneTimeFile>);
    move || match made.get() {
        Some(file) => keep(file),
        None => view! { <Ask form=form made=made on_created=on_created/> }.into_any(),
    }
}

/// Hands over the private key.
fn keep(file: OneTimeFile) -> AnyView {
    let dialogs = use_dialogs();
    view! {
        <OneTime
            file
            media_type=MEDIA_TYPE
            title="Keep the private key"
            warning="This is the only time that the private key can be had. Without it, instances of this key pair cannot be entered."
            on_close=Callback::new(move |()| dialogs.close())
        />
    }
    .into_any()
}

#[component]
fn Ask(form: Form, made: RwSignal<Option<OneTimeFile>>, on_created: Callback<String>) -> impl IntoView {
    let region = use_region();
    let (dialogs, toasts) = (use_dialogs(), use_toasts());
    let on_close = Callback::new(move |()| dialogs.close());
    let validation = Validation::new(move || form.check());
    let root = NodeRef::<html::Div>::new();
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<ApiError>);
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        validation.demand(FIELDS);
        if untrack(|| validation.is_wrong(FIELDS)) {
            focus_first_wrong(root);
            return;
        }
        let draft = untrack(|| KeyPairDraft::from(&form));
        let region = region.get_untracked();
        refusal.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = client::create::<KeyPair>(&region, &draft).await;
            let is_closed = busy.try_set(false).is_some();
            match answer {
                Ok(created) => {
                    on_created.try_run(draft.name.clone());
                    match created.secret {
                        // It can be had only now, also by who has closed the dialog.
                        Some(file) if is_closed => dialogs.open(move || keep(file)),
                        Some(file) => made.set(Some(file)),
                        None => {
                            toasts.success(tf("Key pair {name} imported", &[("name", draft.name)]));
                            dialogs.close();
                        }
                    }
                }
                Err(error) if is_closed => toasts.error(error),
                Err(error) => {
                    validation.refuse(error.fields.clone());
                    // A refusal that stands at its field need not be said twice.
                    if untrack(|| validation.is_wrong(FIELDS)) {
                        focus_first_wrong(root);
                    } else {
                        refusal.set(Some(error));
                    }
                }
            }
        });
    };
    let send = Callback::new(move |()| send());
    let commands = Signal::derive(move || command::lines(KeyPairDraft::from(&form).commands(&[]), &region.get()));
    let label = move || if form.is_import() { t("Import key pair") } else { t("Create key pair") };
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=on_close>{t("Cancel")}</Button>
            <Button variant=Variant::Primary kind="submit" busy=busy>{label}</Button>
        }
    };
    view! {
        <Dialog title=t("Create key pair") on_close=on_close on_submit=send footer=footer>
            <div
                class="form"
                node_ref=root
                on:input=move |event| validation.on_input(&event)
                on:focusout=move |event| validation.on_focusout(&event)
            >
                {move || refusal.get().map(|error| view! { <ErrorPanel error=error/> })}
                <TextField label=t("Name") name="name" value=form.name error=validation.error("name") autofocus=true/>
                <RadioGroup
                    label=t("Source")
                    value=form.source
                    options=vec![("create".to_owned(), t("Let the cloud make one")), ("import".to_owned(), t("Import a public key"))]
                />
                <div class="form" hidden=move || form.is_import()>
                    <RadioGroup
                        label=t("Type")
                        value=form.key_type
                        options=vec![
                            ("ed25519".to_owned(), t("Ed25519: short and modern; not for Windows")),
                            ("rsa".to_owned(), t("RSA: for every system, Windows too")),
                        ]
                        help=Some(t("The private key is downloaded once. The cloud does not keep it."))
                    />
                </div>
                <div class="form" hidden=move || !form.is_import()>
                    <PublicKey form=form validation=validation/>
                </div>
                <Commands lines=commands/>
            </div>
        </Dialog>
    }
}

#[component]
fn PublicKey(form: Form, validation: Validation) -> impl IntoView {
    view! {
        <div data-field="public_key">
            <TextArea
                label=t("Public key")
                value=form.public_key
                error=validation.error("public_key")
                help=Some(t("In OpenSSH's form, which begins with ssh-ed25519 or ssh-rsa, in that of RFC 4716, or DER in base64."))
                mono=true
            />
        </div>
        <crate::file::FileInput
            label=t("Choose a file")
            on_pick=Callback::new(move |file: web_sys::File| {
                spawn_local(async move {
                    if let Ok(bytes) = crate::file::read(&file).await {
                        form.public_key.set(String::from_utf8_lossy(&bytes).trim().to_owned());
                        validation.edit("public_key");
                        validation.touch("public_key");
                    }
                });
            })
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draft_holds_only_what_the_chosen_source_needs() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new();
        form.name.set("ops".into());
        form.public_key.set("ssh-rsa AAAA me".into());
        let created = KeyPairDraft::from(&form);
        assert_eq!((created.key_type.as_str(), created.public_key.as_str()), ("ed25519", ""));
        form.source.set("import".into());
        let imported = KeyPairDraft::from(&form);
        assert_eq!((imported.key_type.as_str(), imported.public_key.as_str()), ("", "ssh-rsa AAAA me"));
    }

    #[test]
    fn an_import_needs_a_key() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new();
        form.name.set("ops".into());
        assert!(form.check().is_empty());
        form.source.set("import".into());
        assert!(form.check().contains_key("public_key"));
        form.public_key.set("-----BEGIN PRIVATE KEY-----".into());
        assert!(form.check().contains_key("public_key"));
    }
}
