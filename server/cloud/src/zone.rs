//! Availability zones.

use api::zone::Zone;
use aws_sdk_ec2::types::AvailabilityZone;

use crate::{
    Backend,
    described::{described_whole, only_looked_at},
    word::word,
};

impl Backend for Zone {
    described_whole!("ec2:DescribeAvailabilityZones", describe_availability_zones, zone_names => availability_zones, zone);
    only_looked_at!();
}

fn zone(zone: AvailabilityZone) -> Zone {
    Zone { name: zone.zone_name.unwrap_or_default(), state: word(zone.state), region: zone.region_name.unwrap_or_default() }
}
