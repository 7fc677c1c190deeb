//! Signing in and out without the application.

use axum::http::StatusCode;

use crate::browser::{Console, STANDING_KEY, STANDING_SECRET};

#[tokio::test]
async fn a_form_signs_in_and_leads_on() {
    let console = Console::new();
    for (then, location) in [
        ("", "/"),
        ("/instances?region=eu-west-1", "/instances?region=eu-west-1"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/.//evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ] {
        let mut browser = console.browser();
        let answer = browser.submit("/login", &[("cloud", "demo"), ("then", then)]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, location), "{then:?}");
        assert_eq!(browser.get("/api/session").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_form_takes_keys() {
    let console = Console::new();
    let mut browser = console.browser();
    let fields = [("cloud", "demo"), ("access_key_id", STANDING_KEY), ("secret_access_key", STANDING_SECRET), ("region", "eu-west-1")];
    browser.submit("/login", &fields).await;
    let session = browser.get("/api/session").await.json();
    assert_eq!((session["account"].as_str(), session["region"].as_str()), (Some("123456789012"), Some("eu-west-1")));
}

#[tokio::test]
async fn a_refused_form_is_painted_again_without_its_secrets() {
    let console = Console::new();
    let mut browser = console.browser();
    let fields = [
        ("cloud", "demo"),
        ("access_key_id", "AKIATYPED00000000000"),
        ("secret_access_key", "c4nary-secret"),
        ("session_token", "c4nary-token"),
        ("mfa_code", "987654"),
        ("then", "/images?region=us-east-1"),
    ];
    let answer = browser.submit("/login", &fields).await;
    let text = answer.text();
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{text}");
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(text.contains("AKIATYPED00000000000"), "what was typed is gone");
    assert!(text.contains("credentials_refused"));
    for secret in ["c4nary", "987654"] {
        assert!(!text.contains(secret), "{secret} was painted");
    }
    assert_eq!(browser.cookie, None);
}

#[tokio::test]
async fn a_form_signs_out() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let mut old = browser.clone();
    let answer = browser.submit("/logout", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/login"));
    assert_eq!(browser.cookie, None);
    assert_eq!(old.get("/api/session").await.status, StatusCode::UNAUTHORIZED);
}
