//! What people do: look, change, look again.

use axum::http::StatusCode;
use serde_json::Value;

use crate::browser::Console;

#[tokio::test]
async fn a_change_is_in_the_next_list() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let id = browser.instance_in("running").await;
    let answer = browser
        .post("/api/instances/actions?region=us-east-1", &format!(r#"{{"action":{{"do":"stop","force":false}},"ids":["{id}"]}}"#))
        .await;
    assert_eq!(answer.json()[0]["id"], Value::from(id.as_str()));
    assert_eq!(answer.json()[0].get("error"), None, "{}", answer.text());
    let state = browser.instances().await.into_iter().find(|(has, _)| *has == id).expect("it is still there").1;
    assert!(matches!(state.as_str(), "stopping" | "stopped"), "{state}");
}

#[tokio::test]
async fn a_bulk_change_says_what_became_of_each() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let id = browser.instance_in("running").await;
    let body = format!(r#"{{"action":{{"do":"reboot"}},"ids":["{id}","i-00000000000000000"]}}"#);
    let outcomes = browser.post("/api/instances/actions?region=us-east-1", &body).await.json();
    assert_eq!(outcomes[0].get("error"), None, "{outcomes}");
    assert_eq!(outcomes[1]["error"]["code"], "not_found", "{outcomes}");
}

#[tokio::test]
async fn what_is_made_can_be_looked_at_tagged_and_taken_away() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let made = browser.post("/api/keypairs?region=us-east-1", r#"{"name":"laptop","key_type":"ed25519"}"#).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    assert!(made.json()["secret"]["content"].as_str().is_some_and(|key| key.contains("PRIVATE KEY")));
    assert_eq!(browser.get("/api/keypairs/laptop?region=us-east-1").await.json()["key_type"], "ed25519");
    let again = browser.post("/api/keypairs?region=us-east-1", r#"{"name":"laptop","key_type":"ed25519"}"#).await;
    assert_eq!((again.status, again.code().as_str()), (StatusCode::CONFLICT, "conflict"), "{}", again.text());
    let gone = browser.post("/api/keypairs/actions?region=us-east-1", r#"{"action":{"do":"delete"},"ids":["laptop"]}"#).await;
    assert_eq!(gone.status, StatusCode::OK);
    assert_eq!(browser.get("/api/keypairs/laptop?region=us-east-1").await.status, StatusCode::NOT_FOUND);

    let id = browser.instance_in("running").await;
    let change = format!(r#"{{"action":{{"set":[{{"key":"team","value":"blue"}}],"remove":[]}},"ids":["{id}"]}}"#);
    let tagged = browser.post("/api/instances/tags?region=us-east-1", &change).await;
    assert_eq!(tagged.json()[0].get("error"), None, "{}", tagged.text());
    let instance = browser.get(&format!("/api/instances/{id}?region=us-east-1")).await.json();
    let tags = instance["tags"].as_array().expect("tags");
    assert!(tags.iter().any(|tag| tag["key"] == "team" && tag["value"] == "blue"), "{instance}");
    let console_output = browser.get(&format!("/api/instances/{id}/console-output?region=us-east-1")).await;
    assert_eq!(console_output.status, StatusCode::OK, "{}", console_output.text());
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_the_border_by_field() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let many: Vec<_> = (0..501).map(|n| format!("\"i-{n:017x}\"")).collect();
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(2 * 1024 * 1024));
    for (path, body, field) in [
        ("/api/keypairs", r#"{"name":""}"#.to_owned(), "name"),
        ("/api/instances", r#"{"image_id":"","count":0}"#.to_owned(), "image_id"),
        ("/api/instances/actions", r#"{"action":{"do":"reboot"},"ids":[]}"#.to_owned(), "ids"),
        ("/api/instances/actions", format!(r#"{{"action":{{"do":"reboot"}},"ids":[{}]}}"#, many.join(",")), "ids"),
        ("/api/instances/tags", r#"{"action":{"set":[{"key":"","value":""}],"remove":[]},"ids":["i-1"]}"#.to_owned(), "set.0.key"),
        ("/api/instances/actions", r#"{"action":{"do":"explode"},"ids":["i-1"]}"#.to_owned(), ""),
        ("/api/images", r#"{"name":"a"}"#.to_owned(), ""),
        ("/api/keypairs", "not json".to_owned(), ""),
    ] {
        let answer = browser.post(&format!("{path}?region=us-east-1"), &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"), "{path}: {}", answer.text());
        assert!(field.is_empty() || answer.json()["fields"].get(field).is_some(), "{path}: {}", answer.text());
    }
    assert_eq!(browser.post("/api/keypairs", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn each_demo_has_a_world_of_its_own() {
    let console = Console::new();
    let (mut ann, mut bob) = (console.signed_in().await, console.signed_in().await);
    ann.post("/api/keypairs?region=us-east-1", r#"{"name":"ann","key_type":"ed25519"}"#).await;
    assert!(ann.get("/api/keypairs?region=us-east-1").await.text().contains("\"ann\""));
    assert!(!bob.get("/api/keypairs?region=us-east-1").await.text().contains("\"ann\""));
}

#[tokio::test]
async fn the_clouds_services_tell_how_they_are() {
    let console = Console::new();
    let health = console.signed_in().await.get("/api/health?region=us-east-1").await.json();
    assert!(health.as_array().is_some_and(|services| !services.is_empty()), "{health}");
    assert!(health.as_array().expect("a list").iter().all(|service| service["state"] == "up"), "{health}");
}
