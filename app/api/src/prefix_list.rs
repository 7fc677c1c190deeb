//! Prefix lists: address blocks under one name, for rules and routes.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ManagedPrefixList.html>

use serde::{Deserialize, Serialize};

use crate::{
    kind::Kind,
    resource::{Never, Resource},
    tag::Tag,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrefixList {
    pub id: String,
    /// Such as `com.amazonaws.us-east-1.s3`.
    pub name: String,
    pub state: String,
    /// `IPv4` or `IPv6`.
    pub family: String,
    /// The account, or `AWS`.
    pub owner: String,
    /// How many entries there may be. Each rule that names the list counts as so many.
    pub max_entries: Option<u32>,
    /// What is in it; known only of a list that was asked for alone.
    pub entries: Vec<Entry>,
    pub tags: Vec<Tag>,
}

/// One block of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    pub cidr_block: String,
    pub description: String,
}

impl Resource for PrefixList {
    const KIND: Kind = Kind::PrefixList;
    type Draft = Never;
    type Action = Never;

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        self.state.ends_with("-in-progress")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "pl-63a5400a".into(),
            name: "com.amazonaws.us-east-1.s3".into(),
            state: "create-complete".into(),
            family: "IPv4".into(),
            owner: "AWS".into(),
            entries: vec![Entry { cidr_block: "52.216.0.0/15".into(), description: String::new() }],
            ..Self::default()
        }
    }
}
