//! What was measured, for a window that makes a curve.

use axum::http::StatusCode;

use crate::browser::Console;

#[tokio::test]
async fn the_charts_of_an_instance_have_points() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let id = browser.instance_in("running").await;
    let answer = browser.get(&format!("/api/instances/{id}/metrics?region=us-east-1&range=10800&period=300")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let series = &answer.json()["series"];
    assert_eq!(series.as_array().map(Vec::len), Some(10));
    assert_eq!(series[0]["metric"], "CPUUtilization");
    assert!(series[0]["points"].as_array().is_some_and(|points| points.len() > 30), "{series}");
}

#[tokio::test]
async fn a_second_look_is_answered_from_memory_and_a_refresh_is_not() {
    let console = Console::new();
    // The second call fails: whoever gets an answer then did not ask the cloud.
    let mut browser = console.signed_in_to(r#"{"faults":"GetMetricData:ServiceUnavailable#2"}"#).await;
    let id = browser.instance_in("running").await;
    let path = format!("/api/instances/{id}/metrics?range=3600&period=300");
    let first = browser.get(&path).await;
    let second = browser.get(&path).await;
    assert_eq!((second.status, &second.body), (StatusCode::OK, &first.body));
    let reload = [("cache-control", "no-cache")];
    assert_ne!(browser.send(axum::http::Method::GET, &path, &reload, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_makes_no_curve_is_refused() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for query in ["", "?range=3600", "?range=3600&period=7", "?range=1209600&period=60", "?range=3600&period=300&x=1"] {
        let answer = browser.get(&format!("/api/instances/i-1/metrics{query}")).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"), "{query}");
    }
    let answer = browser.get("/api/keypairs/k/metrics?range=3600&period=300").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
