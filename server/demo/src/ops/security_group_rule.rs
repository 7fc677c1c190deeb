//! Rules of security groups.

use std::net::IpAddr;

use crate::{
    filter::Filters,
    noun::Noun as _,
    ops::{Call, Reply, security_group::meant},
    page::{self, Table},
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    world::{
        Text, World,
        security_group::{self, Peer, Rule, SecurityGroup, Traffic},
    },
};

pub fn authorize_ingress(call: &mut Call<'_>) -> Reply {
    authorize(call, false)
}

pub fn authorize_egress(call: &mut Call<'_>) -> Reply {
    authorize(call, true)
}

pub fn revoke_ingress(call: &mut Call<'_>) -> Reply {
    revoke(call, false)
}

pub fn revoke_egress(call: &mut Call<'_>) -> Reply {
    revoke(call, true)
}

fn authorize(call: &mut Call<'_>, egress: bool) -> Reply {
    let id = meant(call)?;
    let wanted = permissions(call, &id)?;
    let world = &mut *call.world;
    let present = &world.security_groups[&id].rules;
    for (index, (traffic, _)) in wanted.iter().enumerate() {
        let there = present.iter().any(|rule| rule.egress == egress && rule.traffic == *traffic);
        if there || wanted[..index].iter().any(|(other, _)| other == traffic) {
            return Err(Refusal::new(
                "InvalidPermission.Duplicate",
                format!("the specified rule \"{}\" already exists", describe_traffic(traffic)),
            ));
        }
    }
    let rules: Vec<_> =
        wanted.into_iter().map(|(traffic, description)| Rule { id: world.id("sgr-"), egress, traffic, description }).collect();
    let shown = Value::list(rules.iter().map(|rule| security_group::show_rule(&id, rule, world)));
    if let Some(group) = world.security_groups.get_mut(&id) {
        group.rules.extend(rules);
    }
    Ok(map! { "return" => true, "securityGroupRuleSet" => shown })
}

fn revoke(call: &mut Call<'_>, egress: bool) -> Reply {
    let id = meant(call)?;
    let ids = call.scope().list("SecurityGroupRuleId");
    let doomed: Vec<Text> = if ids.is_empty() {
        let rules = &call.world.security_groups[&id].rules;
        let find = |traffic: &Traffic| rules.iter().find(|rule| rule.egress == egress && rule.traffic == *traffic);
        permissions(call, &id)?
            .iter()
            .map(|(traffic, _)| {
                find(traffic)
                    .map(|rule| rule.id.clone())
                    .ok_or_else(|| Refusal::new("InvalidPermission.NotFound", "The specified rule does not exist in this security group."))
            })
            .collect::<Result<_, _>>()?
    } else {
        let rules = &call.world.security_groups[&id].rules;
        let find = |rule_id: &str| rules.iter().find(|rule| rule.egress == egress && &*rule.id == rule_id).map(|rule| rule.id.clone());
        ids.into_iter().map(|rule_id| find(rule_id).ok_or_else(|| unknown(rule_id))).collect::<Result<_, _>>()?
    };
    if let Some(group) = call.world.security_groups.get_mut(&id) {
        group.rules.retain(|rule| !doomed.contains(&rule.id));
    }
    Ok(map! { "return" => true })
}

pub fn describe_ingress(call: &mut Call<'_>) -> Reply {
    update_descriptions(call, false)
}

pub fn describe_egress(call: &mut Call<'_>) -> Reply {
    update_descriptions(call, true)
}

fn update_descriptions(call: &mut Call<'_>, egress: bool) -> Reply {
    let id = meant(call)?;
    let wanted = permissions(call, &id)?;
    let rules = &mut call.world.security_groups.get_mut(&id).ok_or_else(|| SecurityGroup::unknown(&id))?.rules;
    let place = |rules: &[Rule], traffic: &Traffic| rules.iter().position(|rule| rule.egress == egress && rule.traffic == *traffic);
    if wanted.iter().any(|(traffic, _)| place(rules, traffic).is_none()) {
        return Err(Refusal::new("InvalidPermission.NotFound", "The specified rule does not exist in this security group."));
    }
    for (traffic, description) in wanted {
        if let Some(index) = place(rules, &traffic) {
            rules[index].description = description;
        }
    }
    Ok(map! { "return" => true })
}

fn unknown(id: &str) -> Refusal {
    Refusal::new("InvalidSecurityGroupRuleId.NotFound", format!("The security group rule ID '{id}' does not exist"))
}

/// The rule of a default group: its own members may come in.
pub fn add_own_members(world: &mut World, group: &Text) {
    let id = world.id("sgr-");
    let traffic = Traffic { protocol: "-1".into(), ports: None, peer: Peer::Group(group.clone()) };
    if let Some(row) = world.security_groups.get_mut(group) {
        row.rules.push(Rule { id, egress: false, traffic, description: None });
    }
}

pub fn describe(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let names: &[_] = &[("group-id", "groupId"), ("security-group-rule-id", "securityGroupRuleId"), ("tag-key", "tagSet.key")];
    let filters = Filters::read(&scope, names)?;
    let limit = scope.number::<usize>("MaxResults")?.unwrap_or(1000).clamp(5, 1000);
    let world = &*call.world;
    let mut rules: Table<Value> = Table::new();
    for (id, group) in &world.security_groups {
        for rule in &group.rules {
            rules.insert(rule.id.clone(), security_group::show_rule(id, rule, world));
        }
    }
    let asked = scope.list("SecurityGroupRuleId");
    if let Some(missing) = asked.iter().find(|id| !rules.contains_key(**id)) {
        return Err(unknown(missing));
    }
    let pick = |id: &Text, row: &Value| ((asked.is_empty() || asked.contains(&&**id)) && filters.hold(row)).then(|| row.clone());
    let page = page::page(&rules, scope.text("NextToken"), limit, pick)
        .ok_or_else(|| Refusal::new("InvalidParameterValue", "Unable to parse pagination token"))?;
    Ok(map! { "securityGroupRuleSet" => page.rows, "nextToken" => page.next })
}

type Wanted = (Traffic, Option<String>);

/// The permissions of a request, one peer each: `IpPermissions.N`, or the flat form of old.
fn permissions(call: &Call<'_>, group: &str) -> Result<Vec<Wanted>, Refusal> {
    let scope = call.scope();
    let structures = scope.structures("IpPermissions");
    let mut found = vec![];
    if structures.is_empty() {
        flat(&scope, call.world, group, &mut found)?;
    }
    for permission in structures {
        let protocol = read_protocol(permission.text("IpProtocol"))?;
        let ports = read_ports(&permission, &protocol)?;
        let before = found.len();
        for range in permission.structures("IpRanges") {
            let cidr = cidr(range.get("CidrIp").unwrap_or_default(), false)?;
            found.push(wanted(&protocol, ports, Peer::Ipv4(cidr), &range)?);
        }
        for range in permission.structures("Ipv6Ranges") {
            let cidr = cidr(range.get("CidrIpv6").unwrap_or_default(), true)?;
            found.push(wanted(&protocol, ports, Peer::Ipv6(cidr), &range)?);
        }
        for list in permission.structures("PrefixListIds") {
            found.push(wanted(&protocol, ports, Peer::PrefixList(list.require("PrefixListId")?.to_owned()), &list)?);
        }
        for pair in permission.structures("Groups").into_iter().chain(permission.structures("UserIdGroupPairs")) {
            found.push(wanted(&protocol, ports, peer_group(&pair, call.world, group)?, &pair)?);
        }
        if found.len() == before {
            return Err(Refusal::new("MissingParameter", "Source group ID missing."));
        }
    }
    if found.is_empty() {
        return Err(Refusal::missing("ipPermissions"));
    }
    Ok(found)
}

fn flat(scope: &Scope<'_>, world: &World, group: &str, found: &mut Vec<Wanted>) -> Result<(), Refusal> {
    if let Some(name) = scope.text("SourceSecurityGroupName") {
        // The old form means everything that the group sends.
        let vpc = world.security_groups.get(group).map(|group| &*group.vpc);
        let source = security_group::by_name(world, vpc, name)?;
        if scope.text("IpProtocol").is_none() {
            for (protocol, ports) in [("tcp", (0, 65_535)), ("udp", (0, 65_535)), ("icmp", (-1, -1))] {
                let traffic = Traffic { protocol: protocol.into(), ports: Some(ports), peer: Peer::Group(source.clone()) };
                found.push((traffic, None));
            }
            return Ok(());
        }
        let protocol = read_protocol(scope.text("IpProtocol"))?;
        let ports = read_ports(scope, &protocol)?;
        found.push((Traffic { protocol, ports, peer: Peer::Group(source) }, None));
    } else if let Some(text) = scope.text("CidrIp") {
        let protocol = read_protocol(scope.text("IpProtocol"))?;
        let ports = read_ports(scope, &protocol)?;
        found.push((Traffic { protocol, ports, peer: Peer::Ipv4(cidr(text, false)?) }, None));
    }
    Ok(())
}

fn wanted(protocol: &str, ports: Option<(i32, i32)>, peer: Peer, scope: &Scope<'_>) -> Result<Wanted, Refusal> {
    let description = scope.text("Description");
    if let Some(text) = description.filter(|text| text.chars().count() > 255) {
        return Err(Refusal::invalid_value("Description", text, "Rule descriptions are up to 255 characters in length."));
    }
    Ok((Traffic { protocol: protocol.to_owned(), ports, peer }, description.map(str::to_owned)))
}

fn peer_group(pair: &Scope<'_>, world: &World, group: &str) -> Result<Peer, Refusal> {
    match (pair.text("GroupId"), pair.text("GroupName")) {
        (Some(id), _) => SecurityGroup::key(world, id).map(Peer::Group),
        (None, Some(name)) => {
            let vpc = world.security_groups.get(group).map(|group| &*group.vpc);
            security_group::by_name(world, vpc, name).map(Peer::Group)
        }
        (None, None) => Err(Refusal::new("MissingParameter", "Source group ID missing.")),
    }
}

fn read_protocol(given: Option<&str>) -> Result<String, Refusal> {
    let protocol = given.ok_or_else(|| Refusal::missing("ipProtocol"))?.to_ascii_lowercase();
    Ok(match protocol.as_str() {
        "6" => "tcp".into(),
        "17" => "udp".into(),
        "1" => "icmp".into(),
        "58" => "icmpv6".into(),
        "all" => "-1".into(),
        "tcp" | "udp" | "icmp" | "icmpv6" | "-1" => protocol,
        number if number.parse::<u8>().is_ok() => protocol,
        _ => {
            return Err(Refusal::new(
                "InvalidPermission.Malformed",
                format!("Unsupported IP protocol \"{protocol}\"  - supported: [tcp, udp, icmp]"),
            ));
        }
    })
}

fn read_ports(scope: &Scope<'_>, protocol: &str) -> Result<Option<(i32, i32)>, Refusal> {
    let (from, to) = (scope.number::<i32>("FromPort")?, scope.number::<i32>("ToPort")?);
    match protocol {
        "tcp" | "udp" => {
            let (Some(from), Some(to)) = (from, to) else {
                return Err(Refusal::new(
                    "InvalidParameterValue",
                    "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
                ));
            };
            if !(0..=65_535).contains(&from) || !(0..=65_535).contains(&to) {
                let wrong = if (0..=65_535).contains(&from) { to } else { from };
                return Err(Refusal::new(
                    "InvalidParameterValue",
                    format!("Invalid value '{wrong}' for portRange. Must be between 0 and 65535."),
                ));
            }
            if from > to {
                return Err(Refusal::new("InvalidParameterValue", format!("Invalid TCP/UDP port range ({from}:{to})")));
            }
            Ok(Some((from, to)))
        }
        "icmp" | "icmpv6" => Ok(Some((from.unwrap_or(-1), to.unwrap_or(-1)))),
        _ => Ok(None),
    }
}

/// A CIDR block, as EC2 keeps it: with the bits of the host cleared.
fn cidr(text: &str, v6: bool) -> Result<String, Refusal> {
    let malformed = || Refusal::new("InvalidParameterValue", format!("CIDR block {text} is malformed"));
    let (address, bits) = text.split_once('/').ok_or_else(malformed)?;
    let bits: u32 = bits.parse().map_err(|_| malformed())?;
    match address.parse::<IpAddr>().map_err(|_| malformed())? {
        IpAddr::V4(address) if !v6 && bits <= 32 => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            Ok(format!("{}/{bits}", std::net::Ipv4Addr::from(u32::from(address) & mask)))
        }
        IpAddr::V6(address) if v6 && bits <= 128 => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            Ok(format!("{}/{bits}", std::net::Ipv6Addr::from(u128::from(address) & mask)))
        }
        _ => Err(malformed()),
    }
}

/// A rule as the refusal of a duplicate tells it.
fn describe_traffic(traffic: &Traffic) -> String {
    let peer = match &traffic.peer {
        Peer::Ipv4(text) | Peer::Ipv6(text) | Peer::PrefixList(text) => text.as_str(),
        Peer::Group(id) => id,
    };
    let protocol = if traffic.protocol == "-1" { "ALL".to_owned() } else { traffic.protocol.to_uppercase() };
    match traffic.ports {
        Some((from, to)) => format!("peer: {peer}, {protocol}, from port: {from}, to port: {to}, ALLOW"),
        None => format!("peer: {peer}, {protocol}, ALLOW"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_checked_and_kept_without_host_bits() {
        assert_eq!(cidr("10.1.2.3/8", false).unwrap(), "10.0.0.0/8");
        assert_eq!(cidr("0.0.0.0/0", false).unwrap(), "0.0.0.0/0");
        assert_eq!(cidr("1.2.3.4/32", false).unwrap(), "1.2.3.4/32");
        assert_eq!(cidr("2001:db8::1/32", true).unwrap(), "2001:db8::/32");
        for (bad, v6) in [("", false), ("10.0.0.0", false), ("10.0.0.0/33", false), ("::/0", false), ("10.0.0.0/8", true)] {
            assert!(cidr(bad, v6).is_err(), "{bad}");
        }
    }
}
