//! Icons as inline SVG, so that they take the colour of the text beside them and need no request of their own.

mod table;

use leptos::prelude::*;

use self::table::ICONS;

/// The icon of this Lucide name. Decoration only: what it says is also said in words.
#[component]
pub fn Icon(#[prop(into)] name: Signal<&'static str>) -> impl IntoView {
    view! {
        <svg
            class="icon"
            width="16"
            height="16"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=move || shape(name.get())
        ></svg>
    }
}

fn shape(name: &str) -> &'static str {
    let found = ICONS.binary_search_by_key(&name, |(name, _)| name);
    debug_assert!(found.is_ok(), "ui/icon/table.rs has no icon {name:?}");
    found.map_or("", |index| ICONS[index].1)
}

/// For tests of those who name icons.
#[cfg(test)]
pub fn is_known(name: &str) -> bool {
    ICONS.binary_search_by_key(&name, |(known, _)| known).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_sorted_so_that_each_is_found() {
        assert!(ICONS.is_sorted_by(|a, b| a.0 < b.0));
        for (name, body) in ICONS {
            assert_eq!(shape(name), *body);
        }
    }
}
