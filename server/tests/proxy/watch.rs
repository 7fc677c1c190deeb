//! The administrators' page: what it shows, who may press its buttons, and what becomes of what was kept.

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::{
    browser::{Browser, Console},
    stores::Server,
};

const OURS: [(&str, &str); 2] = [("host", "127.0.0.1:8889"), ("sec-fetch-site", "same-origin")];

/// A look at the page by this method, with these headers and this body.
async fn ask(router: &axum::Router, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let (head, body) = router.clone().oneshot(request).await.expect("the router always answers").into_parts();
    let body = body.collect().await.expect("bodies end").to_bytes();
    (head.status, head.headers, String::from_utf8_lossy(&body).into_owned())
}

async fn page(router: &axum::Router) -> String {
    let (status, _, text) = ask(router, Method::GET, "/", &OURS, "").await;
    assert_eq!(status, StatusCode::OK, "{text}");
    text
}

fn token(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"token\" value=\"").expect("a token");
    rest.split('"').next().expect("a value").to_owned()
}

/// The cells of a namespace's row.
fn row(page: &str, namespace: &str) -> Vec<String> {
    let (_, rest) = page.split_once(&format!("<th scope=\"row\">{namespace}</th>")).expect("a row");
    let row = rest.split("</tr>").next().expect("a row ends");
    row.split("<td>").skip(1).map(|cell| cell.split("</td>").next().expect("a cell ends").to_owned()).collect()
}

async fn images(browser: &mut Browser) {
    assert_eq!(browser.get("/api/images?region=us-east-1").await.status, StatusCode::OK);
}

/// How often lists of images were found there.
fn found(console: &Console, place: &str) -> u64 {
    let text = console.app.telemetry.text(0, false);
    let line = format!("canopy_lists_total{{namespace=\"images\",found=\"{place}\"}} ");
    text.lines().find_map(|found| found.strip_prefix(&line)).and_then(|count| count.parse().ok()).expect("it is counted")
}

#[tokio::test]
async fn what_is_kept_is_shown_and_dropped() {
    let console = Console::new();
    let router = server::watch::router(&console.app);
    let mut browsers = [console.signed_in().await, console.signed_in().await];
    for browser in &mut browsers {
        images(browser).await;
        images(browser).await;
    }
    let shown = page(&router).await;
    let cells = row(&shown, "images");
    assert_eq!(cells[..5], ["60 min", "4", "50 %", "2, 0, 0, 2", "2"], "{cells:?}");
    assert!(!cells[5].starts_with("0 ") && cells[6] == "0 s" && cells[7] == "0", "{cells:?}");
    assert!(!shown.contains("namespaces/instances/drop"), "what is not kept cannot be dropped");

    let body = format!("token={}", token(&shown));
    let (status, headers, _) = ask(&router, Method::POST, "/namespaces/images/drop", &OURS, &body).await;
    assert_eq!((status, &headers[header::LOCATION]), (StatusCode::SEE_OTHER, &"/?dropped=images".parse().expect("a value")));
    assert_eq!(row(&page(&router).await, "images")[4..6], ["0", "0 B"]);
    let (_, _, said) = ask(&router, Method::GET, "/?dropped=images", &OURS, "").await;
    assert!(said.contains("Lists of images are dropped"), "{said}");
    for browser in &mut browsers {
        images(browser).await;
    }
    assert_eq!((found(&console, "here"), found(&console, "nowhere")), (2, 4), "a list from before was served");
    images(&mut browsers[0]).await;
    assert_eq!(found(&console, "here"), 3, "nothing is kept any more");
}

#[tokio::test]
async fn buttons_are_pressed_by_who_sees_the_page_alone() {
    let console = Console::new();
    let router = server::watch::router(&console.app);
    let mut browser = console.signed_in().await;
    images(&mut browser).await;
    let good = format!("token={}", token(&page(&router).await));
    let host = ("host", "127.0.0.1:8889");
    let images_path = "/namespaces/images/drop";
    for (what, path, headers, body, status) in [
        ("no token", images_path, &OURS[..], "", StatusCode::FORBIDDEN),
        ("another token", images_path, &OURS, "token=AAAA", StatusCode::FORBIDDEN),
        ("another site", images_path, &[host, ("sec-fetch-site", "cross-site")], &good, StatusCode::FORBIDDEN),
        ("another port of this machine", images_path, &[host, ("sec-fetch-site", "same-site")], &good, StatusCode::FORBIDDEN),
        ("an old browser, another site", images_path, &[host, ("origin", "http://evil.example")], &good, StatusCode::FORBIDDEN),
        ("a name that leads here", images_path, &[("host", "evil.example:8889"), OURS[1]], &good, StatusCode::FORBIDDEN),
        ("what is not kept", "/namespaces/instances/drop", &OURS, &good, StatusCode::NOT_FOUND),
        ("what is not there", "/namespaces/elephants/drop", &OURS, &good, StatusCode::NOT_FOUND),
    ] {
        let (found, _, text) = ask(&router, Method::POST, path, headers, body).await;
        assert_eq!(found, status, "{what}: {text}");
    }
    assert_eq!(ask(&router, Method::GET, "/namespaces/images/drop", &OURS, "").await.0, StatusCode::METHOD_NOT_ALLOWED);
    let by_name = ask(&router, Method::GET, "/", &[("host", "evil.example:8889")], "").await;
    assert!(by_name.0 == StatusCode::FORBIDDEN && !by_name.2.contains("token"), "{}", by_name.2);
    images(&mut browser).await;
    assert_eq!(found(&console, "here"), 1, "it was dropped");
}

#[tokio::test]
async fn the_page_may_do_nothing_but_show_itself() {
    let console = Console::new();
    let router = server::watch::router(&console.app);
    let (_, headers, text) = ask(&router, Method::GET, "/?dropped=%3Cscript%3E", &OURS, "").await;
    let header = |name: &str| headers[name].to_str().expect("headers are ASCII").to_owned();
    assert_eq!(
        header("content-security-policy"),
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff".to_owned(), "no-store".to_owned()));
    assert!(!text.contains("<script") && !text.contains("style=") && !text.contains("<style"), "{text}");
    let (status, headers, _) = ask(&router, Method::GET, "/watch.css", &OURS, "").await;
    assert_eq!((status, headers[header::CONTENT_TYPE].to_str().ok()), (StatusCode::OK, Some("text/css; charset=utf-8")));
    // Nor is it where everybody is.
    let mut browser = console.signed_in().await;
    assert!(!browser.get("/").await.text().contains("What Canopy keeps"));
    let refused = browser.submit("/namespaces/images/drop", &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_dropped_at_one_replica_is_dropped_at_all() {
    for store in [Server::redis(), Server::memcached()] {
        let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        let text = format!("[store]\naddress = \"{}\"\nkeys = \"{key}\"\ntimeout = 2000\n", store.address());
        let [one, other] = Console::replicas(&text);
        let mut here = one.signed_in().await;
        let mut there = here.at(&other);
        images(&mut here).await;
        images(&mut there).await;
        images(&mut there).await;
        assert_eq!(found(&other, "here"), 1, "nothing was kept: the test proves nothing");
        let asked = found(&other, "nowhere");
        let router = server::watch::router(&one.app);
        let body = format!("token={}", token(&page(&router).await));
        assert_eq!(ask(&router, Method::POST, "/namespaces/images/drop", &OURS, &body).await.0, StatusCode::SEE_OTHER);
        images(&mut there).await;
        assert_eq!((found(&other, "here"), found(&other, "nowhere")), (1, asked + 1), "{}", store.address());
    }
}
