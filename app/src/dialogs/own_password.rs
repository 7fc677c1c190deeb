//! A new password for whoever is signed in, with the old one.

use api::{
    error::{ApiError, FieldErrors},
    session::{NewPassword, SessionInfo},
};
use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    client::{self, Method},
    locale::{t, tf},
    paths,
    ui::{Button, Dialog, ErrorPanel, TextField, Variant, use_dialogs, use_toasts},
    wizard::{Validation, focus_first_wrong},
};

const FIELDS: &[&str] = &["password", "new_password", "new_password_again"];

#[derive(Clone, Copy)]
struct Form {
    password: RwSignal<String>,
    new_password: RwSignal<String>,
    new_password_again: RwSignal<String>,
}

impl Form {
    fn read(self) -> NewPassword {
        NewPassword {
            password: self.password.get(),
            new_password: self.new_password.get(),
            new_password_again: self.new_password_again.get(),
        }
    }

    fn check(self) -> FieldErrors {
        let mut errors = self.read().check();
        errors.values_mut().for_each(|message| *message = t(message));
        errors
    }
}

#[component]
pub fn OwnPassword(of: SessionInfo) -> impl IntoView {
    let (dialogs, toasts) = (use_dialogs(), use_toasts());
    let on_close = Callback::new(move |()| dialogs.close());
    let form = Form { password: RwSignal::default(), new_password: RwSignal::default(), new_password_again: RwSignal::default() };
    let validation = Validation::new(move || form.check());
    let root = NodeRef::<html::Div>::new();
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<ApiError>);
    let path = StoredValue::new(format!("{}/password", paths::identity(&of.identity)));
    let send = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        validation.demand(FIELDS);
        if untrack(|| validation.is_wrong(FIELDS)) {
            focus_first_wrong(root);
            return;
        }
        let wanted = untrack(|| form.read());
        refusal.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = client::send::<_, ()>(Method::PUT, &path.get_value(), &wanted).await;
            let is_closed = busy.try_set(false).is_some();
            match answer {
                Ok(()) => {
                    toasts.success(t("Your password is changed"));
                    if !is_closed {
                        dialogs.close();
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
    });
    let footer = move || {
        view! {
            <Button variant=Variant::Quiet on_click=on_close>{t("Cancel")}</Button>
            <Button variant=Variant::Primary kind="submit" busy=busy>{t("Change password")}</Button>
        }
    };
    view! {
        <Dialog title=tf("Change the password of {name}", &[("name", of.user)]) on_close=on_close on_submit=send footer=footer>
            <div
                class="form"
                node_ref=root
                on:input=move |event| validation.on_input(&event)
                on:focusout=move |event| validation.on_focusout(&event)
            >
                {move || refusal.get().map(|error| view! { <ErrorPanel error=error/> })}
                <TextField
                    label=t("Password")
                    name="password"
                    value=form.password
                    error=validation.error("password")
                    help=Some(t("The one that you have now."))
                    input_type="password"
                    autocomplete="current-password"
                    autofocus=true
                />
                <TextField
                    label=t("New password")
                    name="new_password"
                    value=form.new_password
                    error=validation.error("new_password")
                    help=Some(t("At least six characters."))
                    input_type="password"
                    autocomplete="new-password"
                />
                <TextField
                    label=t("New password again")
                    name="new_password_again"
                    value=form.new_password_again
                    error=validation.error("new_password_again")
                    input_type="password"
                    autocomplete="new-password"
                />
            </div>
        </Dialog>
    }
}
