//! Key pairs for SSH and for Windows passwords. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html>

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::Tag,
};

pub mod public_key;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyPair {
    /// Unique, and what every other call takes; `key-…` ids are missing on older clouds.
    pub name: String,
    pub key_pair_id: String,
    /// `rsa` or `ed25519`, where the cloud says.
    pub key_type: String,
    pub fingerprint: String,
    pub created_at: Option<Timestamp>,
    pub tags: Vec<Tag>,
}

impl Resource for KeyPair {
    const KIND: Kind = Kind::KeyPair;
    type Draft = KeyPairDraft;
    type Action = KeyPairAction;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            name: "operations".into(),
            key_pair_id: "key-0123456789abcdef0".into(),
            key_type: "ed25519".into(),
            fingerprint: "SHA256:q0h3s".into(),
            created_at: Some(1_750_000_000),
            tags: vec![],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum KeyPairAction {
    Delete,
}

impl Mutation for KeyPairAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::KeyPair]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:DeleteKeyPair"]
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        ids.iter().map(|name| Command::ec2("delete-key-pair").arg("--key-name", name)).collect()
    }
}

/// A new key pair, made by the cloud or from a public key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyPairDraft {
    pub name: String,
    /// `rsa` or `ed25519`; Windows passwords need `rsa`.
    pub key_type: String,
    /// To import a key, in one of the forms that [`public_key`] knows; empty to have one made.
    pub public_key: String,
}

impl Mutation for KeyPairDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::KeyPair]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.public_key.is_empty() { &["ec2:CreateKeyPair"] } else { &["ec2:ImportKeyPair"] }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let name = |operation: &str| Command::ec2(operation).arg("--key-name", &self.name);
        vec![if self.public_key.is_empty() {
            name("create-key-pair").arg("--key-type", &self.key_type)
        } else {
            name("import-key-pair").arg("--public-key-material", "fileb://key.pub")
        }]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html: up to 255 ASCII characters, no leading or trailing spaces.
        let name = self.name.as_str();
        if name.trim().is_empty() {
            errors.insert("name".into(), "Enter a name.".into());
        } else if name.len() > 255 || !name.is_ascii() || name.chars().any(|c| c.is_ascii_control()) {
            errors.insert("name".into(), "A name has at most 255 ASCII characters.".into());
        } else if name.trim() != name {
            errors.insert("name".into(), "A name neither begins nor ends with a space.".into());
        }
        let key = self.public_key.trim();
        if let Some(problem) = (!key.is_empty()).then(|| public_key::problem(key)).flatten() {
            errors.insert("public_key".into(), problem.into());
        }
        if key.is_empty() && !matches!(self.key_type.as_str(), "" | "rsa" | "ed25519") {
            errors.insert("key_type".into(), "A key is of type rsa or ed25519.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_as_ec2_does() {
        let check = |name: &str| KeyPairDraft { name: name.into(), ..KeyPairDraft::default() }.check();
        assert!(check("my key 1").is_empty());
        for bad in ["", " ", " a", "a ", "ключ", &"x".repeat(256)] {
            assert!(check(bad).contains_key("name"), "{bad:?} was accepted");
        }
    }
}
