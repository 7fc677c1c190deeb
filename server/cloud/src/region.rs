//! The regions of a cloud: as a list to look at, and by name for clouds whose configuration names none.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    region::Region,
    resource::Never,
};
use aws_sdk_ec2::types;

use crate::{
    Args, Backend, Cloud, Pages,
    error::{failed, not_found},
    paging::single,
};

const DESCRIBE: &str = "ec2:DescribeRegions";

/// The regions that the account can use, sorted.
pub async fn regions(cloud: &Cloud) -> Result<Vec<String>, ApiError> {
    let answer = cloud.ec2().describe_regions().send().await.map_err(failed(DESCRIBE))?;
    let mut names: Vec<_> = answer.regions.unwrap_or_default().into_iter().filter_map(|region| region.region_name).collect();
    names.sort();
    Ok(names)
}

impl Backend for Region {
    /// Also those that the account would have to opt in to.
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_regions().all_regions(true);
        single(async move {
            let answer = call.send().await.map_err(failed(DESCRIBE))?;
            Ok(answer.regions.unwrap_or_default().into_iter().map(region).collect())
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_regions().all_regions(true).region_names(id).send().await.map_err(failed(DESCRIBE))?;
        answer.regions.unwrap_or_default().into_iter().next().map(region).ok_or_else(|| not_found(DESCRIBE, id))
    }

    async fn create(_: &Cloud, draft: &Never) -> Result<Created, ApiError> {
        match *draft {}
    }

    async fn act(_: &Cloud, action: &Never, _: &[String]) -> Vec<Outcome> {
        match *action {}
    }
}

fn region(region: types::Region) -> Region {
    Region {
        name: region.region_name.unwrap_or_default(),
        opt_in: region.opt_in_status.unwrap_or_default(),
        endpoint: region.endpoint.unwrap_or_default(),
    }
}
