//! What surrounds every page: navigation, the bar with cloud, region and identity, messages and dialogs.

mod title;

use leptos::prelude::*;
use leptos_router::components::Outlet;

pub use self::title::PageTitle;
use crate::ui::{DialogHost, ToastHost};

#[component]
pub fn Frame() -> impl IntoView {
    view! {
        <div class="frame">
            <main id="main" class="main" tabindex="-1"><Outlet/></main>
        </div>
        <ToastHost/>
        <DialogHost/>
    }
}
