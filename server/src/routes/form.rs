//! Signing in and out with plain HTML forms, which work before the application has arrived, and without it.

use api::session::{DemoOptions, PasswordSignIn, Refused, SignIn, SignInBy};
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{
    session::{FORGET, begin, end},
    witness::Witness,
};
use crate::{app::App, local_path::LocalPath, session::Place, shell};

/// The fields of the sign-in form. A field that is not sent is empty.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    cloud: String,
    endpoint: String,
    endpoint_region: String,
    access_key_id: String,
    secret_access_key: String,
    session_token: String,
    mfa_serial: String,
    mfa_code: String,
    by: String,
    account: String,
    user: String,
    password: String,
    new_password: String,
    new_password_again: String,
    region: String,
    demo_instances: String,
    demo_images: String,
    demo_delay: String,
    demo_faults: String,
    demo_session_seconds: String,
    then: String,
}

impl Fields {
    fn by(&self) -> SignInBy {
        if self.by == "password" { SignInBy::Password } else { SignInBy::Keys }
    }

    fn sign_in(&self) -> SignIn {
        let number = |text: &str| text.trim().parse().ok();
        SignIn {
            cloud: self.cloud.clone(),
            endpoint: self.endpoint.clone(),
            endpoint_region: self.endpoint_region.clone(),
            access_key_id: self.access_key_id.clone(),
            secret_access_key: self.secret_access_key.clone(),
            session_token: self.session_token.clone(),
            mfa_serial: self.mfa_serial.clone(),
            mfa_code: self.mfa_code.clone(),
            by: self.by(),
            password: PasswordSignIn {
                account: self.account.clone(),
                user: self.user.clone(),
                password: self.password.clone(),
                new_password: self.new_password.clone(),
                new_password_again: self.new_password_again.clone(),
            },
            region: self.region.clone(),
            demo: DemoOptions {
                instances: number(&self.demo_instances),
                images: number(&self.demo_images),
                delay: number(&self.demo_delay).unwrap_or(0),
                faults: self.demo_faults.clone(),
                session_seconds: number(&self.demo_session_seconds),
            },
        }
    }
}

pub async fn sign_in(State(app): State<App>, headers: HeaderMap, witness: Witness, Form(fields): Form<Fields>) -> Response {
    let then = LocalPath::parse(&fields.then).unwrap_or_default();
    match begin(&app, &headers, &witness, fields.sign_in(), Place::Further).await {
        Ok((session, cookie)) => {
            let shown = app.cookies.shown(session.identity());
            (AppendHeaders([(header::SET_COOKIE, cookie), (header::SET_COOKIE, shown)]), Redirect::to(then.as_str())).into_response()
        }
        Err(failure) => {
            let retry_after = failure.retry_after();
            let status = StatusCode::from_u16(failure.0.code.status()).expect("error codes have valid statuses");
            let by = fields.by();
            let Fields { cloud, endpoint, endpoint_region, access_key_id, mfa_serial, account, user, .. } = fields;
            let refused = Refused { error: failure.0, cloud, endpoint, endpoint_region, access_key_id, mfa_serial, by, account, user };
            let mut response = shell::login(&app, &headers, &then, refused).await;
            *response.status_mut() = status;
            response.headers_mut().extend(retry_after);
            response
        }
    }
}

pub async fn sign_out(State(app): State<App>, headers: HeaderMap, witness: Witness) -> Response {
    ([(header::SET_COOKIE, end(&app, &headers, &witness).await), FORGET], Redirect::to("/login")).into_response()
}
