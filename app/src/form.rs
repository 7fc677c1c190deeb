//! The dialog that fills in a change, for every form there is. What a form is made of says [`crate::spec::form`].
//!
//! It edits the change's own values, checks them by the change's own rules, shows the command lines that would do the same, and stays open
//! with all that was typed until the cloud has agreed.

mod field;
mod pick;
mod region;
mod state;

use std::future::Future;

use api::{
    error::{ApiError, FieldErrors},
    kind::Kind,
    outcome::OneTimeFile,
    resource::Resource,
};
use leptos::{html, prelude::*, task::spawn_local};

use self::{field::FieldView, state::State};
use crate::{
    action::{PORTION, count},
    dialogs::one_time,
    lazy::{self, parts},
    list::refresh,
    locale::{t, tf},
    session::use_region,
    spec::{
        Change, Item, Local, Sent,
        form::{Form, Values},
    },
    ui::{Button, Commands, Dialog, ErrorPanel, Notice, TextField, Tone, Variant, use_dialogs, use_toasts},
    wizard::{Validation, focus_first_wrong},
};

/// How a filled-in change is sent. What comes back as an error is shown in the dialog.
pub type Send = Callback<Change, Local<Answer>>;

/// What became of a change, with what can be had only now.
pub type Answer = Result<Option<OneTimeFile>, ApiError>;

/// The dialog that makes a resource, with what is known of it already.
pub fn create<T: Resource>(form: &'static Form, draft: &T::Draft) -> AnyView {
    create_any(T::KIND, form, Change::create::<T>(draft))
}

/// As [`create`], for a draft whose type is not known.
pub fn create_any(kind: Kind, form: &'static Form, change: Change) -> AnyView {
    lazy::dialog(parts::create, (kind, form, change))
}

pub(crate) fn create_dialog(kind: Kind, form: &'static Form, change: Change) -> AnyView {
    let toasts = use_toasts();
    let region = use_region();
    let send: Send = Callback::new(move |change: Change| {
        let region = region.get_untracked();
        Box::pin(async move {
            let touches = change.touches();
            let mut secret = None;
            if let Sent::Created(created) = change.send(region, Vec::new()).await? {
                let what = match created.ids.as_slice() {
                    [id] => format!("{} {id}", t(kind.one())),
                    ids => count(kind, ids.len()),
                };
                toasts.success(tf("Created: {what}", &[("what", what)]));
                secret = created.secret;
                created.warnings.into_iter().for_each(|warning| toasts.error(warning));
            }
            refresh(touches);
            Ok(secret)
        }) as _
    });
    view! { <FormDialog title=t(form.title) form change ids=Vec::new() send/> }.into_any()
}

/// What has to be typed before a change is sent that would lock the user out.
pub struct Guard {
    /// What the resource is called.
    pub called: String,
    /// Why, as the values stand.
    pub guard: Callback<Values, Option<&'static str>>,
}

#[component]
pub fn FormDialog(
    title: String,
    form: &'static Form,
    /// What it starts with.
    change: Change,
    /// What it acts on; empty for a draft.
    ids: Vec<String>,
    /// The first of them.
    #[prop(optional_no_strip)]
    subject: Option<Item>,
    /// What has to be seen to fill it in.
    #[prop(optional)]
    above: Option<AnyView>,
    /// What one should see before it is sent.
    #[prop(optional_no_strip)]
    before: Option<AnyView>,
    /// It destroys.
    #[prop(optional)]
    danger: bool,
    #[prop(optional)] guard: Option<Guard>,
    /// What comes after it was sent; closing, if nothing else is said.
    #[prop(optional, into)]
    then: Option<Callback<()>>,
    send: Send,
) -> impl IntoView {
    let (dialogs, toasts) = (use_dialogs(), use_toasts());
    let region = use_region();
    let state = State::new(form, &change.values);
    let change = StoredValue::new(change);
    let ids = StoredValue::new(ids);
    // Only actions tell how far they are.
    let acts = subject.is_some();
    let subject = StoredValue::new(subject);
    let values = Memo::new(move |_| state.values());
    let now = move || change.with_value(|change| change.with(values.get()));
    let validation = Validation::new(move || errors(state, &now()));
    let root = NodeRef::<html::Div>::new();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<ApiError>);

    let (called, guard) = guard.map(|Guard { called, guard }| (called, guard)).unzip();
    let called = StoredValue::new(called.unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let danger_of = Memo::new(move |_| guard.and_then(|guard| guard.run(values.get())));
    let reason = Signal::derive(move || {
        let is_typed = || typed.with(|typed| called.with_value(|called| typed.trim() == called));
        (danger_of.get().is_some() && !is_typed()).then(|| t("Type the name first."))
    });
    let warning = move || {
        danger_of.get().map(|why| {
            let label = tf("Type {name} to go on", &[("name", called.get_value())]);
            view! { <Notice tone=Tone::Warn><p>{t(why)}</p></Notice><TextField label value=typed mono=true/> }
        })
    };
    let keys = move || form.fields.iter().map(|field| field.key).chain([""]).collect::<Vec<_>>();
    let close = Callback::new(move |()| dialogs.close());
    let submit = Callback::new(move |()| {
        if busy.get_untracked() || untrack(|| reason.get()).is_some() {
            return;
        }
        validation.demand(&keys());
        if untrack(|| validation.is_wrong(&keys())) {
            focus_first_wrong(root);
            return;
        }
        let sending = send.run(untrack(now));
        trouble.set(None);
        busy.set(true);
        if acts && ids.with_value(Vec::len) > PORTION {
            // Its progress is told below, where the dialog would hide it.
            dialogs.close();
        }
        spawn_local(async move {
            let answer = sending.await;
            let is_closed = busy.try_set(false).is_some();
            match answer {
                Ok(secret) => {
                    match then {
                        Some(then) if !is_closed => then.run(()),
                        _ => dialogs.close(),
                    }
                    if let Some(file) = secret {
                        dialogs.open(move || one_time::credentials(file));
                    }
                }
                Err(error) if is_closed => toasts.error(error),
                Err(error) => {
                    validation.refuse(error.fields.clone());
                    if untrack(|| validation.is_wrong(&keys())) {
                        focus_first_wrong(root);
                    }
                    trouble.try_set(Some(error));
                }
            }
        });
    });
    let lines = Signal::derive(move || ids.with_value(|ids| now().commands(ids, &region.get())));
    let whole = validation.error("");
    let fields = form
        .fields
        .iter()
        .zip(state.inputs())
        .map(|(field, input)| {
            let there = Memo::new(move |_| field.when.is_none_or(|when| values.with(when)));
            move || there.get().then(|| view! { <FieldView field state input values validation subject/> })
        })
        .collect_view();
    let variant = if danger { Variant::Danger } else { Variant::Primary };
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=close>{t("Cancel")}</Button>
            <Button variant=variant kind="submit" busy=busy reason>{t(form.submit)}</Button>
        }
    };
    view! {
        <Dialog title=title on_close=close on_submit=submit footer=footer>
            <div
                class="form"
                node_ref=root
                on:input=move |event| validation.on_input(&event)
                on:focusout=move |event| validation.on_focusout(&event)
            >
                {(!form.intro.is_empty()).then(|| view! { <p class="form-intro">{t(form.intro)}</p> })}
                {move || trouble.get().map(|error| view! { <ErrorPanel error=error/> })}
                {move || whole.get().map(|error| view! { <p class="field-error">{error}</p> })}
                {above}
                {fields}
                {before}
                {warning}
                <Commands lines=lines/>
            </div>
        </Dialog>
    }
}

/// What is wrong: first what cannot be read as the field's own sort of value, then what the change itself refuses.
fn errors(state: State, change: &Change) -> FieldErrors {
    let mut errors = state.unreadable();
    let refused = if errors.is_empty() { change.check() } else { FieldErrors::new() };
    errors.extend(refused.into_iter().map(|(key, message)| (state.on_screen(&key), t(&message))));
    errors
}

/// Waits for a change and leaves the dialog open where the cloud refuses it.
pub fn sending(future: impl Future<Output = Answer> + 'static) -> Local<Answer> {
    Box::pin(future)
}
