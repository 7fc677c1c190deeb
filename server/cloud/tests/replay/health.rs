//! Health.

use api::session::HealthState;
use cloud::health;

use crate::recorded::Recorded;

#[tokio::test]
async fn each_service_is_told_of_by_itself() {
    let (cloud, _) = Recorded::new()
        .attempts(3)
        .answer("DescribeRegions", "<DescribeRegionsResponse><regionInfo/></DescribeRegionsResponse>")
        .fail("GetMetricStatistics", 500, "<html>busy</html>")
        .refuse("ListRoles", 403, "AccessDenied", "User: bob is not authorized to perform: iam:ListRoles")
        .fail("GetCallerIdentity", 503, "<html>busy</html>")
        .cloud();
    let health = health(&cloud).await;
    let states: Vec<_> = health.iter().map(|service| (service.service.as_str(), service.state, service.error.is_some())).collect();
    let expected = [
        ("Compute", HealthState::Up, false),
        ("Metrics", HealthState::Down, true),
        ("Identity", HealthState::Denied, true),
        ("Tokens", HealthState::Down, true),
    ];
    assert_eq!(states, expected);
}
