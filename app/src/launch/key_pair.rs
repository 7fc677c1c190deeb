//! The key pair that opens the instances, with a new one made on the spot.

use api::key_pair::KeyPair;
use leptos::prelude::*;

use super::{Launch, form::NO_KEY_PAIR};
use crate::{
    dialogs::key_pair::CreateKeyPair,
    locale::t,
    ui::{Button, ErrorPanel, Notice, Select, Tone, use_dialogs},
};

#[component]
pub fn KeyPairField(launch: Launch) -> impl IntoView {
    let Launch { form, choices, validation, region } = launch;
    let dialogs = use_dialogs();
    let options = Signal::derive(move || {
        let first = if choices.key_pairs.loading.get() { t("Loading…") } else { t("Choose a key pair") };
        let mut pairs = choices.key_pairs.items.get();
        pairs.sort_by(|a, b| a.name.cmp(&b.name));
        let label =
            |pair: &KeyPair| if pair.key_type.is_empty() { pair.name.clone() } else { format!("{} · {}", pair.name, pair.key_type) };
        let mut options = vec![(String::new(), first), (NO_KEY_PAIR.to_owned(), t("None: launch without a key pair"))];
        options.extend(pairs.iter().map(|pair| (pair.name.clone(), label(pair))));
        options
    });
    let on_created = Callback::new(move |name: String| {
        // In sight at once; the list that follows has the rest of its facts.
        choices.key_pairs.items.update(|pairs| pairs.push(KeyPair { name: name.clone(), ..KeyPair::default() }));
        form.key_pair.set(name);
        validation.edit("key_name");
        choices.key_pairs.load(&region.get_untracked());
    });
    let create = Callback::new(move |()| dialogs.open(move || view! { <CreateKeyPair on_created=on_created/> }.into_any()));
    let retry = Callback::new(move |()| choices.key_pairs.load(&region.get_untracked()));
    view! {
        {move || choices.key_pairs.error.get().map(|error| view! { <ErrorPanel error=error on_retry=retry/> })}
        <div class="field-with-button">
            <div class="form-grow" data-field="key_name">
                <Select label=t("Key pair") value=form.key_pair options=options error=validation.error("key_name")/>
            </div>
            <Button icon="plus" on_click=create>{t("Create key pair")}</Button>
        </div>
        {move || form.key_pair.with(|name| name == NO_KEY_PAIR).then(|| view! {
            <Notice tone=Tone::Warn>
                {t("Without a key pair nobody can enter the instance by SSH, unless the image or the user data provides another way.")}
            </Notice>
        })}
    }
}
