//! Lists: how they travel, what they take, when they are asked for again.

use std::{io::Read, sync::atomic::Ordering};

use axum::http::{Method, StatusCode};
use flate2::read::GzDecoder;

use crate::browser::{Console, STANDING_KEY, STANDING_SECRET};

const IMAGES: &str = "/api/images?region=us-east-1";

#[tokio::test]
async fn a_list_is_the_same_in_every_form() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let plain = browser.get(IMAGES).await;
    assert_eq!(plain.header("content-type"), "application/x-ndjson");
    assert_eq!(plain.header("content-encoding"), "");
    let packed = browser.send(Method::GET, IMAGES, &[("accept-encoding", "gzip, br")], "").await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut unpacked = String::new();
    GzDecoder::new(packed.body.as_slice()).read_to_string(&mut unpacked).expect("it is gzip");
    assert_eq!(unpacked, plain.text());
    let array = browser.send(Method::GET, IMAGES, &[("accept", "application/json")], "").await.json();
    let end = format!("{{\"end\":{{\"total\":{}}}}}", array.as_array().expect("a list").len());
    assert_eq!(plain.text().lines().last(), Some(end.as_str()));
    assert_eq!(browser.get("/api/images/summary?region=us-east-1").await.json()["total"], array.as_array().map_or(0, Vec::len));
}

#[tokio::test]
async fn a_kept_list_is_not_sent_twice() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let first = browser.get(IMAGES).await;
    assert_eq!(first.header("cache-control"), "private, no-cache");
    let second = browser.get(IMAGES).await;
    assert_eq!(second.body, first.body);
    let etag = second.header("etag").to_owned();
    assert!(etag.starts_with("W/\""), "{etag}");
    let third = browser.send(Method::GET, IMAGES, &[("if-none-match", &etag)], "").await;
    assert_eq!((third.status, third.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(third.header("etag"), etag);
    let forced = browser.send(Method::GET, IMAGES, &[("if-none-match", &etag), ("cache-control", "no-cache")], "").await;
    assert_eq!(forced.status, StatusCode::OK);
    assert_eq!(forced.body, first.body);
}

#[tokio::test]
async fn a_long_list_is_loaded_once_and_kept_in_less_than_twice_its_json() {
    let (console, calls) = Console::counted(14_000);
    let mut browser = console.browser();
    let keys = format!(r#"{{"cloud":"counted","access_key_id":"{STANDING_KEY}","secret_access_key":"{STANDING_SECRET}"}}"#);
    assert_eq!(browser.post("/api/session", &keys).await.status, StatusCode::OK);
    let path = format!("{IMAGES}&owner=all");
    let before = calls.load(Ordering::SeqCst);
    let first = browser.get(&path).await;
    let loaded = calls.load(Ordering::SeqCst);
    assert!(loaded >= before + 10, "14,000 images came in {} calls", loaded - before);
    assert!(first.text().matches("\"id\":\"ami-").count() >= 13_000, "{}", first.text().lines().last().unwrap_or_default());
    let text = console.app.telemetry.text(0, false);
    let line = "canopy_lists_kept_bytes{namespace=\"images\"} ";
    let kept: usize = text.lines().find_map(|found| found.strip_prefix(line)?.parse().ok()).expect("it is counted");
    assert!(kept <= 2 * first.body.len(), "{kept} bytes are kept of {}", first.body.len());
    // Again as it is, compressed, summed up, and by its tag.
    let second = browser.get(&path).await;
    assert_eq!(second.body, first.body);
    let etag = second.header("etag").to_owned();
    assert!(browser.send(Method::GET, &path, &[("accept-encoding", "gzip")], "").await.body.len() < first.body.len());
    assert_eq!(browser.send(Method::GET, &path, &[("if-none-match", &etag)], "").await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(browser.get("/api/images/summary?region=us-east-1&owner=all").await.status, StatusCode::OK);
    assert_eq!(calls.load(Ordering::SeqCst), loaded, "the cloud was asked again");
}

#[tokio::test]
async fn what_changes_is_not_kept() {
    let console = Console::new();
    let answer = console.signed_in().await.get("/api/instances?region=us-east-1").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("etag"), "");
}

#[tokio::test]
async fn a_list_takes_its_own_arguments_and_no_others() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for (query, field) in [
        ("region=us-east-1&colour=red", "colour"),
        ("region=us-east-1&vpc=vpc-1", "vpc"),
        ("region=nowhere-1", "region"),
        ("region=us-east-1&region=eu-west-1", "region"),
        (&format!("region=us-east-1&owner={}", "x".repeat(300)), "owner"),
    ] {
        let answer = browser.get(&format!("/api/images?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(answer.json()["fields"].get(field).is_some(), "{query}: {}", answer.text());
    }
    let mine = browser.get(&format!("{IMAGES}&owner=self")).await;
    let theirs = browser.get(&format!("{IMAGES}&owner=amazon")).await;
    assert_eq!((mine.status, theirs.status), (StatusCode::OK, StatusCode::OK));
    assert_ne!(mine.body, theirs.body);
}

#[tokio::test]
async fn a_cloud_that_refuses_at_once_is_an_error_with_its_status() {
    let console = Console::new();
    let mut browser = console.signed_in_to(r#"{"faults":"DescribeInstances:UnauthorizedOperation"}"#).await;
    let answer = browser.get("/api/instances?region=us-east-1").await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"), "{}", answer.text());
    assert_eq!(answer.json()["cloud_code"], "UnauthorizedOperation");
    assert_eq!(browser.get("/api/instances/summary?region=us-east-1").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cloud_that_refuses_half_way_keeps_its_rows() {
    let console = Console::new();
    let mut browser = console.signed_in_to(r#"{"instances":2500,"faults":"DescribeInstances:UnauthorizedOperation#2"}"#).await;
    let text = browser.get("/api/instances?region=us-east-1").await.text();
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("{\"rows\":["), "{}", &lines[0][..60]);
    assert!(lines[lines.len() - 1].starts_with("{\"error\":{\"code\":\"forbidden\""), "{}", lines[lines.len() - 1]);
}
