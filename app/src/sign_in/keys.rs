//! Signing in with an access key.

use api::{
    error::ErrorCode,
    session::{CUSTOM, CloudInfo, Refused, SessionInfo, SignInBy},
};
use leptos::prelude::*;

use super::{
    Attempt, concerns_hidden,
    endpoint::EndpointFields,
    password::{ByChoice, PasswordFields, is_changing},
};
use crate::{
    locale::t,
    paths,
    session::Session,
    ui::{Button, ErrorNotice, FormField, Icon, Variant, unique_id},
};

/// With `only`, who is signed in, there is no choice of cloud or region: the session goes on where it was.
#[component]
pub fn KeyForm(
    #[prop(into)] on_signed: Callback<SessionInfo>,
    /// Where the proxy leads after the plain form.
    #[prop(optional, into)]
    then: String,
    #[prop(optional_no_strip)] refused: Option<Refused>,
    #[prop(optional_no_strip)] only: Option<SessionInfo>,
) -> impl IntoView {
    let clouds = expect_context::<Session>().clouds.get_value();
    let changing = refused.as_ref().is_some_and(is_changing);
    let by = match (&refused, &only) {
        (Some(refused), _) => refused.by,
        (None, Some(info)) if info.account_name.is_none() => SignInBy::Keys,
        _ => SignInBy::Password,
    };
    let (account, user) = match (&refused, &only) {
        (Some(refused), _) => (refused.account.clone(), refused.user.clone()),
        (None, Some(info)) => info.account_name.clone().map(|account| (account, info.user.clone())).unwrap_or_default(),
        (None, None) => Default::default(),
    };
    let (endpoint, endpoint_region) =
        refused.as_ref().map(|refused| (refused.endpoint.clone(), refused.endpoint_region.clone())).unwrap_or_default();
    let (error, cloud, access_key_id, mfa_serial) =
        refused.map_or_else(Default::default, |refused| (Some(refused.error), refused.cloud, refused.access_key_id, refused.mfa_serial));
    let hidden_shown =
        error.as_ref().is_some_and(|error| error.code == ErrorCode::MfaRefused || concerns_hidden(&error.fields)) || !mfa_serial.is_empty();
    let attempt = Attempt::new(error, on_signed, only.as_ref().map(|only| only.identity.clone()));

    let first = clouds.first().map(|cloud| cloud.key.clone()).unwrap_or_default();
    let chosen = RwSignal::new(if clouds.iter().any(|info| info.key == cloud) { cloud } else { first });
    let options = clouds.clone();
    let has_passwords = match &only {
        Some(info) => info.cloud.kind.has_passwords(),
        None => clouds.iter().any(|info| info.kind.has_passwords()),
    };
    let names_endpoints = only.is_none() && clouds.iter().any(|info| info.key == CUSTOM);
    let always_passwords = only.is_some() && has_passwords;
    let regions =
        move || clouds.iter().find(|info| chosen.with(|chosen| *chosen == info.key)).map(|info| info.regions.clone()).unwrap_or_default();
    let place = match only {
        Some(info) => view! { <input type="hidden" name="cloud" value=info.cloud.key/> }.into_any(),
        None => view! { <CloudChoice options chosen/> }.into_any(),
    };
    let action = if then.is_empty() { paths::login() } else { paths::with_query(&paths::login(), &[("then", &then)]) };
    view! {
        <form
            class="sign-in-form"
            class:sign-in-passwords=always_passwords
            method="post"
            action=action
            novalidate
            node_ref=attempt.form
            on:submit=move |event| attempt.submit(&event)
        >
            <input type="hidden" name="then" value=then/>
            {move || {
                attempt.general().map(|error| view! { <div class="sign-in-refusal" role="alert" tabindex="-1" autofocus=attempt.painted.get_value()><Icon name="circle-alert"/><ErrorNotice error/></div> })
            }}
            {place}
            {names_endpoints.then(|| view! { <EndpointFields attempt endpoint region=endpoint_region/> })}
            {has_passwords.then(|| view! { <ByChoice by/><PasswordFields attempt account user changing/> })}
            <div class="sign-in-keys">
                <FormField
                    label=t("Access key ID")
                    name="access_key_id"
                    value=access_key_id
                    error=attempt.error_of("access_key_id")
                    autocomplete="username"
                    mono=true
                />
                <FormField
                    label=t("Secret access key")
                    name="secret_access_key"
                    input_type="password"
                    error=attempt.error_of("secret_access_key")
                    autocomplete="current-password"
                    mono=true
                />
                <details class="disclosure" open=hidden_shown>
                    <summary><Icon name="chevron-right"/>{t("Session token, MFA, region")}</summary>
                    <div class="disclosure-body">
                        <FormField
                            label=t("Session token")
                            name="session_token"
                            input_type="password"
                            error=attempt.error_of("session_token")
                            help=t("Only with keys that are temporary already.")
                            required=false
                            mono=true
                        />
                        <FormField
                            label=t("MFA device")
                            name="mfa_serial"
                            value=mfa_serial
                            error=attempt.error_of("mfa_serial")
                            help=t("The ARN of a virtual device or the serial number of a hardware one.")
                            required=false
                            mono=true
                        />
                        <FormField
                            label=t("MFA code")
                            name="mfa_code"
                            error=attempt.error_of("mfa_code")
                            inputmode="numeric"
                            autocomplete="one-time-code"
                            required=false
                            mono=true
                        />
                        <RegionChoice regions=Signal::derive(regions)/>
                    </div>
                </details>
            </div>
            <Button kind="submit" variant=Variant::Primary busy=attempt.busy>{t("Sign in")}</Button>
        </form>
    }
}

#[component]
fn CloudChoice(options: Vec<CloudInfo>, chosen: RwSignal<String>) -> impl IntoView {
    let id = unique_id("cloud");
    let initial = chosen.get_untracked();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{t("Cloud")}</label>
            <span class="select">
                <select class="input" id=id name="cloud" autocomplete="off" on:change:target=move |event| chosen.set(event.target().value())>
                    {options
                        .into_iter()
                        .map(|info| {
                            let selected = info.key == initial;
                            let passwords = info.kind.has_passwords().then_some("");
                            let endpoint = (info.key == CUSTOM).then_some("");
                            view! { <option value=info.key selected=selected data-passwords=passwords data-endpoint=endpoint translate="no">{info.label}</option> }
                        })
                        .collect_view()}
                </select>
                <Icon name="chevron-down"/>
            </span>
        </div>
    }
}

#[component]
fn RegionChoice(regions: Signal<Vec<String>>) -> impl IntoView {
    let id = unique_id("region");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{t("Start in region")}</label>
            <span class="select">
                <select class="input" id=id name="region" autocomplete="off">
                    <option value="">{t("The cloud’s default")}</option>
                    {move || {
                        regions
                            .get()
                            .into_iter()
                            .map(|region| view! { <option value=region.clone() translate="no">{region.clone()}</option> })
                            .collect_view()
                    }}
                </select>
                <Icon name="chevron-down"/>
            </span>
        </div>
    }
}
