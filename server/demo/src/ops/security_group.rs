//! Security groups; their rules are in [`super::security_group_rule`].

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{refusal::Refusal, value::map},
    tag,
    world::{
        Text, World,
        security_group::{self, Peer, Rule, SecurityGroup, Traffic},
        vpc::Vpc,
    },
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::describe(&call.scope(), call.world, |_: &SecurityGroup| true).map(|rows| rows.reply("securityGroupInfo"))
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = scope.require("GroupName")?;
    let description = scope.require("GroupDescription")?;
    let tags = tag::specified(&scope, "security-group", &["security-group"])?;
    check_text("groupName", name)?;
    check_text("groupDescription", description)?;
    let vpc = match scope.text("VpcId") {
        Some(id) => Vpc::key(call.world, id)?,
        None => security_group::default_vpc(call.world)
            .cloned()
            .ok_or_else(|| Refusal::new("VPCIdNotSpecified", "No default VPC for this user"))?,
    };
    if name.to_ascii_lowercase().starts_with("sg-") {
        return Err(Refusal::invalid_value("groupName", name, "Group names may not be in the format sg-*."));
    }
    if call.world.security_groups.values().any(|group| &*group.name == name && group.vpc == vpc) {
        return Err(Refusal::new("InvalidGroup.Duplicate", format!("The security group '{name}' already exists for VPC '{vpc}'")));
    }
    let id = add(call.world, vpc, name, description, tags);
    let group = &call.world.security_groups[&id];
    Ok(map! {
        "return" => true,
        "groupId" => &id,
        "securityGroupArn" => call.world.arn(&format!("security-group/{id}")),
        "tagSet" => tag::show(&group.tags),
    })
}

/// A group as it begins: everything may leave, nothing may enter.
pub fn add(world: &mut World, vpc: Text, name: &str, description: &str, tags: tag::Tags) -> Text {
    let id = world.id("sg-");
    let everything = Traffic { protocol: "-1".into(), ports: None, peer: Peer::Ipv4("0.0.0.0/0".into()) };
    let egress = Rule { id: world.id("sgr-"), egress: true, traffic: everything, description: None };
    let group = SecurityGroup { name: name.into(), description: description.into(), vpc, rules: vec![egress], tags };
    world.security_groups.insert(id.clone(), group);
    id
}

fn check_text(field: &str, text: &str) -> Result<(), Refusal> {
    let fine = |c: char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c);
    if text.chars().count() > 255 || !text.chars().all(fine) {
        let rule = "Character sets beyond ASCII are not supported.";
        return Err(Refusal::invalid_value(field, text, rule));
    }
    Ok(())
}

/// The group that `GroupId` or `GroupName` means.
pub fn meant(call: &Call<'_>) -> Result<Text, Refusal> {
    let scope = call.scope();
    match (scope.text("GroupId"), scope.text("GroupName")) {
        (Some(id), _) => SecurityGroup::key(call.world, id),
        (None, Some(name)) => security_group::by_name(call.world, None, name),
        (None, None) => Err(Refusal::new("MissingParameter", "The request must contain the parameter groupName or groupId")),
    }
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = meant(call)?;
    let world = &mut *call.world;
    if &*world.security_groups[&id].name == "default" {
        return Err(Refusal::new("CannotDelete", format!("the specified group: \"{id}\" name: \"default\" cannot be deleted by a user")));
    }
    let used = world.network_interfaces.values().any(|interface| interface.groups(world).contains(&id));
    let named = world
        .security_groups
        .iter()
        .any(|(other, group)| *other != id && group.rules.iter().any(|rule| rule.traffic.peer == Peer::Group(id.clone())));
    if used || named {
        return Err(Refusal::new("DependencyViolation", format!("resource {id} has a dependent object")));
    }
    world.security_groups.remove(&id);
    Ok(map! { "return" => true, "groupId" => &id })
}
