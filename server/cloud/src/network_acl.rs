//! Network ACLs.

use api::{
    error::ApiError,
    network_acl::{AclRule, Direction, NetworkAcl, NetworkAclAction, NetworkAclDraft, has_ports, rule_of},
    outcome::{Created, Outcome},
};
use aws_sdk_ec2::types::{self, IcmpTypeCode, PortRange, ResourceType, RuleAction};

use crate::{
    Args, Backend, Cloud, bulk,
    described::described,
    error::{failed, not_found},
    made, once,
    paging::filters,
    tag::{specification, tags},
    word::natural,
};

const DESCRIBE: &str = "ec2:DescribeNetworkAcls";

impl Backend for NetworkAcl {
    described! {
        "ec2:DescribeNetworkAcls", describe_network_acls(network_acl_ids, set_filters, 1000) => network_acls, acl,
        { "vpc" => "vpc-id", "subnet" => "association.subnet-id" }
    }

    async fn create(cloud: &Cloud, draft: &NetworkAclDraft) -> Result<Created, ApiError> {
        // The SDK adds a client token, which makes its own retries safe.
        let call = cloud.ec2().create_network_acl().vpc_id(&draft.vpc_id);
        let call = call.set_tag_specifications(specification(ResourceType::NetworkAcl, &draft.tags));
        let made = call.send().await.map_err(failed("ec2:CreateNetworkAcl"))?;
        made::one(made.network_acl.and_then(|acl| acl.network_acl_id))
    }

    async fn act(cloud: &Cloud, action: &NetworkAclAction, ids: &[String]) -> Vec<Outcome> {
        bulk::one_by_one(ids, |id| act(cloud, action, id)).await
    }
}

async fn act(cloud: &Cloud, action: &NetworkAclAction, id: String) -> Result<(), ApiError> {
    let ec2 = cloud.ec2();
    match action {
        NetworkAclAction::AddRule { .. } => add_rule(cloud, action, id).await,
        NetworkAclAction::RemoveRule { rule } => {
            let (direction, number) = rule_of(rule).unzip();
            let call = ec2.delete_network_acl_entry().network_acl_id(id).egress(direction == Some(Direction::Egress));
            let call = call.set_rule_number(number.and_then(|number| number.try_into().ok()));
            call.send().await.map(drop).map_err(failed("ec2:DeleteNetworkAclEntry"))
        }
        NetworkAclAction::Associate { subnet_id } => {
            let args = Args::from([("subnet".to_owned(), subnet_id.clone())]);
            let call = ec2.describe_network_acls().set_filters(filters(&args, &[("subnet", "association.subnet-id")]));
            let answer = call.send().await.map_err(failed(DESCRIBE))?;
            let mut all = answer.network_acls.unwrap_or_default().into_iter().flat_map(|acl| acl.associations.unwrap_or_default());
            let before = all.find(|known| known.subnet_id.as_deref() == Some(subnet_id)).and_then(|known| known.network_acl_association_id);
            let before = before.ok_or_else(|| not_found(DESCRIBE, subnet_id))?;
            let call = ec2.replace_network_acl_association().association_id(before).network_acl_id(id);
            call.send().await.map(drop).map_err(failed("ec2:ReplaceNetworkAclAssociation"))
        }
        NetworkAclAction::Delete => {
            ec2.delete_network_acl().network_acl_id(id).send().await.map(drop).map_err(failed("ec2:DeleteNetworkAcl"))
        }
    }
}

async fn add_rule(cloud: &Cloud, rule: &NetworkAclAction, id: String) -> Result<(), ApiError> {
    let NetworkAclAction::AddRule { direction, number, action, protocol, from_port, to_port, cidr } = rule else { return Ok(()) };
    let port = |port: &Option<u32>| port.and_then(|port| i32::try_from(port).ok());
    let call = cloud.ec2().create_network_acl_entry().network_acl_id(id).egress(*direction == Direction::Egress);
    let call = call.set_rule_number(port(number)).protocol(protocol).rule_action(RuleAction::from(action.as_str()));
    let call = if cidr.contains(':') { call.ipv6_cidr_block(cidr) } else { call.cidr_block(cidr) };
    let call = if has_ports(protocol) {
        call.port_range(PortRange::builder().set_from(port(from_port)).set_to(port(to_port)).build())
    } else if matches!(protocol.as_str(), "icmp" | "1" | "58") {
        // All types: the API wants to hear it.
        call.icmp_type_code(IcmpTypeCode::builder().r#type(-1).code(-1).build())
    } else {
        call
    };
    call.customize().config_override(once::ec2()).send().await.map(drop).map_err(failed("ec2:CreateNetworkAclEntry"))
}

fn acl(acl: types::NetworkAcl) -> NetworkAcl {
    let (egress, ingress): (Vec<_>, Vec<_>) =
        acl.entries.unwrap_or_default().into_iter().partition(|entry| entry.egress.unwrap_or_default());
    NetworkAcl {
        id: acl.network_acl_id.unwrap_or_default(),
        vpc_id: acl.vpc_id.unwrap_or_default(),
        is_default: acl.is_default.unwrap_or_default(),
        ingress: rules(ingress),
        egress: rules(egress),
        subnets: acl.associations.unwrap_or_default().into_iter().filter_map(|association| association.subnet_id).collect(),
        tags: tags(acl.tags),
    }
}

fn rules(entries: Vec<types::NetworkAclEntry>) -> Vec<AclRule> {
    let mut rules: Vec<_> = entries.into_iter().map(rule).collect();
    rules.sort_by_key(|rule| rule.number);
    rules
}

fn rule(entry: types::NetworkAclEntry) -> AclRule {
    let ports = entry.port_range.map(|range| (range.from, range.to));
    let (from_port, to_port) = ports.or_else(|| entry.icmp_type_code.map(|icmp| (icmp.r#type, icmp.code))).unwrap_or_default();
    AclRule {
        number: natural(entry.rule_number).unwrap_or_default(),
        allow: entry.rule_action == Some(RuleAction::Allow),
        protocol: entry.protocol.unwrap_or_default(),
        from_port: from_port.filter(|&port| port >= 0),
        to_port: to_port.filter(|&port| port >= 0),
        cidr: entry.cidr_block.or(entry.ipv6_cidr_block).unwrap_or_default(),
    }
}
