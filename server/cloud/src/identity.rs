//! What the kinds of IAM share: lists of which a second one knows more, policies as text, tags.

use std::collections::HashMap;

use api::{
    error::ApiError,
    outcome::Outcome,
    permissions::{Attached, Inline, Permissions},
    resource::Resource,
    tag::{Tag, TagChange},
};
use aws_sdk_iam::{
    operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput,
    types::{self, EntityType},
};
use futures::{StreamExt, future::OptionFuture, stream};
use percent_encoding::percent_decode_str;

use crate::{Cloud, Pages, bulk, paging::pages};

/// The policies, groups and tags of all identities of these types: one call for a thousand rows, where they would otherwise be asked for one by one.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
pub fn details<D: Send + 'static>(
    cloud: &Cloud,
    of: &[EntityType],
    read: fn(GetAccountAuthorizationDetailsOutput) -> Vec<(String, D)>,
) -> Pages<(String, D)> {
    let call = cloud.iam().get_account_authorization_details().set_filter(Some(of.to_vec())).set_max_items(cloud.page_size(1000));
    pages(call.into_paginator().send(), "iam:GetAccountAuthorizationDetails", read)
}

/// Rows of one list with what another knows of them by their ids. Both are read side by side, and rows leave as soon as both halves are there.
/// Without the other list, which not everybody may ask for and not every cloud has, they leave as they are.
pub fn joined<R: Resource, D: Send + 'static>(rows: Pages<R>, details: Pages<(String, D)>, join: fn(&mut R, D)) -> Pages<R> {
    let state = Joining { rows: Some(rows), details: Some(details), waiting: vec![], known: HashMap::new() };
    stream::unfold(state, move |mut state| async move {
        loop {
            if state.rows.is_none() && state.waiting.is_empty() {
                return None;
            }
            let (page, more) = futures::join!(
                OptionFuture::from(state.rows.as_mut().map(StreamExt::next)),
                OptionFuture::from(state.details.as_mut().map(StreamExt::next)),
            );
            match page.flatten() {
                Some(Ok(page)) => state.waiting.extend(page),
                // Rows that wait are true, but the list is not complete: the error is what there is to say.
                Some(Err(error)) => return Some((Err(error), Joining::over())),
                None => state.rows = None,
            }
            match more.flatten() {
                Some(Ok(more)) => state.known.extend(more),
                Some(Err(_)) | None => state.details = None,
            }
            let ready = state.ready(join);
            if !ready.is_empty() {
                return Some((Ok(ready), state));
            }
        }
    })
    .boxed()
}

struct Joining<R, D> {
    rows: Option<Pages<R>>,
    details: Option<Pages<(String, D)>>,
    waiting: Vec<R>,
    known: HashMap<String, D>,
}

impl<R: Resource, D> Joining<R, D> {
    fn over() -> Self {
        Self { rows: None, details: None, waiting: vec![], known: HashMap::new() }
    }

    /// Those of which everything is known that will be.
    fn ready(&mut self, join: fn(&mut R, D)) -> Vec<R> {
        let mut ready = Vec::with_capacity(self.waiting.len());
        for mut row in std::mem::take(&mut self.waiting) {
            match self.known.remove(row.id()) {
                Some(details) => join(&mut row, details),
                None if self.details.is_some() => {
                    self.waiting.push(row);
                    continue;
                }
                None => {}
            }
            ready.push(row);
        }
        ready
    }
}

/// The text of a policy. IAM hands policies out percent-encoded; some other clouds do not.
pub fn document(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    if text.trim_start().starts_with('{') { text.to_owned() } else { percent_decode_str(text).decode_utf8_lossy().into_owned() }
}

pub fn attached(policies: Option<Vec<types::AttachedPolicy>>) -> Vec<Attached> {
    let attached = |policy: types::AttachedPolicy| Attached {
        name: policy.policy_name.unwrap_or_default(),
        arn: policy.policy_arn.unwrap_or_default(),
    };
    policies.unwrap_or_default().into_iter().map(attached).collect()
}

pub fn permissions(
    policies: Option<Vec<types::AttachedPolicy>>,
    inline: Option<Vec<types::PolicyDetail>>,
    boundary: Option<types::AttachedPermissionsBoundary>,
) -> Permissions {
    let own = |policy: types::PolicyDetail| Inline {
        document: document(policy.policy_document.as_deref()),
        name: policy.policy_name.unwrap_or_default(),
    };
    Permissions {
        attached: attached(policies),
        inline: inline.unwrap_or_default().into_iter().map(own).collect(),
        boundary: boundary.and_then(|boundary| boundary.permissions_boundary_arn).unwrap_or_default(),
    }
}

pub fn tags(tags: Option<Vec<types::Tag>>) -> Vec<Tag> {
    let mut tags: Vec<_> = tags.unwrap_or_default().into_iter().map(|tag| Tag::new(tag.key, tag.value)).collect();
    tags.sort();
    tags
}

pub fn sdk_tags(tags: &[Tag]) -> Option<Vec<types::Tag>> {
    let tag = |tag: &Tag| types::Tag::builder().key(&tag.key).value(&tag.value).build().expect("a tag has a key and a value");
    (!tags.is_empty()).then(|| tags.iter().map(tag).collect())
}

/// Both calls overwrite or remove what is named, so that repeating them does no harm.
pub async fn retag<S, U, SF, UF>(change: &TagChange, ids: &[String], set: S, unset: U) -> Vec<Outcome>
where
    S: Fn(String, Option<Vec<types::Tag>>) -> SF,
    U: Fn(String, Option<Vec<String>>) -> UF,
    SF: Future<Output = Result<(), ApiError>>,
    UF: Future<Output = Result<(), ApiError>>,
{
    let (set, unset) = (&set, &unset);
    bulk::one_by_one(ids, async |id| {
        if let tags @ Some(_) = sdk_tags(&change.set) {
            set(id.clone(), tags).await?;
        }
        if !change.remove.is_empty() {
            unset(id, Some(change.remove.clone())).await?;
        }
        Ok(())
    })
    .await
}
