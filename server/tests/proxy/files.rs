//! Files of the bundle.

use axum::http::{Method, StatusCode};

use crate::browser::Console;

const SCRIPT: &str = "/pkg/frontend.0123456789abcdef.js";

#[tokio::test]
async fn files_are_sent_in_the_best_encoding_that_can_be_read() {
    let console = Console::new();
    for (accept, encoding, body) in [
        ("gzip, deflate, br", "br", "as brotli"),
        ("gzip", "gzip", "as gzip"),
        ("br;q=0, gzip", "gzip", "as gzip"),
        ("identity", "", "export {}"),
    ] {
        let answer = console.browser().send(Method::GET, SCRIPT, &[("accept-encoding", accept)], "").await;
        assert_eq!((answer.header("content-encoding"), answer.text().as_str()), (encoding, body), "{accept}");
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
}

#[tokio::test]
async fn only_hashed_names_are_kept_for_ever() {
    let console = Console::new();
    for (path, caching, content_type) in [
        (SCRIPT, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"),
        ("/pkg/frontend.0123456789abcdef.wasm", "public, max-age=31536000, immutable", "application/wasm"),
        ("/pkg/main.0123456789abcdef.css", "public, max-age=31536000, immutable", "text/css; charset=utf-8"),
        ("/favicon.svg", "no-cache", "image/svg+xml"),
        ("/manifest.webmanifest", "no-cache", "application/manifest+json"),
    ] {
        let answer = console.browser().get(path).await;
        assert_eq!((answer.header("cache-control"), answer.header("content-type")), (caching, content_type), "{path}");
        let etag = answer.header("etag").to_owned();
        let again = console.browser().send(Method::GET, path, &[("if-none-match", &etag)], "").await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_never_the_document() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for path in [
        "/pkg/gone.js",
        "/robots.txt",
        "/manifest.json",
        "/pkg/../manifest.json",
        "/.env",
        "/pkg/frontend.0123456789abcdef.js.map",
        "/pkg/",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains("<html"), "{path} is the document");
    }
}
