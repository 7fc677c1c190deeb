//! Goes through the themes: as the system has it, light, dark.

use api::session::Theme;
use leptos::prelude::*;

use crate::{locale::t, theme::use_themes, ui::IconButton};

#[component]
pub fn ThemeButton() -> impl IntoView {
    let themes = use_themes();
    let icon = move || match themes.get() {
        Theme::System => "monitor",
        Theme::Light => "sun",
        Theme::Dark => "moon",
    };
    let label = move || {
        t(match themes.get() {
            Theme::System => "Theme: as the system",
            Theme::Light => "Theme: light",
            Theme::Dark => "Theme: dark",
        })
    };
    let next = move || {
        themes.choose(match themes.get_untracked() {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        });
    };
    view! { <IconButton icon=Signal::derive(icon) label=Signal::derive(label) on_click=next/> }
}
