//! VPCs: with each come a main route table, a network ACL and a security group.

use api::cidr;

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply, route_table, security_group, security_group_rule},
    protocol::{refusal::Refusal, value::map},
    tag::{self, Tags},
    world::{
        Text, World,
        network_acl::{Entry, NetworkAcl},
        route_table::Association,
        vpc::{self, Vpc},
    },
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let text = scope.require("CidrBlock")?;
    let block = cidr::network(text).map_err(|_| Refusal::new("InvalidVpc.Range", format!("The CIDR '{text}' is invalid.")))?;
    let tenancy = match scope.text("InstanceTenancy") {
        None | Some("default") => "default",
        Some("dedicated") => "dedicated",
        Some(other) => return Err(Refusal::invalid_value("instanceTenancy", other, "")),
    };
    let tags = tag::specified(&scope, "vpc", &["vpc"])?;
    let id = add(call.world, &block.to_string(), false, tenancy, tags);
    Ok(map! { "vpc" => call.world.vpcs[&id].show(&id, call.world) })
}

/// A VPC with what comes with it.
pub fn add(world: &mut World, cidr: &str, is_default: bool, tenancy: &str, tags: Tags) -> Text {
    let id = world.id("vpc-");
    let row = Vpc { cidr: cidr.into(), is_default, tenancy: tenancy.into(), dns_support: true, dns_hostnames: is_default, tags };
    world.vpcs.insert(id.clone(), row);
    let main = route_table::add(world, id.clone(), Tags::new());
    let association = Association { id: world.id("rtbassoc-"), subnet: None };
    if let Some(table) = world.route_tables.get_mut(&main) {
        table.associations.push(association);
    }
    let acl = world.id("acl-");
    let entries = [true, false].map(|egress| Entry::everything(100, egress, true)).into();
    world.network_acls.insert(acl, NetworkAcl { vpc: id.clone(), is_default: true, entries, associations: vec![], tags: Tags::new() });
    let group = security_group::add(world, id.clone(), "default", "default VPC security group", Tags::new());
    security_group_rule::add_own_members(world, &group);
    id
}

pub fn modify_attribute(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<Vpc>(call, "VpcId")?;
    let flag = |name: &str| call.scope().structure(name).flag("Value");
    let (support, hostnames) = (flag("EnableDnsSupport")?, flag("EnableDnsHostnames")?);
    match (support, hostnames) {
        (None, None) => return Err(Refusal::new("MissingParameter", "The request must contain exactly one attribute")),
        (Some(_), Some(_)) => {
            return Err(Refusal::new("InvalidParameterCombination", "Fields for multiple attribute types specified"));
        }
        _ => {}
    }
    if let Some(row) = call.world.vpcs.get_mut(&id) {
        row.dns_support = support.unwrap_or(row.dns_support);
        row.dns_hostnames = hostnames.unwrap_or(row.dns_hostnames);
    }
    Ok(map! { "return" => true })
}

pub fn describe_attribute(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<Vpc>(call, "VpcId")?;
    let row = &call.world.vpcs[&id];
    let value = |value: bool| map! { "value" => value };
    let reply = map! { "vpcId" => &id };
    match call.scope().require("Attribute")? {
        "enableDnsSupport" => Ok(reply.with("enableDnsSupport", value(row.dns_support))),
        "enableDnsHostnames" => Ok(reply.with("enableDnsHostnames", value(row.dns_hostnames))),
        other => Err(Refusal::invalid_value("attribute", other, "")),
    }
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<Vpc>(call, "VpcId")?;
    let world = &mut *call.world;
    if vpc::is_in_use(world, &id) {
        return Err(Refusal::new("DependencyViolation", format!("The vpc '{id}' has dependencies and cannot be deleted.")));
    }
    world.route_tables.retain(|_, row| row.vpc != id);
    world.network_acls.retain(|_, row| row.vpc != id);
    world.security_groups.retain(|_, row| row.vpc != id);
    world.vpcs.remove(&id);
    Ok(map! { "return" => true })
}
