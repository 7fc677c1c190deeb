//! Every address inside the console, as a function; and the anchor that keeps the region while it leads there.

use api::kind::Kind;
use leptos::prelude::*;

use crate::session::use_region;

/// The parameter of a list's address that opens the dialog of its main button.
pub const CREATE: &str = "create";

pub fn dashboard() -> String {
    "/".to_owned()
}

pub fn login() -> String {
    "/login".to_owned()
}

/// Where else one is signed in.
pub fn sessions() -> String {
    "/sessions".to_owned()
}

/// Of the API: whom this browser is signed in as.
pub fn identities() -> String {
    "/api/session/identities".to_owned()
}

/// Of the API: one of them.
pub fn identity(identity: &str) -> String {
    format!("{}/{}", identities(), encode(identity))
}

/// The launch wizard.
pub fn launch() -> String {
    format!("{}/new", list(Kind::Instance))
}

pub fn list(kind: Kind) -> String {
    format!("/{}", kind.slug())
}

/// The list of a kind, with the dialog open that makes one.
pub fn create(kind: Kind) -> String {
    with_query(&list(kind), &[(CREATE, "1")])
}

pub fn detail(kind: Kind, id: &str) -> String {
    format!("{}/{}", list(kind), encode(id))
}

/// The path with these arguments added to its query.
pub fn with_query(path: &str, args: &[(&str, &str)]) -> String {
    let mut path = path.to_owned();
    for (key, value) in args {
        path.push(if path.contains('?') { '&' } else { '?' });
        path.push_str(&encode(key));
        path.push('=');
        path.push_str(&encode(value));
    }
    path
}

/// The path with this region and no other; the rest of its query stays. Without a region the path stays as it is.
pub fn with_region(path: &str, region: &str) -> String {
    if region.is_empty() {
        return path.to_owned();
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept: Vec<_> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("region=")).collect();
    let path = if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) };
    with_query(&path, &[("region", region)])
}

/// Whether it is a path of this console, and not the address of somebody else's page.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control)
}

/// Percent-encodes one segment of a path or one part of a query; only RFC 3986's unreserved characters stay.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// An anchor to a page of the console, in the region that is looked at.
#[component]
pub fn Go(#[prop(into)] to: Signal<String>, #[prop(optional, into)] class: Signal<String>, children: Children) -> impl IntoView {
    let region = use_region();
    view! {
        <a href=move || with_region(&to.read(), &region.read()) class=move || class.get()>
            {children()}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_that_people_have_bookmarked() {
        assert_eq!(list(Kind::SecurityGroup), "/securitygroups");
        assert_eq!(detail(Kind::KeyPair, "my key/1"), "/keypairs/my%20key%2F1");
        assert_eq!(launch(), "/instances/new");
    }

    #[test]
    fn a_path_carries_one_region_and_keeps_its_query() {
        assert_eq!(with_region("/instances", "us-east-1"), "/instances?region=us-east-1");
        assert_eq!(with_region("/instances?state=running&region=a&sort=-name", "b"), "/instances?state=running&sort=-name&region=b");
        assert_eq!(with_region("/?region=a", "b"), "/?region=b");
        assert_eq!(with_region("/login", ""), "/login");
    }

    #[test]
    fn queries_are_encoded() {
        assert_eq!(with_query("/a", &[("image", "ami-1"), ("t", "a&b=ü")]), "/a?image=ami-1&t=a%26b%3D%C3%BC");
    }

    #[test]
    fn only_paths_of_the_console_are_followed() {
        assert!(is_local("/instances?region=us-east-1"));
        for elsewhere in ["", "https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", "/\t/example.com"] {
            assert!(!is_local(elsewhere), "{elsewhere:?} was taken for a path");
        }
    }
}
