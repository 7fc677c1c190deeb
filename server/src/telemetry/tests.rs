use std::{sync::atomic::Ordering, time::Duration};

use api::kind::Kind;

use super::{Found, Telemetry};

#[test]
fn what_was_counted_is_written_as_prometheus_reads_it() {
    let telemetry = Telemetry::default();
    for millis in [3, 30, 70_000] {
        telemetry.requests.answered("/api/{kind}", "GET", 200, Duration::from_millis(millis));
    }
    telemetry.requests.answered("/api/{kind}", "BREW", 404, Duration::ZERO);
    telemetry.cache.found(Kind::Image, Found::Nowhere);
    telemetry.cache.found_here(Kind::Image, 40);
    telemetry.cache.kept(Kind::Image, 500);
    telemetry.cache.kept(Kind::Image, 70);
    telemetry.cache.let_go(Kind::Image, 500, true);
    telemetry.store_is_set.store(true, Ordering::Relaxed);
    let text = telemetry.text(7, true);
    for line in [
        r#"canopy_request_seconds_bucket{route="/api/{kind}",method="GET",status="200",le="0.005"} 1"#,
        r#"canopy_request_seconds_bucket{route="/api/{kind}",method="GET",status="200",le="60"} 2"#,
        r#"canopy_request_seconds_bucket{route="/api/{kind}",method="GET",status="200",le="+Inf"} 3"#,
        r#"canopy_request_seconds_count{route="/api/{kind}",method="other",status="404"} 1"#,
        r#"canopy_lists_total{namespace="images",found="here"} 1"#,
        r#"canopy_lists_total{namespace="images",found="nowhere"} 1"#,
        r#"canopy_lists_age_seconds_total{namespace="images"} 40"#,
        r#"canopy_lists_kept{namespace="images"} 1"#,
        r#"canopy_lists_kept_bytes{namespace="images"} 70"#,
        r#"canopy_lists_evicted_total{namespace="images"} 1"#,
        "canopy_sessions 7",
        "canopy_draining 1",
        "canopy_store_up 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is missing from\n{text}");
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').expect("a name and a value");
        assert!(value.parse::<f64>().is_ok() && name.starts_with("canopy_"), "{line}");
    }
}

#[test]
fn without_a_store_nothing_is_said_of_one() {
    assert!(!Telemetry::default().text(0, false).contains("canopy_store"));
}
