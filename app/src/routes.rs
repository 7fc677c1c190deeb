//! Which address shows which page.

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Routes},
    path,
};

use crate::{
    frame::Frame,
    pages::{dashboard::DashboardPage, login::LoginPage, not_found::NotFoundPage},
    session,
};

#[component]
pub fn Pages() -> impl IntoView {
    session::provide_region();
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/login") view=LoginPage/>
            <ParentRoute path=path!("") view=Frame>
                <Route path=path!("") view=DashboardPage/>
                <Route path=path!("*any") view=NotFoundPage/>
            </ParentRoute>
        </Routes>
    }
}
