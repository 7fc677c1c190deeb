//! Network ACLs, their rules and their associations.

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{params::Scope, refusal::Refusal, value::map},
    tag::{self, Tags},
    world::{
        Text, World,
        network_acl::{self, Entry, NetworkAcl},
        vpc::Vpc,
    },
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let vpc = noun::named::<Vpc>(call, "VpcId")?;
    let tags = tag::specified(&call.scope(), "network-acl", &["network-acl"])?;
    let id = add(call.world, vpc, tags);
    Ok(map! { "networkAcl" => call.world.network_acls[&id].show(&id, call.world) })
}

pub fn add(world: &mut World, vpc: Text, tags: Tags) -> Text {
    let id = world.id("acl-");
    world.network_acls.insert(id.clone(), NetworkAcl { vpc, is_default: false, entries: vec![], associations: vec![], tags });
    id
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<NetworkAcl>(call, "NetworkAclId")?;
    let acl = &call.world.network_acls[&id];
    if acl.is_default {
        return Err(Refusal::new("InvalidParameterValue", format!("Cannot delete default network ACL {id}")));
    }
    if !acl.associations.is_empty() {
        return Err(Refusal::new("DependencyViolation", format!("The networkAcl '{id}' has dependencies and cannot be deleted.")));
    }
    call.world.network_acls.remove(&id);
    Ok(map! { "return" => true })
}

pub fn create_entry(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<NetworkAcl>(call, "NetworkAclId")?;
    let entry = entry(&call.scope())?;
    let entries = call.world.network_acls.get_mut(&id).map(|acl| &mut acl.entries).ok_or_else(|| NetworkAcl::unknown(&id))?;
    if entries.iter().any(|known| (known.number, known.egress) == (entry.number, entry.egress)) {
        let message = format!("The network acl entry identified by {} already exists.", entry.number);
        return Err(Refusal::new("NetworkAclEntryAlreadyExists", message));
    }
    entries.push(entry);
    Ok(map! { "return" => true })
}

/// The number and the direction that a request names.
fn place(scope: &Scope<'_>) -> Result<(u32, bool), Refusal> {
    let number = scope.number::<u32>("RuleNumber")?.ok_or_else(|| Refusal::missing("ruleNumber"))?;
    let egress = scope.flag("Egress")?.ok_or_else(|| Refusal::missing("egress"))?;
    if !(1..=32_766).contains(&number) {
        let why = "Rule numbers go from 1 to 32766.";
        return Err(Refusal::invalid_value("ruleNumber", &number.to_string(), why));
    }
    Ok((number, egress))
}

fn entry(scope: &Scope<'_>) -> Result<Entry, Refusal> {
    let (number, egress) = place(scope)?;
    let protocol = match scope.require("Protocol")? {
        "tcp" => "6",
        "udp" => "17",
        "icmp" => "1",
        "all" => "-1",
        other if other == "-1" || other.parse::<u8>().is_ok() => other,
        other => return Err(Refusal::invalid_value("protocol", other, "Invalid protocol.")),
    };
    let allow = match scope.require("RuleAction")? {
        "allow" => true,
        "deny" => false,
        other => return Err(Refusal::invalid_value("ruleAction", other, "")),
    };
    let cidr = scope.text("CidrBlock").or_else(|| scope.text("Ipv6CidrBlock")).ok_or_else(|| Refusal::missing("cidrBlock"))?;
    if api::security_group::check_cidr(cidr).is_err() {
        return Err(Refusal::invalid_value("cidrBlock", cidr, "This is not a valid CIDR block."));
    }
    let pair = |name: &str, [from, to]: [&str; 2]| -> Result<_, Refusal> {
        let scope = scope.structure(name);
        Ok(scope.number(from)?.zip(scope.number(to)?))
    };
    let ports = pair("PortRange", ["From", "To"])?;
    if matches!(protocol, "6" | "17") && ports.is_none() {
        return Err(Refusal::missing("portRange"));
    }
    Ok(Entry { number, egress, allow, protocol: protocol.to_owned(), cidr: cidr.to_owned(), ports, icmp: pair("Icmp", ["Type", "Code"])? })
}

pub fn delete_entry(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<NetworkAcl>(call, "NetworkAclId")?;
    let place = place(&call.scope())?;
    let entries = call.world.network_acls.get_mut(&id).map(|acl| &mut acl.entries).ok_or_else(|| NetworkAcl::unknown(&id))?;
    let found = entries.iter().position(|known| (known.number, known.egress) == place).ok_or_else(|| {
        Refusal::new("InvalidNetworkAclEntry.NotFound", format!("The network acl entry identified by {} does not exist.", place.0))
    })?;
    entries.remove(found);
    Ok(map! { "return" => true })
}

/// Puts the subnet of an association under another ACL.
pub fn replace_association(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<NetworkAcl>(call, "NetworkAclId")?;
    let scope = call.scope();
    let association = scope.require("AssociationId")?;
    let world = &mut *call.world;
    let mut all = world.network_acls.values().flat_map(|acl| &acl.associations);
    let subnet = all.find(|(known, _)| &**known == association).map(|(_, subnet)| subnet.clone());
    let subnet = subnet
        .ok_or_else(|| Refusal::new("InvalidAssociationID.NotFound", format!("The association ID '{association}' does not exist")))?;
    if world.subnets.get(&subnet).is_none_or(|row| row.vpc != world.network_acls[&id].vpc) {
        let message = format!("network acl {id} and subnet {subnet} belong to different networks");
        return Err(Refusal::new("InvalidParameterValue", message));
    }
    let new = network_acl::associate(world, &id, &subnet);
    Ok(map! { "newAssociationId" => &new })
}
