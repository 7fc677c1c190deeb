//! How each service of a cloud is doing: the cheapest call it has, all at once, timed.

use api::{
    error::{ApiError, ErrorCode},
    session::{HealthState, ServiceHealth},
};
use aws_sdk_cloudwatch::types::Statistic;
use aws_smithy_types::retry::RetryConfig;
use futures::future::OptionFuture;
use std::time::{Duration, Instant, SystemTime};

use crate::{Cloud, error::failed};

/// One entry per service that the cloud has, in a fixed order. No retries: a service that needs them is not well.
pub async fn health(cloud: &Cloud) -> Vec<ServiceHealth> {
    let compute = async {
        let call = cloud.ec2().describe_regions().customize();
        let call = call.config_override(aws_sdk_ec2::config::Builder::new().retry_config(RetryConfig::disabled()));
        call.send().await.map(drop).map_err(failed("ec2:DescribeRegions"))
    };
    let identity = async {
        let call = cloud.iam().list_roles().max_items(1).customize();
        let call = call.config_override(aws_sdk_iam::config::Builder::new().retry_config(RetryConfig::disabled()));
        call.send().await.map(drop).map_err(failed("iam:ListRoles"))
    };
    let tokens = async {
        let call = cloud.sts().get_caller_identity().customize();
        let call = call.config_override(aws_sdk_sts::config::Builder::new().retry_config(RetryConfig::disabled()));
        call.send().await.map(drop).map_err(failed("sts:GetCallerIdentity"))
    };
    // One value of one minute.
    let metrics = cloud.cloudwatch().ok().map(|client| async move {
        let now = SystemTime::now();
        let call = client.get_metric_statistics().namespace("AWS/EC2").metric_name("CPUUtilization").statistics(Statistic::Average);
        let call = call.period(60).start_time((now - Duration::from_secs(60)).into()).end_time(now.into()).customize();
        let call = call.config_override(aws_sdk_cloudwatch::config::Builder::new().retry_config(RetryConfig::disabled()));
        call.send().await.map(drop).map_err(failed("cloudwatch:GetMetricStatistics"))
    });
    let metrics = OptionFuture::from(metrics.map(|call| look("Metrics", call)));
    let (compute, metrics, identity, tokens) =
        futures::join!(look("Compute", compute), metrics, look("Identity", identity), look("Tokens", tokens));
    [Some(compute), metrics, Some(identity), Some(tokens)].into_iter().flatten().collect()
}

async fn look(service: &str, call: impl Future<Output = Result<(), ApiError>>) -> ServiceHealth {
    let start = Instant::now();
    let error = call.await.err();
    let milliseconds = start.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
    let state = error.as_ref().map_or(HealthState::Up, |error| state(error.code));
    ServiceHealth { service: service.to_owned(), state, milliseconds, error }
}

/// A refusal shows that the service is there.
fn state(code: ErrorCode) -> HealthState {
    match code {
        ErrorCode::Unreachable | ErrorCode::Timeout | ErrorCode::CloudFailure | ErrorCode::Internal | ErrorCode::Unsupported => {
            HealthState::Down
        }
        ErrorCode::Forbidden | ErrorCode::SessionExpired => HealthState::Denied,
        _ => HealthState::Up,
    }
}
