//! The document's title, which also names the page to screen readers.

use leptos::prelude::*;
use leptos_meta::{ServerMetaContext, Title};

use crate::session::use_region;

/// What the page in sight is called.
#[derive(Clone, Copy)]
struct PageName(RwSignal<String>);

pub fn provide() -> Signal<String> {
    let name = RwSignal::new(String::new());
    provide_context(PageName(name));
    name.into()
}

/// `Instances · us-east-1 · Canopy`. Every page has one, with text that may come from the cloud or the address.
#[component]
pub fn PageTitle(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let region = use_region();
    let name = use_context::<PageName>();
    let whole = move || title(&text.read(), &region.read());
    Effect::new(move || {
        document().set_title(&whole());
        if let Some(PageName(name)) = name {
            name.set(text.get());
        }
    });
    // leptos_meta's title is for the painted document alone, into which it is written as it is: in the browser it would read the text of a page
    // that has gone, and panic.
    use_context::<ServerMetaContext>().map(|_| view! { <Title text=escaped(&untrack(whole))/> })
}

fn title(text: &str, region: &str) -> String {
    if region.is_empty() { format!("{text} · Canopy") } else { format!("{text} · {region} · Canopy") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_page_and_region() {
        assert_eq!(title("Instances", "us-east-1"), "Instances · us-east-1 · Canopy");
        assert_eq!(title("Sign in", ""), "Sign in · Canopy");
    }

    #[test]
    fn a_title_cannot_end_its_element() {
        assert_eq!(escaped("</title>&amp;"), "&lt;/title>&amp;amp;");
    }
}
