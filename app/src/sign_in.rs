//! The sign-in forms: plain HTML that the proxy can take without the application, taken over by it as soon as it is there.
//!
//! Used on the sign-in page and in the dialog that renews a session in place. What is typed stays in the form's own fields: a refusal loses
//! nothing, password managers see what they know, and the secret is in no signal.

mod demo;
mod endpoint;
mod keys;
mod password;

use api::{
    error::{ApiError, FieldErrors},
    session::{CloudInfo, CloudKind, DemoOptions, PasswordSignIn, SessionInfo, SignIn, SignInBy},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement};

pub use self::{demo::DemoForm, keys::KeyForm};
use crate::{
    client::{self, Method},
    locale::t,
    paths,
    session::Session,
};

/// One form's way from being sent to its answer.
#[derive(Clone, Copy)]
struct Attempt {
    form: NodeRef<html::Form>,
    busy: RwSignal<bool>,
    refused: RwSignal<Option<ApiError>>,
    /// Whether the refusal was painted: then the browser is asked for the focus, as there may be no application yet.
    painted: StoredValue<bool>,
    on_signed: Callback<SessionInfo>,
    clouds: StoredValue<Vec<CloudInfo>>,
    /// The identity that it takes the place of; otherwise it comes beside those that there are.
    instead: StoredValue<Option<String>>,
}

impl Attempt {
    fn new(refused: Option<ApiError>, on_signed: Callback<SessionInfo>, instead: Option<String>) -> Self {
        let attempt = Self {
            form: NodeRef::new(),
            busy: RwSignal::new(false),
            painted: StoredValue::new(refused.is_some()),
            refused: RwSignal::new(refused),
            on_signed,
            clouds: expect_context::<Session>().clouds,
            instead: StoredValue::new(instead),
        };
        Effect::new(move || {
            if attempt.refused.with(Option::is_some) {
                attempt.show_refusal();
            }
        });
        attempt
    }

    fn submit(self, event: &ev::SubmitEvent) {
        event.prevent_default();
        let Some(form) = self.form.get_untracked() else { return };
        let Ok(mut sign_in) = FormData::new_with_form(&form).map(|data| read(&data)) else { return };
        if self.busy.get_untracked() {
            return;
        }
        let kind = self.kind(&sign_in.cloud);
        // What a password manager has filled in where nobody sees it stays here.
        if sign_in.is_by_password(kind) {
            sign_in = SignIn { cloud: sign_in.cloud, by: sign_in.by, password: sign_in.password, ..SignIn::default() };
        } else {
            sign_in.password = PasswordSignIn::default();
        }
        let errors = sign_in.check(kind);
        if !errors.is_empty() {
            self.refused.set(Some(ApiError::invalid(errors)));
            return;
        }
        self.painted.set_value(false);
        self.refused.set(None);
        self.busy.set(true);
        let (method, path) = match self.instead.get_value() {
            None => (Method::POST, paths::identities()),
            Some(identity) => (Method::PUT, paths::identity(&identity)),
        };
        spawn_local(async move {
            let signed = client::send_once(method, &path, &sign_in).await;
            match signed {
                Ok(info) => self.on_signed.run(info),
                Err(error) => {
                    self.refused.set(Some(error));
                    self.busy.set(false);
                }
            }
        });
    }

    fn kind(self, cloud: &str) -> CloudKind {
        self.clouds.with_value(|clouds| clouds.iter().find(|info| info.key == cloud).map_or(CloudKind::Generic, |info| info.kind))
    }

    /// What is wrong with a field, if anything.
    fn error_of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.refused.with(|refused| Some(t(refused.as_ref()?.fields.get(field)?))))
    }

    /// The refusal, where it is not about single fields.
    fn general(self) -> Option<ApiError> {
        self.refused.get().filter(|error| error.fields.is_empty())
    }

    /// Leads the focus to what is wrong, and opens what hides it.
    fn show_refusal(self) {
        request_animation_frame(move || {
            let Some(Some(form)) = self.form.try_get_untracked() else { return };
            let form: &HtmlFormElement = &form;
            let wrong = form.query_selector("[aria-invalid=true]").ok().flatten();
            let Some(wrong) = wrong.or_else(|| form.query_selector("[role=alert]").ok().flatten()) else { return };
            if let Ok(Some(hidden_by)) = wrong.closest("details") {
                let _ = hidden_by.set_attribute("open", "");
            }
            let _ = wrong.unchecked_into::<HtmlElement>().focus();
        });
    }
}

/// The form's fields as the API takes them; the proxy reads the same names from the plain form.
fn read(data: &FormData) -> SignIn {
    let text = |name: &str| data.get(name).as_string().unwrap_or_default();
    let number = |name: &str| text(name).trim().parse().ok();
    SignIn {
        cloud: text("cloud"),
        endpoint: text("endpoint").trim().to_owned(),
        endpoint_region: text("endpoint_region").trim().to_owned(),
        access_key_id: text("access_key_id").trim().to_owned(),
        secret_access_key: text("secret_access_key").trim().to_owned(),
        session_token: text("session_token").trim().to_owned(),
        mfa_serial: text("mfa_serial").trim().to_owned(),
        mfa_code: text("mfa_code").trim().to_owned(),
        by: if text("by") == "password" { SignInBy::Password } else { SignInBy::Keys },
        password: PasswordSignIn {
            account: text("account").trim().to_owned(),
            user: text("user").trim().to_owned(),
            password: text("password"),
            new_password: text("new_password"),
            new_password_again: text("new_password_again"),
        },
        region: text("region"),
        demo: DemoOptions {
            instances: number("demo_instances"),
            images: number("demo_images"),
            delay: number("demo_delay").unwrap_or_default(),
            faults: text("demo_faults"),
            session_seconds: number("demo_session_seconds"),
        },
    }
}

/// Whether one of the fields that are seldom needed is what is wrong.
fn concerns_hidden(errors: &FieldErrors) -> bool {
    ["session_token", "mfa_serial", "mfa_code", "region"].iter().any(|field| errors.contains_key(*field))
}
