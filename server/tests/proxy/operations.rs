//! What whoever runs the server relies on: what is written down, who is let in how often, and that nobody is served in the clear.

use std::{net::IpAddr, sync::atomic::Ordering};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use server::client::Peer;
use tower::ServiceExt;

use crate::browser::Console;

/// A request of this peer.
async fn of(
    console: &Console,
    peer: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> (StatusCode, axum::http::HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request
        .body(Body::from("{\"cloud\":\"demo\",\"access_key_id\":\"AKIAWRONG00000000000\",\"secret_access_key\":\"c4nary\"}"))
        .expect("it is well-formed");
    request.extensions_mut().insert(Peer { address: peer.parse::<IpAddr>().expect("it is well-formed"), tls: false });
    let (head, body) = console.router.clone().oneshot(request).await.expect("it is well-formed").into_parts();
    let body = body.collect().await.expect("it is well-formed").to_bytes();
    (head.status, head.headers, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn each_change_is_one_line_that_nobody_can_add_to() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let id = browser.instance_in("running").await;
    let before = console.audit.lines().len();
    browser.post("/api/keypairs?region=us-east-1", r#"{"name":"laptop","key_type":"ed25519"}"#).await;
    let act = format!(r#"{{"action":{{"do":"reboot"}},"ids":["{id}","i-0\n{{\"audit\":1}}"]}}"#);
    browser.post("/api/instances/actions?region=us-east-1", &act).await;
    let tags = format!(r#"{{"action":{{"set":[{{"key":"password","value":"c4nary"}}],"remove":[]}},"ids":["{id}"]}}"#);
    browser.post("/api/instances/tags?region=us-east-1", &tags).await;
    browser.post("/api/keypairs?region=us-east-1", r#"{"name":"laptop","key_type":"ed25519"}"#).await;
    browser.get("/api/instances?region=us-east-1").await;
    browser.delete("/api/session").await;

    let lines = console.audit.lines();
    let seen: Vec<_> = lines
        .iter()
        .map(|line| (line["operation"].as_str().expect("it is well-formed"), line["result"].as_str().expect("it is well-formed")))
        .collect();
    assert_eq!(
        seen[before..],
        [
            ("keypairs.create", "done"),
            ("instances.reboot", "partly"),
            ("instances.tag", "done"),
            ("keypairs.create", "failed"),
            ("session.end", "done")
        ]
    );
    assert_eq!(lines[0]["event"], "sign-in");
    let reboot = &lines[before + 1];
    assert_eq!(reboot["ids"][0], id.as_str());
    assert_eq!(reboot["errors"].as_array().expect("it is well-formed").len(), 1);
    assert_eq!(
        (reboot["cloud"].as_str(), reboot["region"].as_str(), reboot["from"].as_str()),
        (Some("demo"), Some("us-east-1"), Some("127.0.0.1"))
    );
    for line in &lines {
        assert!(line["principal"].as_str().expect("it is well-formed").starts_with("arn:"), "{line}");
        assert!(
            line["request"].as_str().expect("it is well-formed").len() == 16
                && line["time"].as_str().expect("it is well-formed").ends_with('Z'),
            "{line}"
        );
    }
    assert!(!console.audit.text().contains("c4nary") && !console.audit.text().contains("PRIVATE KEY"));
}

#[tokio::test]
async fn guessing_is_slowed_down_and_others_are_not() {
    let console = Console::configured("trusted_proxies = [\"10.0.0.0/8\"]\n[limits]\nsign_in_tries = 3\n");
    let guess = async |client: &str| {
        let headers = [("x-canopy", "1"), ("content-type", "application/json"), ("host", "localhost"), ("x-forwarded-for", client)];
        let (status, headers, body) = of(&console, "10.0.0.1", "POST", "/api/session", &headers).await;
        let seconds: Vec<_> =
            headers.get_all("retry-after").iter().map(|value| value.to_str().expect("it is well-formed").to_owned()).collect();
        (status, seconds, body)
    };
    for _ in 0..3 {
        assert_eq!(guess("198.51.100.1").await.0, StatusCode::UNAUTHORIZED);
    }
    let (status, retry_after, body) = guess("198.51.100.1").await;
    assert_eq!((status, retry_after.as_slice()), (StatusCode::TOO_MANY_REQUESTS, &["12".to_owned()][..]), "{body}");
    assert_eq!(guess("198.51.100.2").await.0, StatusCode::TOO_MANY_REQUESTS, "the same account from another address");
    assert_eq!(console.browser().post("/api/session", r#"{"cloud":"demo"}"#).await.status, StatusCode::OK);
    assert!(console.app.telemetry.text(0, false).contains("canopy_sign_ins_throttled_total 2"));
    console.clock.advance(12);
    assert_eq!(guess("198.51.100.3").await.0, StatusCode::UNAUTHORIZED, "no try came back");
}

#[tokio::test]
async fn whoever_is_signed_in_learns_the_address_by_which_they_are_seen() {
    let console = Console::configured("trusted_proxies = [\"10.0.0.0/8\"]\n");
    let browser = console.signed_in().await;
    let cookie = browser.cookie.expect("it is signed in");
    for (peer, said, block, is_sure) in [
        ("10.0.0.1", "198.51.100.9", "198.51.100.9/32", true),
        ("10.0.0.1", "1.2.3.4, 198.51.100.9, 10.0.0.2", "198.51.100.9/32", true),
        ("10.0.0.1", "2001:db8::7", "2001:db8::7/128", true),
        ("10.0.0.1", "192.168.1.7", "192.168.1.7/32", false),
        // A stranger's word: neither believed nor passed over in silence.
        ("203.0.113.7", "198.51.100.9", "203.0.113.7/32", false),
    ] {
        let headers = [("cookie", cookie.as_str()), ("x-forwarded-for", said), ("x-forwarded-proto", "https"), ("host", "localhost")];
        let (status, _, body) = of(&console, peer, "GET", "/api/session/address", &headers).await;
        let expected = format!(r#"{{"block":"{block}","is_sure":{is_sure}}}"#);
        assert_eq!((status, body), (StatusCode::OK, expected), "{peer} {said}");
    }
}

#[tokio::test]
async fn in_the_clear_nobody_is_served_but_this_machine() {
    const ORIGIN: &str = "public_origin = \"https://console.example\"\n";
    const PROXIES: &str = "trusted_proxies = [\"10.0.0.0/8\"]\n";
    let get = async |config: &str, peer: &str, path: &str, headers: &[(&str, &str)]| {
        let console = Console::configured(config);
        let (status, headers, body) = of(&console, peer, "GET", path, headers).await;
        let header = |name: &str| headers.get(name).map(|value| value.to_str().expect("it is well-formed").to_owned());
        (status.as_u16(), header("location"), header("strict-transport-security").is_some(), body.contains("https"))
    };
    let open = "listen = \"0.0.0.0:80\"\n";
    let (status, _, hsts, says) = get(open, "203.0.113.1", "/login", &[("host", "console.example")]).await;
    assert_eq!((status, hsts, says), (403, false, true), "no page that says how to go on");
    assert_eq!(get(open, "203.0.113.1", "/api/session", &[("host", "console.example")]).await.0, 403);
    assert_eq!(get(open, "203.0.113.1", "/healthz", &[("host", "10.0.0.5")]).await.0, 200);
    assert_eq!(get(open, "172.17.0.1", "/login", &[("host", "localhost:8888")]).await.0, 200);
    assert_eq!(get("", "127.0.0.1", "/login", &[("host", "127.0.0.1:8888")]).await.0, 200);

    // Behind a balancer that says what it got.
    let behind = format!("{open}{ORIGIN}{PROXIES}");
    let host = ("host", "console.example");
    let (status, _, hsts, _) = get(&behind, "10.0.0.1", "/login", &[host, ("x-forwarded-proto", "https")]).await;
    assert_eq!((status, hsts), (200, true));
    let (status, location, ..) = get(&behind, "10.0.0.1", "/instances?q=a", &[host, ("x-forwarded-proto", "http")]).await;
    assert_eq!((status, location.as_deref()), (308, Some("https://console.example/instances?q=a")));
    let (status, location, ..) = get(&behind, "203.0.113.1", "/login", &[host, ("x-forwarded-proto", "https")]).await;
    assert_eq!((status, location.as_deref()), (308, Some("https://console.example/login")), "a stranger was believed");
    // Behind one that says nothing and nobody named.
    assert_eq!(get(&format!("{open}{ORIGIN}"), "10.0.0.1", "/login", &[host]).await.0, 200);
}

#[tokio::test]
async fn who_is_told_to_end_says_so_and_keeps_no_connection() {
    let console = Console::new();
    assert_eq!(console.browser().get("/readyz").await.status, StatusCode::OK);
    console.app.draining.store(true, Ordering::Relaxed);
    let answer = console.browser().get("/readyz").await;
    assert_eq!((answer.status, answer.header("connection")), (StatusCode::SERVICE_UNAVAILABLE, "close"));
    let alive = console.browser().get("/healthz").await;
    assert_eq!((alive.status, alive.header("connection")), (StatusCode::OK, "close"), "requests are still served");
}

#[tokio::test]
async fn the_numbers_are_not_public() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    browser.get("/api/images?region=us-east-1").await;
    browser.get("/api/images?region=us-east-1").await;
    assert_ne!(browser.get("/metrics").await.status, StatusCode::OK);
    let response = server::watch::router(&console.app)
        .oneshot(Request::get("/metrics").body(Body::empty()).expect("it is well-formed"))
        .await
        .expect("it is well-formed");
    let text =
        String::from_utf8(response.into_body().collect().await.expect("it is well-formed").to_bytes().to_vec()).expect("it is well-formed");
    for line in [
        "canopy_lists_total{namespace=\"images\",found=\"nowhere\"} 1",
        "canopy_lists_total{namespace=\"images\",found=\"here\"} 1",
        "canopy_request_seconds_count{route=\"/api/{kind}\",method=\"GET\",status=\"200\"} 2",
        "canopy_sign_ins_total 1",
    ] {
        assert!(text.contains(line), "{line} is missing from\n{text}");
    }
}
