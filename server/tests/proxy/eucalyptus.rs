//! Signing in with account, user and password, to the face of the demo cloud that is Eucalyptus.

use axum::http::StatusCode;

use crate::browser::{Answer, Browser, Console};

const CLOUD: &str = "demo-eucalyptus";
const PASSWORD: &str = "eucalyptus-demo";

fn console() -> Console {
    Console::with_demo("eucalyptus = true")
}

fn body(user: &str, password: &str, new: &str) -> String {
    serde_json::json!({
        "cloud": CLOUD,
        "by": "password",
        "password": { "account": "demo-account", "user": user, "password": password, "new_password": new, "new_password_again": new },
    })
    .to_string()
}

async fn sign_in(browser: &mut Browser, user: &str, password: &str) -> Answer {
    browser.post("/api/session", &body(user, password, "")).await
}

#[tokio::test]
async fn a_password_opens_a_session_and_its_services_by_path() {
    let console = console();
    let mut browser = console.browser();
    let answer = sign_in(&mut browser, "demo", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let session = answer.json();
    assert_eq!((session["account"].as_str(), session["account_name"].as_str()), (Some("123456789012"), Some("demo-account")));
    assert_eq!((session["user"].as_str(), session["region"].as_str()), (Some("demo"), Some("eucalyptus")));
    let accept = &[("accept", "application/json")];
    for kind in ["instances", "roles", "addresses"] {
        let rows = browser.send(axum::http::Method::GET, &format!("/api/{kind}?region=eucalyptus"), accept, "").await;
        assert_eq!(rows.status, StatusCode::OK, "{kind}: {}", rows.text());
        assert!(rows.json().as_array().is_some_and(|rows| !rows.is_empty()), "no {kind}");
    }
    let health = browser.get("/api/health?region=eucalyptus").await.json();
    assert!(health.as_array().unwrap().iter().all(|service| service["state"] == "up"), "{health}");
    assert_eq!(browser.get("/api/instances?region=us-east-1").await.status, StatusCode::UNPROCESSABLE_ENTITY, "a region of the other face");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_are_told_alike() {
    let console = console();
    let mut said = vec![];
    for (user, password) in [("demo", "wrong-password"), ("nobody", PASSWORD)] {
        let mut browser = console.browser();
        let answer = sign_in(&mut browser, user, password).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "credentials_refused"));
        assert_eq!(browser.cookie, None);
        said.push(answer.json()["message"].clone());
    }
    assert_eq!(said[0], said[1]);
    let empty = console.browser().post("/api/session", &body("", "", "")).await;
    assert_eq!((empty.status, empty.json()["fields"]["user"].is_string()), (StatusCode::UNPROCESSABLE_ENTITY, true));
}

#[tokio::test]
async fn an_expired_password_is_exchanged_for_a_new_one() {
    let console = console();
    let mut browser = console.browser();
    let answer = sign_in(&mut browser, "grace", "eucalyptus-expired").await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "password_expired"));
    for (new, status) in [("short", StatusCode::UNPROCESSABLE_ENTITY), ("a-new:one;@ü", StatusCode::OK)] {
        let answer = browser.post("/api/session", &body("grace", "eucalyptus-expired", new)).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    let mut again = console.browser();
    assert_eq!(sign_in(&mut again, "grace", "eucalyptus-expired").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&mut again, "grace", "a-new:one;@ü").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_plain_form_takes_passwords_and_paints_none() {
    let console = console();
    let mut browser = console.browser();
    let fields = [
        ("cloud", CLOUD),
        ("by", "password"),
        ("account", "demo-account"),
        ("user", "grace"),
        ("password", "eucalyptus-expired"),
        // Filled in by a password manager, where nobody sees it.
        ("access_key_id", "AKIATYPED00000000000"),
    ];
    let answer = browser.submit("/login", &fields).await;
    let text = answer.text();
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{text}");
    assert!(text.contains(r#"value="demo-account""#) && text.contains(r#"value="grace""#), "what was typed is gone");
    assert!(text.contains(r#"name="new_password""#), "a new password is asked for");
    assert!(!text.contains("eucalyptus-expired"), "the password was painted");
    let mut fields = fields.to_vec();
    fields.extend([("new_password", "another-one"), ("new_password_again", "another-one"), ("then", "/volumes")]);
    let answer = browser.submit("/login", &fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/volumes"));
}

#[tokio::test]
async fn a_password_is_sent_to_no_other_cloud() {
    let console = console();
    let answer = console.browser().post("/api/session", &body("demo", PASSWORD, "").replace(CLOUD, "demo")).await;
    // The demo's other face opens a world of its own instead: there was nothing that it could have read the password from.
    assert_eq!(answer.json()["account_name"], serde_json::Value::Null, "{}", answer.text());
}
