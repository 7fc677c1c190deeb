//! Managed policies, as they are kept.

use super::Entity;
use crate::{clock::Millis, tag::Tags};

/// AWS's, or the account's own.
pub struct ManagedPolicy {
    pub name: String,
    pub entity: Entity,
    pub description: String,
    pub is_aws: bool,
    pub tags: Tags,
    /// In the order of their numbers.
    pub versions: Vec<Version>,
    pub default: u32,
    /// The highest number that any had.
    pub newest: u32,
}

pub struct Version {
    pub number: u32,
    pub document: String,
    pub created_at: Millis,
}

impl Version {
    pub fn show_id(&self) -> String {
        format!("v{}", self.number)
    }
}

impl ManagedPolicy {
    pub fn new(name: &str, entity: Entity, document: &str) -> Self {
        let first = Version { number: 1, document: document.to_owned(), created_at: entity.created_at };
        let name = name.to_owned();
        Self { name, entity, description: String::new(), is_aws: false, tags: vec![], versions: vec![first], default: 1, newest: 1 }
    }

    pub fn default_version(&self) -> &Version {
        self.versions.iter().find(|version| version.number == self.default).expect("the default version cannot be deleted")
    }

    pub fn add(&mut self, document: &str, now: Millis) {
        self.newest += 1;
        self.versions.push(Version { number: self.newest, document: document.to_owned(), created_at: now });
    }
}
