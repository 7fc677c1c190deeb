//! Security groups and their rules.

use crate::{
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World},
};

pub struct SecurityGroup {
    pub name: Text,
    pub description: Text,
    pub vpc: Text,
    pub rules: Vec<Rule>,
    pub tags: Tags,
}

/// One rule: a direction, a protocol, a range of ports and one peer.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: Text,
    pub egress: bool,
    pub traffic: Traffic,
    pub description: Option<String>,
}

/// What a rule lets pass; two rules of a group that say the same are duplicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.
    pub protocol: String,
    /// `None` where all protocols are meant.
    pub ports: Option<(i32, i32)>,
    pub peer: Peer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Peer {
    Ipv4(String),
    Ipv6(String),
    PrefixList(String),
    /// A group of the same account, by id.
    Group(Text),
}

impl SecurityGroup {
    /// The group's permissions as EC2 shows them: rules of the same protocol and ports are one.
    fn permissions(&self, egress: bool, world: &World) -> Value {
        let mut permissions: Vec<(&Traffic, Vec<&Rule>)> = vec![];
        for rule in self.rules.iter().filter(|rule| rule.egress == egress) {
            let same = |traffic: &Traffic| traffic.protocol == rule.traffic.protocol && traffic.ports == rule.traffic.ports;
            match permissions.iter_mut().find(|(traffic, _)| same(traffic)) {
                Some((_, rules)) => rules.push(rule),
                None => permissions.push((&rule.traffic, vec![rule])),
            }
        }
        Value::list(permissions.into_iter().map(|(traffic, rules)| {
            let peers = |pick: &dyn Fn(&Peer) -> Option<Value>| {
                Value::list(
                    rules
                        .iter()
                        .filter_map(|rule| pick(&rule.traffic.peer).map(|peer| peer.with("description", rule.description.as_ref()))),
                )
            };
            map! {
                "ipProtocol" => &traffic.protocol,
                "fromPort" => traffic.ports.map(|(from, _)| from),
                "toPort" => traffic.ports.map(|(_, to)| to),
                "groups" => peers(&|peer| match peer {
                    Peer::Group(id) => Some(map! { "userId" => &world.account, "groupId" => id }),
                    _ => None,
                }),
                "ipRanges" => peers(&|peer| match peer {
                    Peer::Ipv4(cidr) => Some(map! { "cidrIp" => cidr }),
                    _ => None,
                }),
                "ipv6Ranges" => peers(&|peer| match peer {
                    Peer::Ipv6(cidr) => Some(map! { "cidrIpv6" => cidr }),
                    _ => None,
                }),
                "prefixListIds" => peers(&|peer| match peer {
                    Peer::PrefixList(id) => Some(map! { "prefixListId" => id }),
                    _ => None,
                }),
            }
        }))
    }
}

impl Noun for SecurityGroup {
    const ID: &'static str = "GroupId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("sg-", "InvalidGroupId.Malformed"));
    const FILTERS: Names = &[
        ("group-id", "groupId"),
        ("group-name", "groupName"),
        ("description", "groupDescription"),
        ("owner-id", "ownerId"),
        ("vpc-id", "vpcId"),
        ("ip-permission.protocol", "ipPermissions.ipProtocol"),
        ("ip-permission.from-port", "ipPermissions.fromPort"),
        ("ip-permission.to-port", "ipPermissions.toPort"),
        ("ip-permission.cidr", "ipPermissions.ipRanges.cidrIp"),
        ("ip-permission.ipv6-cidr", "ipPermissions.ipv6Ranges.cidrIpv6"),
        ("ip-permission.group-id", "ipPermissions.groups.groupId"),
        ("ip-permission.user-id", "ipPermissions.groups.userId"),
        ("ip-permission.prefix-list-id", "ipPermissions.prefixListIds.prefixListId"),
        ("egress.ip-permission.protocol", "ipPermissionsEgress.ipProtocol"),
        ("egress.ip-permission.from-port", "ipPermissionsEgress.fromPort"),
        ("egress.ip-permission.to-port", "ipPermissionsEgress.toPort"),
        ("egress.ip-permission.cidr", "ipPermissionsEgress.ipRanges.cidrIp"),
        ("egress.ip-permission.group-id", "ipPermissionsEgress.groups.groupId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.security_groups
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidGroup.NotFound", format!("The security group '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        map! {
            "ownerId" => &world.account,
            "groupId" => id,
            "securityGroupArn" => world.arn(&format!("security-group/{id}")),
            "groupName" => &self.name,
            "groupDescription" => &self.description,
            "vpcId" => &self.vpc,
            "ipPermissions" => self.permissions(false, world),
            "ipPermissionsEgress" => self.permissions(true, world),
            "tagSet" => tag::show(&self.tags),
        }
    }

    fn asked(scope: &Scope<'_>, world: &World) -> Result<Vec<Text>, Refusal> {
        let ids = scope.list(Self::ID).into_iter().map(|id| Self::key(world, id));
        // Names are for the default VPC alone.
        let names = scope.list("GroupName").into_iter().map(|name| by_name(world, None, name));
        ids.chain(names).collect()
    }
}

/// The id of the group with this name in a VPC, or in the default one.
pub fn by_name(world: &World, vpc: Option<&str>, name: &str) -> Result<Text, Refusal> {
    let vpc = vpc.or_else(|| default_vpc(world).map(|vpc| &**vpc));
    let found = world.security_groups.iter().find(|(_, group)| &*group.name == name && Some(&*group.vpc) == vpc);
    found.map(|(id, _)| id.clone()).ok_or_else(|| {
        Refusal::new(
            "InvalidGroup.NotFound",
            match vpc {
                Some(vpc) => format!("The security group '{name}' does not exist in VPC '{vpc}'"),
                None => format!("The security group '{name}' does not exist"),
            },
        )
    })
}

pub fn default_vpc(world: &World) -> Option<&Text> {
    world.vpcs.iter().find(|(_, vpc)| vpc.is_default).map(|(id, _)| id)
}

/// A rule as `DescribeSecurityGroupRules` shows it.
pub fn show_rule(group: &str, rule: &Rule, world: &World) -> Value {
    let (mut ipv4, mut ipv6, mut list, mut referenced) = (None, None, None, Value::Absent);
    match &rule.traffic.peer {
        Peer::Ipv4(cidr) => ipv4 = Some(cidr),
        Peer::Ipv6(cidr) => ipv6 = Some(cidr),
        Peer::PrefixList(id) => list = Some(id),
        Peer::Group(id) => referenced = map! { "groupId" => id, "userId" => &world.account },
    }
    map! {
        "securityGroupRuleId" => &rule.id,
        "groupId" => group,
        "groupOwnerId" => &world.account,
        "isEgress" => rule.egress,
        "ipProtocol" => &rule.traffic.protocol,
        "fromPort" => rule.traffic.ports.map_or(-1, |(from, _)| from),
        "toPort" => rule.traffic.ports.map_or(-1, |(_, to)| to),
        "cidrIpv4" => ipv4,
        "cidrIpv6" => ipv6,
        "prefixListId" => list,
        "referencedGroupInfo" => referenced,
        "description" => rule.description.as_ref(),
        "tagSet" => vec![],
    }
}
