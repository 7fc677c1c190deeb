//! Regions, zones, and what the account says of itself.

#![expect(clippy::unnecessary_wraps, reason = "operations share one signature, also those that cannot fail")]

use crate::{
    filter::Filters,
    ops::{Call, Reply},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    region::{CLOSED, REGIONS},
    world::{security_group, subnet},
};

pub fn describe_regions(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let names: &[_] = &[("region-name", "regionName"), ("endpoint", "regionEndpoint"), ("opt-in-status", "optInStatus")];
    let filters = Filters::read(&scope, names)?;
    let asked = scope.list("RegionName");
    let is_eucalyptus = call.world.region.is_eucalyptus;
    let open = REGIONS.iter().filter(|region| region.is_eucalyptus == is_eucalyptus).map(|region| (region.name, "opt-in-not-required"));
    let closed = CLOSED.iter().map(|name| (*name, "not-opted-in"));
    let all = scope.flag("AllRegions")?.unwrap_or(false) && !is_eucalyptus;
    let there: Vec<_> = open.chain(closed.filter(|_| all)).collect();
    if let Some(unknown) = asked.iter().find(|asked| there.iter().all(|(name, _)| name != *asked)) {
        return Err(Refusal::new("InvalidParameterValue", format!("Invalid region provided: {unknown}")));
    }
    let rows = there.into_iter().filter(|(name, _)| asked.is_empty() || asked.contains(name)).map(|(name, opt_in)| {
        let endpoint =
            if is_eucalyptus { "http://ufs.cloud.example:8773/services/compute".to_owned() } else { format!("ec2.{name}.amazonaws.com") };
        map! { "regionName" => name, "regionEndpoint" => endpoint, "optInStatus" => (!is_eucalyptus).then_some(opt_in) }
    });
    Ok(map! { "regionInfo" => Value::list(rows.filter(|row| filters.hold(row))) })
}

pub fn describe_availability_zones(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let names: &[_] = &[
        ("zone-name", "zoneName"),
        ("zone-id", "zoneId"),
        ("zone-type", "zoneType"),
        ("state", "zoneState"),
        ("region-name", "regionName"),
        ("group-name", "groupName"),
        ("opt-in-status", "optInStatus"),
    ];
    let filters = Filters::read(&scope, names)?;
    let asked = scope.list("ZoneName");
    let region = call.world.region;
    if let Some(unknown) = asked.iter().find(|name| region.zones().all(|zone| zone != **name)) {
        return Err(Refusal::new("InvalidParameterValue", format!("Invalid availability zone: [{unknown}]")));
    }
    let rows = region.zones().filter(|zone| asked.is_empty() || asked.contains(&zone.as_str())).map(|zone| {
        map! {
            "zoneId" => subnet::zone_id(call.world, &zone),
            "zoneName" => zone,
            "zoneState" => "available",
            "zoneType" => "availability-zone",
            "regionName" => region.name,
            "groupName" => format!("{}-zg-1", region.name),
            "networkBorderGroup" => region.name,
            "optInStatus" => "opt-in-not-required",
            "messageSet" => vec![],
        }
    });
    Ok(map! { "availabilityZoneInfo" => Value::list(rows.filter(|row| filters.hold(row))) })
}

pub fn describe_account_attributes(call: &mut Call<'_>) -> Reply {
    let asked = call.scope().list("AttributeName");
    let vpc = security_group::default_vpc(call.world).map_or("none", |id| id);
    let attributes = [
        ("supported-platforms", if call.world.region.is_eucalyptus { "EC2" } else { "VPC" }),
        ("vpc-max-security-groups-per-interface", "5"),
        ("max-elastic-ips", "5"),
        ("max-instances", "100"),
        ("vpc-max-elastic-ips", "5"),
        ("default-vpc", vpc),
    ];
    let rows = attributes.into_iter().filter(|(name, _)| asked.is_empty() || asked.contains(name)).map(|(name, value)| {
        map! { "attributeName" => name, "attributeValueSet" => Value::list([map! { "attributeValue" => value }]) }
    });
    Ok(map! { "accountAttributeSet" => Value::list(rows) })
}
