//! From where a session is used: what its owner can tell it by.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use serde::{Deserialize, Serialize};

/// A browser and an address. What a browser says of itself is anybody's to write, so only words of ours are made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Empty where it says nothing that we know.
    pub browser: String,
    pub address: String,
}

/// What is in the header, and what people call it. Most say of themselves that they are others too, so the first that fits counts.
const BROWSERS: [(&str, &str); 11] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("curl/", "curl"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];
/// No version has more digits.
const MAX_DIGITS: usize = 4;

impl Presence {
    /// Of a request from this address.
    pub fn of(headers: &HeaderMap, address: IpAddr) -> Self {
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Self { browser: browser(agent), address: address.to_string() }
    }
}

fn browser(agent: &str) -> String {
    let found = BROWSERS.iter().find_map(|(mark, name)| Some((name, version(agent, mark)?)));
    let system = SYSTEMS.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| name);
    match (found, system) {
        (Some((name, version)), Some(system)) => format!("{name} {version}, {system}"),
        (Some((name, version)), None) => format!("{name} {version}"),
        (None, Some(system)) => (*system).to_owned(),
        (None, None) => String::new(),
    }
}

/// The first number after this word.
fn version<'a>(agent: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = agent.split_once(mark)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=MAX_DIGITS).contains(&digits).then(|| &rest[..digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_by_their_names() {
        for (agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox 145, Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "Chrome 142, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge 142, Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
                "Safari 26, macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile Safari/604.1",
                "Chrome 142, iOS",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
                "Chrome 142, Linux",
            ),
            ("curl/8.14.1", "curl 8"),
            ("Mozilla/5.0 (X11; Linux)", "Linux"),
        ] {
            assert_eq!(browser(agent), name, "{agent}");
        }
    }

    #[test]
    fn nothing_is_repeated_that_somebody_wrote() {
        for agent in ["", "<script>alert(1)</script>", "Firefox/<b>", "Firefox/99999999999999", "Chrome/\u{202e}1"] {
            assert_eq!(browser(agent), "", "{agent}");
        }
    }
}
