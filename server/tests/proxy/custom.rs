//! Clouds that users name: nowhere unless switched on, nowhere inside, and each one by itself.

use axum::http::StatusCode;

use crate::{
    browser::{Answer, Browser, Console, STANDING_KEY, STANDING_SECRET},
    stores::Server,
};

const OUTSIDE: &str = "https://cloud.example.com:8773";

async fn sign_in(browser: &mut Browser, endpoint: &str, region: &str, secret: &str) -> Answer {
    let keys = format!(r#""access_key_id":"{STANDING_KEY}","secret_access_key":"{secret}""#);
    browser.post("/api/session", &format!(r#"{{"cloud":"custom","endpoint":"{endpoint}","endpoint_region":"{region}",{keys}}}"#)).await
}

#[tokio::test]
async fn a_cloud_is_named_only_where_that_is_switched_on() {
    let console = Console::new();
    let mut browser = console.browser();
    let refused = sign_in(&mut browser, OUTSIDE, "", STANDING_SECRET).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"));
    let by_key = format!(r#"{{"cloud":"custom:us-east-1@{OUTSIDE}","access_key_id":"{STANDING_KEY}","secret_access_key":"x"}}"#);
    assert_eq!(browser.post("/api/session", &by_key).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!browser.get("/login").await.text().contains("name=\"endpoint\""));
}

#[tokio::test]
async fn who_names_a_cloud_outside_is_signed_in_to_it() {
    let [console] = Console::before_custom("");
    let mut browser = console.browser();
    let page = browser.get("/login").await.text();
    assert!(page.contains("name=\"endpoint\"") && page.contains("data-endpoint"), "{page}");
    let answer = sign_in(&mut browser, OUTSIDE, "", STANDING_SECRET).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let info = answer.json();
    assert_eq!(
        (info["cloud"]["key"].as_str(), info["region"].as_str()),
        (Some(&*format!("custom:us-east-1@{OUTSIDE}")), Some("us-east-1"))
    );
    assert_eq!(info["cloud"]["regions"].as_array().map(Vec::len), Some(1), "what the cloud says of regions is dialled nowhere");
    assert!(!browser.instances().await.is_empty());
    let elsewhere = browser.get("/api/instances?region=eu-west-1").await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "a region that nobody named");
    // In place, as the dialog of a session that is over does it.
    let again =
        format!(r#"{{"cloud":"custom:us-east-1@{OUTSIDE}","access_key_id":"{STANDING_KEY}","secret_access_key":"{STANDING_SECRET}"}}"#);
    assert_eq!(browser.post("/api/session", &again).await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_cloud_inside_is_signed_in_to_and_what_was_typed_stays() {
    let [console] = Console::before_custom("");
    let inside =
        ["http://cloud.example.com", "https://127.0.0.1", "https://2130706433", "https://[fd00:ec2::254]", "https://cloud.example.com:22"];
    for endpoint in inside {
        let mut browser = console.browser();
        let refused = sign_in(&mut browser, endpoint, "", STANDING_SECRET).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"), "{endpoint}");
        assert!(refused.json()["fields"]["endpoint"].is_string(), "{endpoint}: {}", refused.text());
        let by_key = format!(r#"{{"cloud":"custom:us-east-1@{endpoint}","access_key_id":"{STANDING_KEY}","secret_access_key":"x"}}"#);
        assert_eq!(browser.post("/api/session", &by_key).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{endpoint}");
        assert_eq!(browser.cookie, None);
    }
    let fields = [("cloud", "custom"), ("endpoint", "https://10.1.2.3/typed"), ("access_key_id", STANDING_KEY)];
    let page = console.browser().submit("/login", &fields).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text().contains("https://10.1.2.3/typed"), "{}", page.text());
}

#[tokio::test]
async fn guesses_at_clouds_that_users_name_are_counted_together() {
    let [console] = Console::before_custom("[limits]\nsign_in_tries = 50\ncloud_tries = 3\n");
    for cloud in 0..3 {
        let refused = sign_in(&mut console.browser(), &format!("https://c{cloud}.example.com"), "", "wrong").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.text());
    }
    let refused = sign_in(&mut console.browser(), "https://c4.example.com", "", "wrong").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{}", refused.text());
}

#[tokio::test]
async fn another_replica_goes_on_with_a_cloud_that_was_named() {
    let store = Server::redis();
    let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    let text = format!("[store]\naddress = \"{}\"\nkeys = \"{key}\"\ntimeout = 2000\n", store.address());
    let [one, other] = Console::before_custom(&text);
    let mut here = one.browser();
    assert_eq!(sign_in(&mut here, OUTSIDE, "", STANDING_SECRET).await.status, StatusCode::OK);
    assert!(!here.at(&other).instances().await.is_empty());
    // One that lets nobody name a cloud does not go where a session says.
    let [stranger] = Console::replicas(&text);
    assert_eq!(here.at(&stranger).get("/api/session").await.status, StatusCode::UNAUTHORIZED);
}
