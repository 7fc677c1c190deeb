//! Several identities in one session: each sees its own, none lives longer than it may, and one that is gone is nobody.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    browser::{Answer, Browser, Console, STANDING_KEY, STANDING_SECRET},
    stores::Server,
};

const ADD: &str = "/api/session/identities";
const READER: (&str, &str) = ("AKIAREADONLY7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzREADONLYKEY");

fn keys((id, secret): (&str, &str)) -> String {
    json!({ "cloud": "demo", "access_key_id": id, "secret_access_key": secret }).to_string()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The identity that an answer tells of.
fn identity(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    text(&answer.json(), "identity")
}

/// The same browser in another tab, which is somebody else.
fn tab(browser: &Browser, identity: &str) -> Browser {
    let mut tab = browser.clone();
    tab.identity = Some(identity.to_owned());
    tab
}

async fn rows(browser: &mut Browser, kind: &str) -> Vec<Value> {
    let path = format!("/api/{kind}?region=us-east-1");
    let answer = browser.send(Method::GET, &path, &[("accept", "application/json")], "").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json().as_array().expect("a list").clone()
}

async fn users(browser: &mut Browser) -> Vec<String> {
    let answer = browser.get(ADD).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json().as_array().expect("a list").iter().map(|info| text(info, "user")).collect()
}

/// Signed in as the demo's user and as its reader, and the two identities.
async fn two(console: &Console) -> (Browser, String, String) {
    let mut browser = console.browser();
    let demo = identity(&browser.post("/api/session", &keys((STANDING_KEY, STANDING_SECRET))).await);
    let reader = identity(&browser.post(ADD, &keys(READER)).await);
    (browser, demo, reader)
}

async fn assume(browser: &mut Browser, from: &str, role: &Value) -> Answer {
    browser.post(&format!("{ADD}/{from}/roles"), &role.to_string()).await
}

#[tokio::test]
async fn one_browser_is_several_and_each_request_is_for_one() {
    let console = Console::new();
    let (mut browser, demo, reader) = two(&console).await;
    assert_ne!(demo, reader);
    assert_eq!(users(&mut browser).await, ["demo", "reader"]);
    for (identity, user) in [(&demo, "demo"), (&reader, "reader")] {
        assert_eq!(text(&tab(&browser, identity).get("/api/session").await.json(), "user"), user);
    }
    assert_eq!(text(&browser.get("/api/session").await.json(), "user"), "demo", "without a word it is the first");
    // Who signs in once more is not there twice.
    assert_eq!(identity(&browser.post(ADD, &keys(READER)).await), reader);
    assert_eq!(users(&mut browser).await, ["demo", "reader"]);
}

#[tokio::test]
async fn no_identity_is_answered_from_what_another_was_told() {
    // Kept for long, so that every second answer is one from the cache.
    let console = Console::configured("[cache]\nterms = { instances = \"long\", users = \"long\" }");
    let mut browser = console.signed_in_to(r#"{"instances":3}"#).await;
    let small = text(&browser.get("/api/session").await.json(), "identity");
    let large = identity(&browser.post(ADD, r#"{"cloud":"demo","demo":{"instances":9}}"#).await);
    for _ in 0..2 {
        for (identity, count) in [(&small, 3), (&large, 9)] {
            let found = rows(&mut tab(&browser, identity), "instances").await;
            assert_eq!(found.len(), count);
        }
    }
    // What one may see and the other may not, in one account.
    let (browser, demo, reader) = two(&console).await;
    assert!(!rows(&mut tab(&browser, &demo), "users").await.is_empty());
    let refused = tab(&browser, &reader).get("/api/users?region=us-east-1").await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    assert_eq!(refused.header("vary"), "", "a refusal is not kept");
    let kept = tab(&browser, &demo).get("/api/users?region=us-east-1").await;
    assert!(kept.header("vary").contains("x-canopy-identity"), "the browser would show one the other's");
}

#[tokio::test]
async fn a_change_is_made_and_written_down_as_who_it_is_for() {
    let console = Console::new();
    let (browser, demo, reader) = two(&console).await;
    let body = r#"{"name":"laptop","key_type":"ed25519"}"#;
    let refused = tab(&browser, &reader).post("/api/keypairs?region=us-east-1", body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    assert_eq!(tab(&browser, &demo).post("/api/keypairs?region=us-east-1", body).await.status, StatusCode::OK);
    let lines = console.audit.lines();
    let principals: Vec<_> = lines.iter().filter(|line| line["event"] == "change").map(|line| text(line, "principal")).collect();
    assert_eq!(principals, ["reader", "demo"].map(|user| format!("arn:aws:iam::123456789012:user/{user}")));
}

#[tokio::test]
async fn an_identity_that_is_gone_is_not_answered_as_another() {
    let console = Console::new();
    let (mut browser, demo, reader) = two(&console).await;
    let before = browser.clone();
    let answer = browser.delete(&format!("{ADD}/{demo}")).await;
    assert_eq!((answer.status, answer.header("clear-site-data")), (StatusCode::NO_CONTENT, "\"cache\""));
    assert_eq!(users(&mut browser).await, ["reader"]);
    let mut stale = tab(&browser, &demo);
    for answer in [
        stale.get("/api/session").await,
        stale.get("/api/instances?region=us-east-1").await,
        stale.post("/api/keypairs?region=us-east-1", r#"{"name":"a","key_type":"ed25519"}"#).await,
        tab(&browser, "nobody").get("/api/session").await,
        tab(&browser, "").get("/api/session").await,
        assume(&mut browser, &demo, &json!({ "role": "administrator", "session_name": "ann" })).await,
        browser.delete(&format!("{ADD}/{demo}")).await,
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "session_expired"), "{}", answer.text());
    }
    assert_eq!(before.clone().get("/api/session").await.status, StatusCode::UNAUTHORIZED, "the id of before is still good");
    assert_eq!(tab(&browser, &reader).get("/api/session").await.status, StatusCode::OK);
    // With the last one the session is over.
    browser.delete(&format!("{ADD}/{reader}")).await;
    assert_eq!(browser.cookie, None);
}

#[tokio::test]
async fn signing_out_of_all_ends_all() {
    let console = Console::new();
    let (mut browser, demo, reader) = two(&console).await;
    let before = browser.clone();
    assert_eq!(browser.delete("/api/session").await.status, StatusCode::NO_CONTENT);
    for identity in [&demo, &reader] {
        assert_eq!(tab(&before, identity).get("/api/session").await.status, StatusCode::UNAUTHORIZED);
    }
    let out = console.audit.lines().iter().filter(|line| line["operation"] == "session.end").count();
    assert_eq!(out, 2, "one line for each");
}

#[tokio::test]
async fn each_identity_ends_with_its_own_credentials_and_is_renewed_in_its_place() {
    let console = Console::new();
    let mut browser = console.signed_in_to(r#"{"session_seconds":900}"#).await;
    let short = text(&browser.get("/api/session").await.json(), "identity");
    let long = identity(&browser.post(ADD, &keys((STANDING_KEY, STANDING_SECRET))).await);
    console.clock.advance(890);
    assert_eq!(tab(&browser, &short).get("/api/session").await.status, StatusCode::OK);
    console.clock.advance(20);
    assert_eq!(tab(&browser, &short).get("/api/session").await.code(), "session_expired");
    assert_eq!(tab(&browser, &long).get("/api/session").await.status, StatusCode::OK);
    // In the place of one that is gone, of one that is there, and of the session that is over.
    let reader = identity(&browser.put(&format!("{ADD}/{short}"), &keys(READER)).await);
    assert_eq!(users(&mut browser).await, ["demo", "reader"]);
    identity(&browser.put(&format!("{ADD}/{long}"), r#"{"cloud":"demo"}"#).await);
    assert_eq!(tab(&browser, &long).get("/api/session").await.code(), "session_expired", "it was replaced");
    assert_eq!(users(&mut browser).await, ["demo", "reader"]);
    browser.delete("/api/session").await;
    assert_eq!(identity(&browser.put(&format!("{ADD}/{reader}"), &keys(READER)).await), reader, "the same principal has the same name");
}

#[tokio::test]
async fn there_is_an_end_to_how_many() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for _ in 1..5 {
        identity(&browser.post(ADD, r#"{"cloud":"demo"}"#).await);
    }
    let sixth = browser.post(ADD, r#"{"cloud":"demo"}"#).await;
    assert_eq!((sixth.status, sixth.code().as_str()), (StatusCode::CONFLICT, "conflict"));
    assert!(text(&sixth.json(), "message").contains("Sign out of one"), "{}", sixth.text());
    assert_eq!(users(&mut browser).await.len(), 5);
}

#[tokio::test]
async fn a_role_is_taken_on_beside_whoever_takes_it_on() {
    let console = Console::new();
    let (mut browser, demo, reader) = two(&console).await;
    let partner = json!({ "role": "Admin", "account": "444455556666", "session_name": "ann" });
    let answer = assume(&mut browser, &demo, &partner).await;
    let role = identity(&answer);
    let info = answer.json();
    assert_eq!(text(&info, "arn"), "arn:aws:sts::444455556666:assumed-role/Admin/ann");
    assert_eq!((text(&info, "account"), text(&info["assumed"], "from")), ("444455556666".to_owned(), demo.clone()));
    assert!(rows(&mut tab(&browser, &role), "instances").await.is_empty(), "the partner's account has none");
    assert!(!rows(&mut tab(&browser, &demo), "instances").await.is_empty());
    assert_eq!(users(&mut browser).await, ["demo", "reader", "ann"]);
    let line = console.audit.lines().into_iter().find(|line| line["operation"] == "session.assume-role").expect("it is written down");
    assert_eq!(line["ids"], json!(["arn:aws:iam::444455556666:role/Admin"]));
    assert_eq!(text(&line, "principal"), "arn:aws:iam::123456789012:user/demo");
    // What the cloud refuses is said in its words; what cannot be, at its field.
    let refused = assume(&mut browser, &reader, &json!({ "role": "web-server", "session_name": "ann" })).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    assert!(text(&refused.json(), "message").contains("not authorized to perform: sts:AssumeRole"), "{}", refused.text());
    for (given, field) in [
        (json!({ "role": "", "session_name": "ann" }), "role"),
        (json!({ "role": "administrator", "session_name": "a b" }), "session_name"),
        (
            json!({ "role": "administrator", "session_name": "ann", "mfa_serial": "arn:aws:iam::123456789012:mfa/x", "mfa_code": "123456" }),
            "mfa_serial",
        ),
        (json!({ "role": "Admin", "account": "444455556666", "session_name": "ann", "seconds": 7200 }), "seconds"),
    ] {
        let refused = assume(&mut browser, &demo, &given).await;
        assert!(refused.json()["fields"][field].is_string(), "{given}: {}", refused.text());
    }
    // Whoever took it on may leave.
    browser.delete(&format!("{ADD}/{demo}")).await;
    assert_eq!(tab(&browser, &role).get("/api/session").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_role_ends_with_whoever_took_it_on_at_the_latest() {
    let console = Console::new();
    let mut browser = console.signed_in_to(r#"{"session_seconds":1000}"#).await;
    let from = browser.get("/api/session").await.json();
    console.clock.advance(100);
    let role = assume(&mut browser, &text(&from, "identity"), &json!({ "role": "administrator", "session_name": "ann" })).await;
    let ends = |info: &Value| info["expires_at"].as_i64().expect("a time");
    assert!(ends(&role.json()) <= ends(&from), "{}", role.text());
    assert!(!identity(&role).is_empty());
}

#[tokio::test]
async fn a_document_is_painted_for_whom_the_page_asks_it() {
    let console = Console::new();
    let (browser, _, reader) = two(&console).await;
    let session = browser.cookie.clone().expect("a session");
    for (wanted, user) in [(reader.as_str(), "reader"), ("nobody", "demo"), ("", "demo")] {
        let mut page = browser.clone();
        page.cookie = Some(format!("{session}; identity={wanted}"));
        let painted = page.get("/").await.text();
        let boot = painted.split("id=\"boot\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("the boot facts");
        let boot: Value = serde_json::from_str(boot).expect("JSON");
        assert_eq!(text(&boot["session"], "user"), user, "{wanted}");
        assert_eq!(boot["identities"].as_array().map(Vec::len), Some(2));
    }
}

#[tokio::test]
async fn the_plain_form_adds_too_and_shows_who_came() {
    let console = Console::new();
    let mut browser = console.browser();
    identity(&browser.post("/api/session", &keys((STANDING_KEY, STANDING_SECRET))).await);
    let fields = [("cloud", "demo"), ("access_key_id", READER.0), ("secret_access_key", READER.1)];
    let answer = browser.submit("/login", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let set: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("ASCII")).collect();
    assert!(set.len() == 2 && set[1].starts_with("identity="), "{set:?}");
    assert_eq!(users(&mut browser).await, ["demo", "reader"]);
}

#[tokio::test]
async fn all_identities_are_on_every_replica() {
    for store in [Server::redis(), Server::memcached()] {
        let address = store.address();
        let config = format!("[store]\naddress = \"{address}\"\nkeys = \"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\"\ntimeout = 2000\n");
        let [one, other] = Console::replicas(&config);
        let (browser, demo, reader) = two(&one).await;
        let mut there = browser.at(&other);
        assert_eq!(users(&mut there).await, ["demo", "reader"], "{address}");
        assert_eq!(text(&tab(&there, &reader).get("/api/session").await.json(), "user"), "reader");
        there.delete(&format!("{ADD}/{reader}")).await;
        let mut here = there.at(&one);
        assert_eq!(users(&mut here).await, ["demo"], "{address}");
        assert_eq!(tab(&here, &reader).get("/api/session").await.code(), "session_expired", "{address}");
        assert_eq!(tab(&browser, &demo).get("/api/session").await.code(), "session_expired", "the id of before is still good");
    }
}

#[tokio::test]
async fn ones_own_password_is_changed_with_the_old_one() {
    let console = Console::with_demo("eucalyptus = true");
    let eucalyptus = json!({
        "cloud": "demo-eucalyptus",
        "by": "password",
        "password": { "account": "demo-account", "user": "demo", "password": "eucalyptus-demo" },
    });
    for (given, one) in [(eucalyptus.to_string(), true), (keys((STANDING_KEY, STANDING_SECRET)), false)] {
        let console = if one { &console } else { &Console::new() };
        let mut browser = console.browser();
        let own = identity(&browser.post("/api/session", &given).await);
        let path = format!("{ADD}/{own}/password");
        let change = |old: &str, new: &str| json!({ "password": old, "new_password": new, "new_password_again": new }).to_string();
        for (old, new, field) in [("wrong-password", "another-secret", "password"), ("eucalyptus-demo", "short", "new_password")] {
            let refused = browser.put(&path, &change(old, new)).await;
            assert!(refused.json()["fields"][field].is_string(), "{field}: {}", refused.text());
        }
        let changed = browser.put(&path, &change("eucalyptus-demo", "another-secret")).await;
        assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.text());
        assert_eq!(
            browser.put(&path, &change("eucalyptus-demo", "a-third-secret")).await.code(),
            if one { "credentials_refused" } else { "forbidden" }
        );
        let lines = console.audit.text();
        assert!(lines.contains("session.change-password") && !lines.contains("another-secret"), "{lines}");
        assert_eq!(browser.get("/api/session").await.status, StatusCode::OK, "a wrong password ended the session");
    }
}
