//! Who is let in, for how long, and who is not.

use axum::http::StatusCode;

use crate::browser::{Console, STANDING_KEY, STANDING_SECRET};

fn keys(key: &str, secret: &str) -> String {
    format!(r#"{{"cloud":"demo","access_key_id":"{key}","secret_access_key":"{secret}"}}"#)
}

#[tokio::test]
async fn keys_that_fit_are_let_in() {
    let console = Console::new();
    let mut browser = console.browser();
    let answer = browser.post("/api/session", &keys(STANDING_KEY, STANDING_SECRET)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["account"], "123456789012");
    assert_eq!(browser.get("/api/session").await.json(), answer.json());
}

#[tokio::test]
async fn keys_that_do_not_fit_are_not() {
    let console = Console::new();
    for (body, status, code) in [
        (keys(STANDING_KEY, "wrong"), StatusCode::UNAUTHORIZED, "credentials_refused"),
        (keys("AKIAUNKNOWNUNKNOWN00", STANDING_SECRET), StatusCode::UNAUTHORIZED, "credentials_refused"),
        (r#"{"cloud":"nowhere"}"#.to_owned(), StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        (r#"{"cloud":"demo","region":"nowhere-1"}"#.to_owned(), StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        (r#"{"cloud":"demo","demo":{"faults":"what is this"}}"#.to_owned(), StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        ("{}".to_owned(), StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
    ] {
        let mut browser = console.browser();
        let answer = browser.post("/api/session", &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{body}: {}", answer.text());
        assert_eq!(browser.cookie, None);
        assert!(!answer.json()["request_id"].as_str().unwrap_or_default().is_empty(), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_session_given_before_is_worth_nothing_after() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let before = browser.clone().cookie;
    browser.post("/api/session", r#"{"cloud":"demo"}"#).await;
    assert_ne!(browser.cookie, before);
    let mut old = console.browser();
    old.cookie = before;
    assert_eq!(old.get("/api/session").await.status, StatusCode::UNAUTHORIZED);
    // An id that somebody else made up is not taken over either.
    let made_up = Some(format!("canopy={}", "A".repeat(43)));
    let mut browser = console.browser();
    browser.cookie.clone_from(&made_up);
    browser.post("/api/session", r#"{"cloud":"demo"}"#).await;
    assert_ne!(browser.cookie, made_up);
}

#[tokio::test]
async fn after_signing_out_the_old_cookie_is_refused() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let old = browser.clone();
    let answer = browser.delete("/api/session").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("clear-site-data"), "\"cache\"");
    assert_eq!(browser.cookie, None);
    for path in ["/api/session", "/api/instances?region=us-east-1"] {
        let answer = old.clone().get(path).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "session_expired"));
    }
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_in_any_case() {
    let limits = "[session]\nidle = 100\nabsolute = 1000";
    let console = Console::configured(limits);
    let mut browser = console.signed_in().await;
    console.clock.advance(101);
    assert_eq!(browser.get("/api/session").await.status, StatusCode::UNAUTHORIZED);
    // The demo's own clock does not move along, so the credentials of a second session would end before the session does.
    let console = Console::configured(limits);
    let mut browser = console.signed_in().await;
    for _ in 0..11 {
        console.clock.advance(90);
        assert_eq!(browser.get("/api/session").await.status, StatusCode::OK);
    }
    console.clock.advance(90);
    assert_eq!(browser.get("/api/session").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_ends_with_its_credentials() {
    let console = Console::new();
    let mut browser = console.signed_in_to(r#"{"session_seconds":900}"#).await;
    console.clock.advance(890);
    assert_eq!(browser.get("/api/session").await.status, StatusCode::OK);
    console.clock.advance(20);
    assert_eq!(browser.get("/api/session").await.status, StatusCode::UNAUTHORIZED);
}
