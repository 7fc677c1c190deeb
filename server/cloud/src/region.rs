//! The regions of a cloud: as a list to look at, and by name for clouds whose configuration names none.

use api::{error::ApiError, region::Region};
use aws_sdk_ec2::types;

use crate::{
    Backend, Cloud,
    described::{described_whole, only_looked_at},
    error::failed,
};

/// The regions that the account can use, sorted.
pub async fn regions(cloud: &Cloud) -> Result<Vec<String>, ApiError> {
    let answer = cloud.ec2().describe_regions().send().await.map_err(failed("ec2:DescribeRegions"))?;
    let mut names: Vec<_> = answer.regions.unwrap_or_default().into_iter().filter_map(|region| region.region_name).collect();
    names.sort();
    Ok(names)
}

impl Backend for Region {
    // Also those that the account would have to opt in to.
    described_whole!("ec2:DescribeRegions", describe_regions.all_regions(true), region_names => regions, region);
    only_looked_at!();
}

fn region(region: types::Region) -> Region {
    Region {
        name: region.region_name.unwrap_or_default(),
        opt_in: region.opt_in_status.unwrap_or_default(),
        endpoint: region.endpoint.unwrap_or_default(),
    }
}
