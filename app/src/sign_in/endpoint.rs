//! The fields for a cloud that nobody configured: where it is, and what it calls its region.
//!
//! They are seen where such a cloud is chosen, which the style sheet decides: it works before the application is there.

use leptos::prelude::*;

use super::Attempt;
use crate::{locale::t, ui::FormField};

#[component]
pub fn EndpointFields(attempt: Attempt, endpoint: String, region: String) -> impl IntoView {
    view! {
        <div class="sign-in-endpoint">
            <FormField
                label=t("Endpoint")
                name="endpoint"
                value=endpoint
                error=attempt.error_of("endpoint")
                help=t("One address for all services, over https. {service} or {component} can stand in its path.")
                placeholder="https://cloud.example.org:8773/services/{component}"
                autocomplete="url"
                inputmode="url"
                mono=true
            />
            <FormField
                label=t("Region")
                name="endpoint_region"
                value=region
                error=attempt.error_of("endpoint_region")
                help=t("What the cloud calls it; us-east-1 where it is left empty.")
                required=false
                mono=true
            />
        </div>
    }
}
