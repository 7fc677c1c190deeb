//! The regions of a cloud, for clouds whose configuration names none.

use api::error::ApiError;

use crate::{Cloud, error::failed};

/// The regions that the account can use, sorted.
pub async fn regions(cloud: &Cloud) -> Result<Vec<String>, ApiError> {
    let answer = cloud.ec2().describe_regions().send().await.map_err(failed("ec2:DescribeRegions"))?;
    let mut names: Vec<_> = answer.regions.unwrap_or_default().into_iter().filter_map(|region| region.region_name).collect();
    names.sort();
    Ok(names)
}
