//! Signing in to the demo cloud: one click, and on request a world that is larger or less reliable.

use api::session::{CloudKind, SessionInfo};
use leptos::prelude::*;

use super::Attempt;
use crate::{
    locale::t,
    paths,
    session::Session,
    ui::{Button, ErrorNotice, FormField, Icon, Variant},
};

/// Nothing where there is no demo cloud.
#[component]
pub fn DemoForm(
    #[prop(into)] on_signed: Callback<SessionInfo>,
    #[prop(into)] label: String,
    /// Where the proxy leads after the plain form.
    #[prop(optional, into)]
    then: String,
    #[prop(optional)] variant: Variant,
    /// The identity that goes on by it.
    #[prop(optional, into)]
    instead: Option<String>,
) -> impl IntoView {
    let clouds = expect_context::<Session>().clouds;
    let cloud = clouds.with_value(|clouds| clouds.iter().find(|cloud| cloud.kind == CloudKind::Demo).map(|cloud| cloud.key.clone()))?;
    let attempt = Attempt::new(None, on_signed, instead);
    let number = |name, label: &str, help: &str| {
        view! { <FormField label=t(label) name=name error=attempt.error_of(name) help=t(help) inputmode="numeric" required=false/> }
    };
    Some(view! {
        <form
            class="sign-in-form"
            method="post"
            action=paths::login()
            novalidate
            node_ref=attempt.form
            on:submit=move |event| attempt.submit(&event)
        >
            <input type="hidden" name="then" value=then/>
            <input type="hidden" name="cloud" value=cloud/>
            {move || {
                attempt.refused.get().map(|error| view! { <div class="sign-in-refusal" role="alert" tabindex="-1"><Icon name="circle-alert"/><ErrorNotice error/></div> })
            }}
            <Button kind="submit" variant icon="play" busy=attempt.busy>{label}</Button>
            <details class="disclosure">
                <summary><Icon name="chevron-right"/>{t("Demo options")}</summary>
                <div class="disclosure-body disclosure-grid">
                    {number("demo_instances", "Instances", "Empty for about forty.")}
                    {number("demo_images", "Images", "Empty for about two hundred.")}
                    {number("demo_delay", "Delay", "Milliseconds before each answer of the cloud.")}
                    {number("demo_session_seconds", "Session", "Seconds until the session ends; empty for the usual time.")}
                    <div class="disclosure-wide">
                        <FormField
                            label=t("Faults")
                            name="demo_faults"
                            help=t("Operation:Error[@rate][#first call], separated by commas; the error may also be hang, truncate or garbage.")
                            placeholder="DescribeImages:RequestLimitExceeded@0.5"
                            required=false
                            mono=true
                        />
                    </div>
                </div>
            </details>
        </form>
    })
}
