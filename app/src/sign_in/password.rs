//! The fields for clouds where people have passwords, and the choice between these and a key.
//!
//! Which fields are seen is decided by the style sheet, from what is chosen in the form: it works before the application is there.

use api::{
    error::ErrorCode,
    session::{Refused, SignInBy},
};
use leptos::prelude::*;

use super::Attempt;
use crate::{locale::t, ui::FormField};

/// Password or key.
#[component]
pub fn ByChoice(by: SignInBy) -> impl IntoView {
    let option = |value: SignInBy, name: &'static str, label: &str| {
        view! {
            <label class="sign-in-way">
                <input type="radio" name="by" value=name checked=by == value/>
                <span>{t(label)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="sign-in-by" aria-label=t("Sign in with")>
            {option(SignInBy::Password, "password", "Password")}
            {option(SignInBy::Keys, "keys", "Access key")}
        </fieldset>
    }
}

/// Account, user and password, and a new password where the old one has expired.
#[component]
pub fn PasswordFields(attempt: Attempt, account: String, user: String, changing: bool) -> impl IntoView {
    let changing = RwSignal::new(changing);
    Effect::new(move || {
        if attempt.refused.with(|refused| refused.as_ref().is_some_and(|error| error.code == ErrorCode::PasswordExpired)) {
            changing.set(true);
        }
    });
    view! {
        <div class="sign-in-password">
            <FormField label=t("Account") name="account" value=account error=attempt.error_of("account") autocomplete="organization"/>
            <FormField label=t("User name") name="user" value=user error=attempt.error_of("user") autocomplete="username"/>
            <FormField
                label=t("Password")
                name="password"
                input_type="password"
                error=attempt.error_of("password")
                autocomplete="current-password"
            />
            {move || {
                changing
                    .get()
                    .then(|| {
                        view! {
                            <FormField
                                label=t("New password")
                                name="new_password"
                                input_type="password"
                                error=attempt.error_of("new_password")
                                help=t("At least six characters.")
                                autocomplete="new-password"
                            />
                            <FormField
                                label=t("New password again")
                                name="new_password_again"
                                input_type="password"
                                error=attempt.error_of("new_password_again")
                                autocomplete="new-password"
                            />
                        }
                    })
            }}
        </div>
    }
}

/// Whether a refusal is about a password that has to be changed.
pub fn is_changing(refused: &Refused) -> bool {
    refused.error.code == ErrorCode::PasswordExpired
        || ["new_password", "new_password_again"].iter().any(|field| refused.error.fields.contains_key(*field))
}
