//! A field that chooses a region.

use leptos::prelude::*;

use crate::{locale::t, session::use_session, ui::Select};

/// One of the cloud's regions: those that the session may go to.
#[component]
pub fn RegionField(
    label: String,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
    help: Option<String>,
    required: bool,
) -> impl IntoView {
    let session = use_session();
    let options = Signal::derive(move || {
        let regions = session.with(|session| session.as_ref().map(|session| session.cloud.regions.clone()).unwrap_or_default());
        let choose = (String::new(), t("Choose: region"));
        std::iter::once(choose).chain(regions.into_iter().map(|region| (region.clone(), region))).collect::<Vec<_>>()
    });
    view! { <Select label value options error help required/> }
}
