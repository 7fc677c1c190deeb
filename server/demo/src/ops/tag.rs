//! `CreateTags`, `DeleteTags`, `DescribeTags`: over all kinds at once.

use crate::{
    filter::Filters,
    ops::{Call, Reply},
    page::{self, Table},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World, tagged},
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
    world.tags_mut(id).ok_or_else(|| tagged::unknown(id))
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
    call.world.each_tagged(&mut add);
    let page = page::page(&table, scope.text("NextToken"), limit, |_: &Text, row| Some(row.clone()))
        .ok_or_else(|| Refusal::new("InvalidParameterValue", "Unable to parse pagination token"))?;
    Ok(map! { "tagSet" => page.rows, "nextToken" => page.next })
}
