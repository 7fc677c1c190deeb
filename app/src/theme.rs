//! Light, dark, or as the system has it. The choice is kept in a cookie that the proxy reads, so that the first paint is right already.

use api::session::Theme;
use leptos::prelude::*;

use crate::storage;

/// The choice, and how to make another.
#[derive(Clone, Copy)]
pub struct Themes(RwSignal<Theme>);

pub fn use_themes() -> Themes {
    expect_context()
}

impl Themes {
    pub(crate) fn provide(theme: Theme) {
        provide_context(Self(RwSignal::new(theme)));
    }

    pub fn get(self) -> Theme {
        self.0.get()
    }

    pub fn get_untracked(self) -> Theme {
        self.0.get_untracked()
    }

    pub fn choose(self, theme: Theme) {
        self.0.set(theme);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme.as_str());
        }
        remember("theme", theme.as_str());
    }
}

/// Keeps a choice about looks for a year. Not for anything secret: scripts can read it.
pub fn remember(name: &str, value: &str) {
    storage::write_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    /// The colours of `style/tokens.css` by name: light and dark, as relative luminance.
    fn colours() -> BTreeMap<&'static str, [f64; 2]> {
        include_str!("../../style/tokens.css")
            .lines()
            .filter_map(|line| {
                let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(#")?;
                let (light, dark) = value.strip_suffix(");")?.split_once(", #")?;
                Some((name, [luminance(light), luminance(dark)]))
            })
            .collect()
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a hexadecimal colour")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }

    fn contrast(a: f64, b: f64) -> f64 {
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_edges_can_be_seen_in_both_themes() {
        let colours = colours();
        let grounds = ["bg", "bg-raised", "bg-sunken", "bg-hover", "bg-selected"];
        let texts = ["fg", "fg-muted", "fg-faint", "accent", "danger", "good", "warn", "busy", "idle"];
        let on_any_ground = texts.into_iter().flat_map(|text| grounds.into_iter().map(move |ground| (text, ground, 4.5)));
        let edges = grounds.into_iter().take(3).map(|ground| ("border-strong", ground, 3.0));
        let pairs = [
            ("accent-fg", "accent", 4.5),
            ("accent-fg", "accent-hover", 4.5),
            ("accent", "accent-subtle", 4.5),
            ("danger-fg", "danger", 4.5),
            ("danger-fg", "danger-hover", 4.5),
            ("danger", "danger-subtle", 4.5),
            ("fg-muted", "danger-subtle", 4.5),
            ("good", "good-subtle", 4.5),
            ("warn", "warn-subtle", 4.5),
            ("bg", "fg", 4.5),
        ];
        for (front, back, least) in on_any_ground.chain(edges).chain(pairs) {
            for (theme, (a, b)) in ["light", "dark"].into_iter().zip(colours[front].into_iter().zip(colours[back])) {
                let found = contrast(a, b);
                assert!(found >= least, "{front} on {back} has a contrast of {found:.2} in the {theme} theme, less than {least}");
            }
        }
    }
}
