//! Every route, and who must not get through it.

use axum::http::{Method, StatusCode};
use server::routes::{Guard, TABLE};

use crate::browser::Console;

const OURS: &[(&str, &str)] = &[("x-canopy", "1"), ("content-type", "application/json")];

/// The route with something put into its holes.
fn path(pattern: &str) -> String {
    pattern.replace("{kind}", "instances").replace("{id}", "i-0123456789abcdef0")
}

fn method(name: &str) -> Method {
    name.parse().expect("a method")
}

#[tokio::test]
async fn without_a_session_nobody_gets_in() {
    let console = Console::new();
    for (name, pattern, guard) in TABLE {
        let answer = console.browser().send(method(name), &path(pattern), OURS, "{}").await;
        match guard {
            Guard::Session | Guard::SessionAndHeader => {
                assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "session_expired"), "{name} {pattern}");
            }
            Guard::None => assert_eq!(answer.status, StatusCode::OK, "{name} {pattern}"),
            Guard::Form | Guard::Header => assert_ne!(answer.status, StatusCode::FORBIDDEN, "{name} {pattern}"),
        }
    }
}

#[tokio::test]
async fn what_did_not_come_from_our_pages_is_refused() {
    let console = Console::new();
    let json = ("content-type", "application/json");
    let ours = ("x-canopy", "1");
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], bool);
    let cases: &[Case<'_>] = &[
        ("another site, by the browser's word", &[ours, json, ("sec-fetch-site", "cross-site")], true),
        ("a sister site", &[ours, json, ("sec-fetch-site", "same-site")], true),
        ("another origin, in an old browser", &[ours, json, ("sec-fetch-site", ""), ("origin", "https://evil.example")], true),
        ("no header", &[json], false),
        ("another value", &[("x-canopy", "0"), json], false),
        ("a form", &[ours, ("content-type", "application/x-www-form-urlencoded")], false),
        ("plain text", &[ours, ("content-type", "text/plain")], false),
    ];
    let mut browser = console.signed_in().await;
    for (name, pattern, guard) in TABLE {
        for (case, headers, forms_too) in cases {
            let refused = match guard {
                Guard::None | Guard::Session => continue,
                Guard::Form => *forms_too,
                // A deletion has no body, so its content type says nothing.
                _ => *name != "DELETE" || !matches!(*case, "a form" | "plain text"),
            };
            if !refused {
                continue;
            }
            let answer = browser.send(method(name), &path(pattern), headers, "{}").await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "cross_site"), "{name} {pattern}: {case}");
        }
    }
    assert_eq!(browser.get("/api/session").await.status, StatusCode::OK, "a refused request ended the session");
}

#[tokio::test]
async fn what_is_no_route_is_not_found() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for (name, path) in [
        ("GET", "/api/elephants"),
        ("GET", "/api/elephants/summary"),
        ("GET", "/api/elephants/e-1"),
        ("POST", "/api/elephants"),
        ("GET", "/api/instances/i-1/secrets"),
        ("GET", "/api/"),
        ("PUT", "/api/instances"),
        ("DELETE", "/api/instances/i-1"),
        ("POST", "/instances"),
    ] {
        let answer = browser.send(method(name), path, OURS, "{}").await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, "not_found"), "{name} {path}");
    }
}
