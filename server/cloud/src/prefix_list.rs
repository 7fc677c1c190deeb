//! Prefix lists, those of the cloud's services among them.

use api::{
    error::ApiError,
    prefix_list::{Entry, PrefixList},
};
use aws_sdk_ec2::types::{ManagedPrefixList, PrefixListEntry};
use futures::TryStreamExt;

use crate::{
    Args, Backend, Cloud, Pages,
    described::only_looked_at,
    error::{failed, not_found},
    paging::pages,
    tag::tags,
    word::{natural, word},
};

const DESCRIBE: &str = "ec2:DescribeManagedPrefixLists";

impl Backend for PrefixList {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_managed_prefix_lists().set_max_results(cloud.page_size(100));
        pages(call.into_paginator().send(), DESCRIBE, |page| page.prefix_lists.unwrap_or_default().into_iter().map(prefix_list).collect())
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_managed_prefix_lists().prefix_list_ids(id).send().await.map_err(failed(DESCRIBE))?;
        let found = answer.prefix_lists.unwrap_or_default().into_iter().next().map(prefix_list);
        let found = found.ok_or_else(|| not_found(DESCRIBE, id))?;
        let entries = cloud.ec2().get_managed_prefix_list_entries().prefix_list_id(id).into_paginator().send();
        let entries =
            pages(entries, "ec2:GetManagedPrefixListEntries", |page| page.entries.unwrap_or_default().into_iter().map(entry).collect());
        Ok(Self { entries: entries.try_concat().await?, ..found })
    }

    only_looked_at!();
}

fn prefix_list(list: ManagedPrefixList) -> PrefixList {
    PrefixList {
        id: list.prefix_list_id.unwrap_or_default(),
        name: list.prefix_list_name.unwrap_or_default(),
        state: word(list.state),
        family: list.address_family.unwrap_or_default(),
        owner: list.owner_id.unwrap_or_default(),
        max_entries: natural(list.max_entries),
        entries: vec![],
        tags: tags(list.tags),
    }
}

fn entry(entry: PrefixListEntry) -> Entry {
    Entry { cidr_block: entry.cidr.unwrap_or_default(), description: entry.description.unwrap_or_default() }
}
