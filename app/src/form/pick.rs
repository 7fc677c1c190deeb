//! Fields that choose among the cloud's resources.

use api::error::ApiError;
use leptos::{prelude::*, task::spawn_local};

use super::state::State;
use crate::{
    client, label,
    locale::{t, tf},
    session::use_region,
    spec::{
        self, Item,
        form::{Pick, Values},
    },
    ui::{ErrorPanel, Field, Select},
};

/// The candidates of a field, as value and label.
#[derive(Clone, Copy)]
struct Candidates {
    items: RwSignal<Vec<Item>>,
    options: Memo<Vec<(String, String)>>,
    loading: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

/// Loads what can be chosen, again whenever a field changes that the list depends on.
fn candidates(pick: &'static Pick, values: Memo<Values>, subject: StoredValue<Option<Item>>) -> Candidates {
    let spec = spec::of(pick.kind).expect("a law test looks up what forms choose from");
    let region = use_region();
    let items = RwSignal::new(Vec::<Item>::new());
    let loading = RwSignal::new(true);
    let error = RwSignal::new(None);
    let asked = StoredValue::new(0_u32);
    let args = Memo::new(move |_| {
        let arg = |(arg, key): &(&'static str, &'static str)| (*arg, values.with(|values| values.text(key).to_owned()));
        pick.args.iter().map(arg).filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        let (region, args) = (region.get(), args.get());
        let number = asked.get_value() + 1;
        asked.set_value(number);
        loading.set(true);
        spawn_local(async move {
            let found = client::items(spec, &region, &args).await;
            // The dialog is closed by now, or has asked for something else since.
            if asked.try_get_value() != Some(number) {
                return;
            }
            let (found, failed) = match found {
                Ok(found) => (found, None),
                // What another question brought is no answer to this one.
                Err(failed) => (Vec::new(), Some(failed)),
            };
            items.set(found);
            error.set(failed);
            loading.set(false);
        });
    });
    let options = Memo::new(move |_| {
        let values = values.get();
        let value = |item: &Item| value_of(pick, item);
        let fits = |item: &&Item| subject.with_value(|subject| (pick.fits)(item, &values, subject.as_ref()));
        items.with(|items| {
            let mut options: Vec<_> = items.iter().filter(fits).map(|item| (value(item), label::item(spec, item))).collect();
            options.sort_by(|a, b| a.1.cmp(&b.1));
            options
        })
    });
    Candidates { items, options, loading, error }
}

/// What a resource stands for in the change.
fn value_of(pick: &Pick, item: &Item) -> String {
    let id = || spec::of(pick.kind).map_or_else(String::new, |spec| spec.id(item).to_owned());
    pick.value.map_or_else(id, |value| value(item))
}

#[component]
pub fn PickOne(
    pick: &'static Pick,
    label: String,
    value: RwSignal<String>,
    state: State,
    values: Memo<Values>,
    subject: StoredValue<Option<Item>>,
    error: Signal<Option<String>>,
    help: Option<String>,
    required: bool,
) -> impl IntoView {
    let found = candidates(pick, values, subject);
    if let Some((key, suggestion)) = pick.suggests {
        Effect::new(move |_| {
            let chosen = value.get();
            let text = found.items.with(|items| items.iter().find(|item| value_of(pick, item) == chosen).map(suggestion));
            if let Some(text) = text {
                state.suggest(key, text);
            }
        });
    }
    let what = t(pick.kind.one());
    let options = Signal::derive(move || {
        let mut options = found.options.get();
        let chosen = value.get();
        // What the form began with stays choosable while the list is on its way, and where it does not have it.
        if !chosen.is_empty() && !options.iter().any(|(value, _)| *value == chosen) {
            options.insert(0, (chosen.clone(), chosen));
        }
        let none = if found.loading.get() {
            t("Loading…")
        } else if !pick.none.is_empty() {
            t(pick.none)
        } else if options.is_empty() {
            tf("There is no {what} to choose", &[("what", what.clone())])
        } else {
            tf("Choose: {what}", &[("what", what.clone())])
        };
        options.insert(0, (String::new(), none));
        options
    });
    view! {
        <Select label value options error help required/>
        {move || found.error.get().map(|error| view! { <ErrorPanel error/> })}
    }
}

#[component]
pub fn PickMany(
    pick: &'static Pick,
    label: String,
    chosen: RwSignal<Vec<String>>,
    values: Memo<Values>,
    subject: StoredValue<Option<Item>>,
    error: Signal<Option<String>>,
    help: Option<String>,
    required: bool,
    on_change: Callback<()>,
) -> impl IntoView {
    let found = candidates(pick, values, subject);
    let line = move |(value, text): (String, String)| {
        let own = value.clone();
        let toggle = move |_| {
            chosen.update(|chosen| match chosen.iter().position(|other| *other == value) {
                Some(index) => _ = chosen.remove(index),
                None => chosen.push(value.clone()),
            });
            on_change.run(());
        };
        view! {
            <li>
                <label class="check">
                    <input type="checkbox" prop:checked=move || chosen.with(|chosen| chosen.contains(&own)) on:change=toggle/>
                    <span translate="no">{text}</span>
                </label>
            </li>
        }
    };
    let nothing = move || {
        found.options.with(Vec::is_empty).then(|| {
            let text =
                if found.loading.get() { t("Loading…") } else { tf("There is no {what} to choose", &[("what", t(pick.kind.one()))]) };
            view! { <p class="field-help">{text}</p> }
        })
    };
    view! {
        <Field label error help required>
            <ul class="picks">{move || found.options.get().into_iter().map(line).collect_view()}</ul>
            {nothing}
            {move || found.error.get().map(|error| view! { <ErrorPanel error/> })}
        </Field>
    }
}
