//! Availability zones.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    resource::Never,
    zone::Zone,
};
use aws_sdk_ec2::types::AvailabilityZone;

use crate::{
    Args, Backend, Cloud, Pages,
    error::{failed, not_found},
    paging::single,
    word::word,
};

const DESCRIBE: &str = "ec2:DescribeAvailabilityZones";

impl Backend for Zone {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_availability_zones();
        single(async move {
            let answer = call.send().await.map_err(failed(DESCRIBE))?;
            Ok(answer.availability_zones.unwrap_or_default().into_iter().map(zone).collect())
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_availability_zones().zone_names(id).send().await.map_err(failed(DESCRIBE))?;
        answer.availability_zones.unwrap_or_default().into_iter().next().map(zone).ok_or_else(|| not_found(DESCRIBE, id))
    }

    async fn create(_: &Cloud, draft: &Never) -> Result<Created, ApiError> {
        match *draft {}
    }

    async fn act(_: &Cloud, action: &Never, _: &[String]) -> Vec<Outcome> {
        match *action {}
    }
}

fn zone(zone: AvailabilityZone) -> Zone {
    Zone { name: zone.zone_name.unwrap_or_default(), state: word(zone.state), region: zone.region_name.unwrap_or_default() }
}
