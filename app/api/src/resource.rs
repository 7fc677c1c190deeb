//! What the machinery needs to know of a resource, and of a change to one.

use std::fmt::Debug;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{command::Command, error::FieldErrors, kind::Kind, tag::Tag};

/// A resource as it travels: plain data, one type per [`Kind`].
pub trait Resource: Serialize + DeserializeOwned + Clone + Debug + PartialEq + Send + Sync + 'static {
    const KIND: Kind;

    /// What is sent to make new ones; [`Never`] where the console makes none.
    type Draft: Mutation;
    /// What can be done to existing ones; [`Never`] where nothing can.
    type Action: Mutation;

    /// The identifier that the cloud's API takes, unique within kind, cloud, account and region.
    fn id(&self) -> &str;

    /// What people call it; empty where it has no name of its own.
    fn name(&self) -> &str {
        self.tags().iter().find(|tag| tag.key == "Name").map_or("", |tag| tag.value.as_str())
    }

    /// Its state in the cloud's word, where the kind has one. Dashboard counts are taken per status.
    fn status(&self) -> Option<&str> {
        None
    }

    /// Whether the cloud is still changing it, so that a look in a few seconds will show something else.
    fn in_transition(&self) -> bool {
        false
    }

    fn tags(&self) -> &[Tag] {
        &[]
    }

    /// A representative value for tests.
    fn sample() -> Self;
}

/// A change to a cloud, as a value: it knows which calls it makes, what it makes stale, what is wrong with it and how it is undone.
pub trait Mutation: Serialize + DeserializeOwned + Clone + Debug + PartialEq + Send + Sync + 'static {
    /// The kinds whose lists this change makes stale, its own included.
    fn touches(&self) -> &'static [Kind];

    /// The API operations it calls, as `service:Operation` in the spelling of IAM policies.
    fn operations(&self) -> &'static [&'static str];

    /// What it does to these, as calls of the AWS CLI; a draft is told no ids.
    fn commands(&self, ids: &[String]) -> Vec<Command>;

    /// What would be refused, by field; empty when it can be sent. Checked in the form and again at the border of the proxy.
    fn check(&self) -> FieldErrors {
        FieldErrors::default()
    }

    /// The change that takes this one back, where there is one.
    fn inverse(&self) -> Option<Self> {
        None
    }
}

/// The change that cannot be made: for kinds that are only read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Never {}

impl Mutation for Never {
    fn touches(&self) -> &'static [Kind] {
        match *self {}
    }

    fn operations(&self) -> &'static [&'static str] {
        match *self {}
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        match *self {}
    }
}
