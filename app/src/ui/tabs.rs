//! Tabs after the ARIA Authoring Practices: one stop in the tab order, arrows move and activate.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of a tab, for its panel's `aria-labelledby`.
pub fn tab_id(key: &str) -> String {
    format!("tab-{key}")
}

/// The id that the panel of a tab must carry, beside `role="tabpanel"`.
pub fn panel_id(key: &str) -> String {
    format!("panel-{key}")
}

/// The row of tabs; the caller draws the panel of the active one.
#[component]
pub fn Tabs(
    /// Keys and labels.
    tabs: Vec<(&'static str, String)>,
    #[prop(into)] active: Signal<String>,
    #[prop(into)] on_select: Callback<String>,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let keys = StoredValue::new(tabs.iter().map(|(key, _)| *key).collect::<Vec<_>>());
    let on_key = move |event: ev::KeyboardEvent| {
        let keys = keys.get_value();
        let at = keys.iter().position(|key| *key == active.get_untracked()).unwrap_or_default();
        let Some(to) = moved(&event.key(), at, keys.len()) else { return };
        event.prevent_default();
        on_select.run(keys[to].to_owned());
        if let Some(tab) = document().get_element_by_id(&tab_id(keys[to])) {
            let _ = tab.unchecked_into::<HtmlElement>().focus();
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>
            {tabs
                .into_iter()
                .map(|(key, label)| {
                    let selected = move || active.with(|active| active == key);
                    view! {
                        <button
                            type="button"
                            role="tab"
                            class="tab"
                            id=tab_id(key)
                            aria-controls=panel_id(key)
                            aria-selected=move || selected().to_string()
                            tabindex=move || if selected() { "0" } else { "-1" }
                            on:click=move |_| on_select.run(key.to_owned())
                        >
                            {label}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// Where a key leads from one of several in a row.
fn moved(key: &str, at: usize, len: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((at + 1) % len),
        "ArrowLeft" => Some((at + len - 1) % len),
        "Home" => Some(0),
        "End" => Some(len - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn arrows_go_round() {
        assert_eq!(moved("ArrowRight", 2, 3), Some(0));
        assert_eq!(moved("ArrowLeft", 0, 3), Some(2));
        assert_eq!(moved("Home", 2, 3), Some(0));
        assert_eq!(moved("End", 0, 3), Some(2));
        assert_eq!(moved("a", 0, 3), None);
    }
}
