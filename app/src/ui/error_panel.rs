//! Errors in place: what happened in the cloud's words, what can be done, and what support asks for.

use api::error::{ApiError, ErrorCode};
use leptos::prelude::*;

use super::{Button, Copy, Icon};
use crate::locale::t;

/// What happened, in a few words.
pub fn error_headline(code: ErrorCode) -> String {
    t(match code {
        ErrorCode::SessionExpired => "Your session is over",
        ErrorCode::CredentialsRefused => "The cloud refused these credentials",
        ErrorCode::MfaRefused => "The cloud wants a multi-factor code",
        ErrorCode::PasswordExpired => "Your password has expired",
        ErrorCode::Forbidden => "You are not allowed to do this",
        ErrorCode::CrossSite => "The request was refused",
        ErrorCode::NotFound => "It is not there",
        ErrorCode::Conflict => "This is not possible now",
        ErrorCode::Invalid => "The cloud does not accept this",
        ErrorCode::Quota => "A limit of your account is reached",
        ErrorCode::Throttled => "The cloud asks for fewer requests",
        ErrorCode::Unsupported => "This cloud cannot do this",
        ErrorCode::Unreachable => "No connection",
        ErrorCode::Timeout => "The cloud did not answer in time",
        ErrorCode::CloudFailure => "The cloud failed",
        ErrorCode::Internal => "Canopy failed",
    })
}

/// What can be done about it.
fn advice(code: ErrorCode) -> Option<String> {
    Some(t(match code {
        ErrorCode::SessionExpired => "Sign in again to go on.",
        ErrorCode::Forbidden => "Ask your administrator for a policy that allows it.",
        ErrorCode::CrossSite => "Reload the page, then try again.",
        ErrorCode::NotFound => "It may have been deleted, or be in another region.",
        ErrorCode::Quota => "Delete what you no longer need, or ask for a higher limit.",
        ErrorCode::Throttled => "Wait a moment, then try again.",
        ErrorCode::Timeout | ErrorCode::CloudFailure => "Try again. If it stays, the cloud’s operator can look it up by the request ID.",
        ErrorCode::Internal => "Try again. If it stays, the operator of Canopy can look it up by the request ID.",
        _ => return None,
    }))
}

/// The words of an error without a frame, for toasts and notices of all sorts.
#[component]
pub fn ErrorNotice(error: ApiError) -> impl IntoView {
    let ApiError { code, message, cloud_code, operation, request_id, .. } = error;
    let copied = request_id.clone();
    view! {
        <div class="error-notice">
            <p class="error-headline">{error_headline(code)}</p>
            <p class="error-message" translate="no">{message}</p>
            {advice(code).map(|advice| view! { <p class="error-advice">{advice}</p> })}
            <dl class="error-facts">
                {cloud_code.map(|code| view! { <div><dt>{t("Code")}</dt><dd translate="no">{code}</dd></div> })}
                {operation.map(|operation| view! { <div><dt>{t("Operation")}</dt><dd translate="no">{operation}</dd></div> })}
                {(!request_id.is_empty())
                    .then(|| {
                        view! {
                            <div>
                                <dt>{t("Request ID")}</dt>
                                <dd translate="no">{request_id}<Copy text=copied label=t("Copy request ID")/></dd>
                            </div>
                        }
                    })}
            </dl>
        </div>
    }
}

/// An error in the place of what should have been there.
#[component]
pub fn ErrorPanel(error: ApiError, #[prop(optional, into)] on_retry: Option<Callback<()>>) -> impl IntoView {
    view! {
        <div class="error-panel" role="alert">
            <Icon name="circle-alert"/>
            <div class="error-panel-body">
                <ErrorNotice error/>
                {on_retry.map(|on_retry| view! { <Button icon="rotate-cw" on_click=on_retry>{t("Try again")}</Button> })}
            </div>
        </div>
    }
}
