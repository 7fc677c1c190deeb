//! `CreateTags`, `DeleteTags`, `DescribeTags`: over all kinds at once.

use crate::{
    filter::Filters,
    noun::Noun,
    ops::{Call, Reply},
    page::{self, Table},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{
        Text, World, address::Address, image::Image, instance::Instance, security_group::SecurityGroup, snapshot::Snapshot, subnet::Subnet,
        volume::Volume, vpc::Vpc,
    },
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let tags = tag::read(&call.scope())?;
    if tags.is_empty() {
        return Err(Refusal::missing("tagSet"));
    }
    // All resources or none: a list with an unknown id changes nothing.
    for pass in [Pass::Check, Pass::Apply] {
        for id in resources(call)? {
            let here = taggable(call.world, id)?;
            let mut after = here.clone();
            for (key, value) in &tags {
                tag::set(&mut after, key, value);
            }
            tag::check_count(&after)?;
            if pass == Pass::Apply {
                *here = after;
            }
        }
    }
    Ok(Value::Absent)
}

#[derive(Clone, Copy, PartialEq)]
enum Pass {
    Check,
    Apply,
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    // Without a value the tag goes whatever its value; with one, only where it is that.
    let doomed: Vec<_> = call.scope().structures("Tag").iter().map(|tag| (tag.get("Key").unwrap_or_default(), tag.get("Value"))).collect();
    let ids = resources(call)?;
    for &id in &ids {
        taggable(call.world, id)?;
    }
    for id in ids {
        let goes = |key: &str, value: &str| {
            !key.starts_with("aws:")
                && (doomed.is_empty() || doomed.iter().any(|(name, only)| *name == key && only.is_none_or(|only| only == value)))
        };
        taggable(call.world, id)?.retain(|(key, value)| !goes(key, value));
    }
    Ok(Value::Absent)
}

fn resources<'a>(call: &Call<'a>) -> Result<Vec<&'a str>, Refusal> {
    let ids = call.scope().list("ResourceId");
    if ids.is_empty() { Err(Refusal::missing("resourceIdSet")) } else { Ok(ids) }
}

fn taggable<'w>(world: &'w mut World, id: &str) -> Result<&'w mut Tags, Refusal> {
    let unknown = unknown(id);
    world.tags_mut(id).ok_or(unknown)
}

/// The refusal of the kind that the id looks like.
fn unknown(id: &str) -> Refusal {
    match id.rsplit_once('-').map(|(prefix, _)| prefix) {
        Some("i") => Instance::unknown(id),
        Some("vol") => Volume::unknown(id),
        Some("snap") => Snapshot::unknown(id),
        Some("ami") => Image::unknown(id),
        Some("sg") => SecurityGroup::unknown(id),
        Some("vpc") => Vpc::unknown(id),
        Some("subnet") => Subnet::unknown(id),
        Some("eipalloc") => Address::unknown(id),
        Some("key") => Refusal::new("InvalidKeyPair.NotFound", format!("The key pair ID '{id}' does not exist")),
        _ => Refusal::new("InvalidID", format!("The ID '{id}' is not valid")),
    }
}

pub fn describe(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let names: &[_] = &[("key", "key"), ("value", "value"), ("resource-id", "resourceId"), ("resource-type", "resourceType")];
    let filters = Filters::read(&scope, names)?;
    let limit = scope.number::<usize>("MaxResults")?.unwrap_or(1000).clamp(5, 1000);
    let mut table: Table<Value> = Table::new();
    let mut add = |kind: &str, id: &str, tags: &Tags| {
        for (key, value) in tags {
            let row = map! { "resourceId" => id, "resourceType" => kind, "key" => key, "value" => value };
            if filters.hold(&row) {
                table.insert(format!("{id}\n{key}").into(), row);
            }
        }
    };
    let world = &*call.world;
    each::<Instance>(world, "instance", &mut add);
    each::<Volume>(world, "volume", &mut add);
    each::<Snapshot>(world, "snapshot", &mut add);
    each::<Image>(world, "image", &mut add);
    each::<SecurityGroup>(world, "security-group", &mut add);
    each::<Vpc>(world, "vpc", &mut add);
    each::<Subnet>(world, "subnet", &mut add);
    each::<Address>(world, "elastic-ip", &mut add);
    for pair in world.key_pairs.values() {
        add("key-pair", &pair.id, &pair.tags);
    }
    let page = page::page(&table, scope.text("NextToken"), limit, |_: &Text, row| Some(row.clone()))
        .ok_or_else(|| Refusal::new("InvalidParameterValue", "Unable to parse pagination token"))?;
    Ok(map! { "tagSet" => page.rows, "nextToken" => page.next })
}

fn each<T: Noun>(world: &World, kind: &str, add: &mut dyn FnMut(&str, &str, &Tags)) {
    for (id, row) in T::table(world) {
        add(kind, id, row.tags());
    }
}
