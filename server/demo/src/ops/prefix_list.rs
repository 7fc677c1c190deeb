//! Prefix lists: those that AWS keeps for its own services, the same in every account.

use crate::{
    filter::Filters,
    ops::{Call, Reply},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

/// Service, id, and some of its blocks.
const LISTS: &[(&str, &str, &[&str])] = &[
    ("s3", "pl-63a5400a", &["3.5.0.0/19", "18.34.0.0/19", "52.216.0.0/15", "54.231.0.0/16"]),
    ("dynamodb", "pl-02cd2c6b", &["3.218.180.0/22", "35.71.68.0/22", "52.94.0.0/22"]),
];

fn unknown(id: &str) -> Refusal {
    Refusal::new("InvalidPrefixListID.NotFound", format!("The prefix list ID '{id}' does not exist"))
}

pub fn describe(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let names: &[_] = &[("prefix-list-id", "prefixListId"), ("prefix-list-name", "prefixListName"), ("owner-id", "ownerId")];
    let filters = Filters::read(&scope, names)?;
    let asked = scope.list("PrefixListId");
    if let Some(id) = asked.iter().find(|id| LISTS.iter().all(|(_, known, _)| known != *id)) {
        return Err(unknown(id));
    }
    let region = call.world.region.name;
    let rows = LISTS.iter().filter(|(_, id, _)| asked.is_empty() || asked.contains(id)).map(|(service, id, _)| {
        map! {
            "prefixListId" => *id,
            "prefixListName" => format!("com.amazonaws.{region}.{service}"),
            "prefixListArn" => format!("arn:aws:ec2:{region}:aws:prefix-list/{id}"),
            "addressFamily" => "IPv4",
            "state" => "create-complete",
            "ownerId" => "AWS",
        }
    });
    Ok(map! { "prefixListSet" => Value::list(rows.filter(|row| filters.hold(row))) })
}

pub fn entries(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = scope.require("PrefixListId")?;
    let (.., blocks) = LISTS.iter().find(|(_, known, _)| *known == id).ok_or_else(|| unknown(id))?;
    Ok(map! { "entrySet" => Value::list(blocks.iter().map(|block| map! { "cidr" => *block })) })
}
