//! Between the API's permissions, which bundle many sources, and the console's rules, which have one each.

use api::security_group::{Peer, Rule};
use aws_sdk_ec2::types::{IpPermission, IpRange, Ipv6Range, PrefixListId, UserIdGroupPair};

/// One rule per source or destination.
pub fn rules(permissions: Option<Vec<IpPermission>>) -> Vec<Rule> {
    permissions.unwrap_or_default().into_iter().flat_map(unbundled).collect()
}

fn unbundled(permission: IpPermission) -> Vec<Rule> {
    let protocol = permission.ip_protocol.unwrap_or_default();
    // The API says "all" with -1, in ICMP types as in codes.
    let port = |port: Option<i32>| port.filter(|&port| port >= 0);
    let (from_port, to_port) = (port(permission.from_port), port(permission.to_port));
    let rule = |peer: Peer, description: Option<String>| Rule {
        protocol: protocol.clone(),
        from_port,
        to_port,
        peer,
        description: description.unwrap_or_default(),
    };
    let v4 = permission.ip_ranges.unwrap_or_default();
    let v6 = permission.ipv6_ranges.unwrap_or_default();
    let groups = permission.user_id_group_pairs.unwrap_or_default();
    let lists = permission.prefix_list_ids.unwrap_or_default();
    let v4 = v4.into_iter().map(|range| rule(Peer::Cidr(range.cidr_ip.unwrap_or_default()), range.description));
    let v6 = v6.into_iter().map(|range| rule(Peer::Cidr(range.cidr_ipv6.unwrap_or_default()), range.description));
    let groups = groups.into_iter().map(|pair| {
        let (id, owner) = (pair.group_id.unwrap_or_default(), pair.user_id.unwrap_or_default());
        rule(Peer::Group { id, owner, name: pair.group_name.unwrap_or_default() }, pair.description)
    });
    let lists = lists.into_iter().map(|list| rule(Peer::PrefixList(list.prefix_list_id.unwrap_or_default()), list.description));
    v4.chain(v6).chain(groups).chain(lists).collect()
}

/// The permission of one rule. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html>
pub fn permission(rule: &Rule) -> IpPermission {
    let has_ports = !matches!(rule.protocol.as_str(), "-1" | "all");
    let is_icmp = matches!(rule.protocol.as_str(), "icmp" | "icmpv6" | "1" | "58");
    let port = |port: Option<i32>| port.or(is_icmp.then_some(-1)).filter(|_| has_ports);
    let permission =
        IpPermission::builder().ip_protocol(&rule.protocol).set_from_port(port(rule.from_port)).set_to_port(port(rule.to_port));
    let description = Some(rule.description.clone()).filter(|text| !text.is_empty());
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    match &rule.peer {
        Peer::Cidr(cidr) if cidr.contains(':') => {
            permission.ipv6_ranges(Ipv6Range::builder().cidr_ipv6(cidr).set_description(description).build())
        }
        Peer::Cidr(cidr) => permission.ip_ranges(IpRange::builder().cidr_ip(cidr).set_description(description).build()),
        Peer::Group { id, owner, name } => {
            let pair = UserIdGroupPair::builder().set_user_id(given(owner)).set_description(description);
            // A group outside of a VPC is known by its name alone.
            let pair = if id.is_empty() { pair.set_group_name(given(name)) } else { pair.group_id(id) };
            permission.user_id_group_pairs(pair.build())
        }
        Peer::PrefixList(id) => permission.prefix_list_ids(PrefixListId::builder().prefix_list_id(id).set_description(description).build()),
    }
    .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_survives_the_way_there_and_back() {
        let tcp = Rule {
            protocol: "tcp".into(),
            from_port: Some(22),
            to_port: Some(22),
            peer: Peer::Cidr("10.0.0.0/8".into()),
            description: "x".into(),
        };
        let peers = [
            Peer::Cidr("2001:db8::/32".into()),
            Peer::PrefixList("pl-1".into()),
            Peer::Group { id: "sg-1".into(), owner: "123456789012".into(), name: String::new() },
        ];
        let ping = Rule { protocol: "icmp".into(), from_port: Some(8), to_port: None, ..tcp.clone() };
        let all = Rule { protocol: "-1".into(), from_port: None, to_port: None, ..tcp.clone() };
        let mut rules_of_all_sorts = vec![tcp.clone(), ping, all];
        rules_of_all_sorts.extend(peers.map(|peer| Rule { peer, ..tcp.clone() }));
        let back = rules(Some(rules_of_all_sorts.iter().map(permission).collect()));
        assert_eq!(back, rules_of_all_sorts);
    }

    #[test]
    fn icmp_without_a_type_asks_for_all_of_them_and_all_traffic_names_no_ports() {
        let ping = permission(&Rule { protocol: "icmp".into(), ..Rule::default() });
        assert_eq!((ping.from_port, ping.to_port), (Some(-1), Some(-1)));
        let all = permission(&Rule { protocol: "-1".into(), from_port: Some(0), to_port: Some(0), ..Rule::default() });
        assert_eq!((all.from_port, all.to_port), (None, None));
    }
}
