//! What every answer carries.

use axum::http::Method;

use crate::browser::{Answer, Console};

/// The headers that matter, with what differs from answer to answer left out.
fn shown(answer: &Answer) -> String {
    let mut lines: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "content-length" | "date" | "etag" | "set-cookie"))
        .map(|(name, value)| {
            let value = value.to_str().expect("headers are ASCII");
            let value = match value.split_once("'nonce-") {
                Some((before, rest)) => format!("{before}'nonce-…{}", &rest[rest.find('\'').expect("a nonce ends")..]),
                None => value.to_owned(),
            };
            format!("{name}: {}", if name == "x-request-id" { "…" } else { &value })
        })
        .collect();
    lines.sort();
    lines.join("\n")
}

const EVERYWHERE: &str = "\
cross-origin-opener-policy: same-origin
cross-origin-resource-policy: same-origin
permissions-policy: accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()
referrer-policy: no-referrer
x-content-type-options: nosniff
x-frame-options: DENY
x-request-id: …";

const NOTHING: &str = "content-security-policy: default-src 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn headers_are_these_and_no_others() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let document = "\
cache-control: no-cache
content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-…'; style-src 'self'; img-src 'self' data:; \
font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
content-type: text/html; charset=utf-8
vary: accept-encoding, cookie";
    let cases = [
        ("/", document.to_owned()),
        ("/favicon.svg", format!("cache-control: no-cache\n{NOTHING}\ncontent-type: image/svg+xml\nvary: accept-encoding")),
        ("/pkg/gone.js", format!("cache-control: no-store\n{NOTHING}\ncontent-type: text/plain; charset=utf-8")),
        ("/api/session", format!("cache-control: no-store\n{NOTHING}\ncontent-type: application/json")),
        ("/api/elephants", format!("cache-control: no-store\n{NOTHING}\ncontent-type: application/json")),
        (
            "/api/instances",
            format!(
                "cache-control: no-store\n{NOTHING}\ncontent-type: application/x-ndjson\nvary: accept, accept-encoding, cookie, x-canopy-identity\nx-accel-buffering: no"
            ),
        ),
        ("/healthz", format!("cache-control: no-store\n{NOTHING}\ncontent-type: text/plain; charset=utf-8")),
    ];
    for (path, expected) in cases {
        let mut expected: Vec<_> = expected.lines().chain(EVERYWHERE.lines()).map(str::to_owned).collect();
        expected.sort();
        assert_eq!(shown(&browser.get(path).await), expected.join("\n"), "{path}");
    }
}

#[tokio::test]
async fn behind_tls_browsers_are_told_to_stay_there() {
    let console = Console::configured("public_origin = \"https://console.example.org\"");
    let mut browser = console.signed_in().await;
    assert!(browser.cookie.as_ref().is_some_and(|cookie| cookie.starts_with("__Host-canopy=")));
    assert_eq!(browser.get("/healthz").await.header("strict-transport-security"), "max-age=63072000");
    // The proxy in front has rewritten `Host`; an old browser sends `Origin` alone.
    let ours = [("sec-fetch-site", ""), ("origin", "https://console.example.org"), ("x-canopy", "1"), ("content-type", "application/json")];
    let answer = browser.send(Method::POST, "/api/session", &ours, r#"{"cloud":"demo"}"#).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn every_request_has_a_number_of_its_own() {
    let console = Console::new();
    let mut browser = console.browser();
    let answer = browser.send(Method::GET, "/api/session", &[("x-request-id", "made-up")], "").await;
    let id = answer.header("x-request-id").to_owned();
    assert_ne!(id, "made-up");
    assert_eq!(answer.json()["request_id"], id.as_str(), "the error and its answer have different numbers");
    assert_ne!(browser.get("/api/session").await.header("x-request-id"), id);
}
