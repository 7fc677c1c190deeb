//! The document, and the way to it.

use axum::http::{Method, StatusCode};

use crate::browser::Console;

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_sign_in_page_and_back() {
    let console = Console::new();
    let mut browser = console.browser();
    for (path, location) in [
        ("/", "/login"),
        ("/instances?region=us-east-1&q=a", "/login?then=%2Finstances%3Fregion%3Dus-east-1%26q%3Da"),
        ("/nowhere", "/login?then=%2Fnowhere"),
    ] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, location), "{path}");
    }
    let mut browser = console.signed_in().await;
    for (path, location) in [("/login", "/"), ("/login?then=%2Fimages", "/images"), ("/login?then=%2F%2Fevil.example", "/")] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, location), "{path}");
    }
}

#[tokio::test]
async fn pages_are_painted_with_what_the_application_starts_from() {
    let console = Console::new();
    let login = console.browser().get("/login").await;
    assert_eq!(login.status, StatusCode::OK);
    assert!(login.text().contains("/pkg/frontend.0123456789abcdef.js"), "{}", login.text());
    let mut browser = console.signed_in().await;
    browser.cookie = browser.cookie.map(|cookie| format!("{cookie}; theme=dark; locale=en-XA"));
    let text = browser.get("/").await.text();
    assert!(text.contains("200000000000"), "the account is not in the document");
    assert!(text.contains("data-theme=\"dark\"") && text.contains("lang=\"en-XA\""), "{}", &text[..300]);
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let answer = browser.get("/nowhere/at/all").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn the_policy_names_the_nonce_of_its_own_document() {
    let console = Console::new();
    let mut nonces = vec![];
    for _ in 0..2 {
        let answer = console.browser().get("/login").await;
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert!(answer.text().contains(&format!("nonce=\"{nonce}\"")), "{policy}");
        assert!(!answer.text().contains("style=\"") && !answer.text().contains("<style"), "an inline style");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1], "a nonce was used twice");
}

#[tokio::test]
async fn a_link_from_another_site_comes_in_over_the_doorstep() {
    let console = Console::new();
    let led = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
    let answer = console.browser().send(Method::GET, "/instances", &led, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("http-equiv=\"refresh\""), "{}", answer.text());
    let answer = console.browser().send(Method::GET, "/login", &led, "").await;
    assert!(!answer.text().contains("http-equiv=\"refresh\""), "the sign-in page needs no doorstep");
}
