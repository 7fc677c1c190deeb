//! Every address inside the console, as a function; and the anchor that keeps the region while it leads there.

use api::kind::Kind;
use leptos::prelude::*;

use crate::session::use_region;

/// The parameter of a list's address that opens the dialog of its main button.
pub const CREATE: &str = "create";
/// The parameters of a page's address that open a text on it, and show one statement of it.
pub const DOCUMENT: &str = "document";
pub const STATEMENT: &str = "statement";

pub fn dashboard() -> String {
    "/".to_owned()
}

/// Who can do what.
pub fn access() -> String {
    "/access".to_owned()
}

/// What the user or role of this ARN may do.
pub fn may_do(arn: &str) -> String {
    with_query(&access(), &[("principal", arn)])
}

/// Who may do one thing to what has this ARN.
pub fn who_may(action: &str, arn: &str) -> String {
    with_query(&access(), &[("ask", "everybody"), ("actions", action), ("resource", arn)])
}

/// A page with a policy on it, at one of its statements, counted from 1. The policy is named where there may be several.
pub fn statement(page: &str, tab: &str, policy: &str, number: &str) -> String {
    let args = [("tab", tab), (DOCUMENT, policy), (STATEMENT, number)];
    with_query(page, &args.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>())
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
        assert_eq!(may_do("arn:aws:iam::1:role/a"), "/access?principal=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa");
        assert_eq!(statement("/users/a", "permissions", "look", "2"), "/users/a?tab=permissions&document=look&statement=2");
        assert_eq!(statement("/policies/a", "", "", ""), "/policies/a");
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
