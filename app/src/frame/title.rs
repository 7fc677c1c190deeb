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
    // leptos_meta writes it into the painted document as it is.
    let painting = use_context::<ServerMetaContext>().is_some();
    if let Some(PageName(name)) = use_context() {
        Effect::new(move || name.set(text.get()));
    }
    let title = move || {
        let title = title(&text.read(), &region.read());
        if painting { escaped(&title) } else { title }
    };
    view! { <Title text=title/> }
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
