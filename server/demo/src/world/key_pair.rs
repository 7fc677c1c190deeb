//! Key pairs: the public half only, as on EC2. The table's key is the name.

use crate::{
    clock::{Millis, iso},
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World},
};

pub struct KeyPair {
    pub id: Text,
    /// `rsa` or `ed25519`.
    pub key_type: &'static str,
    pub fingerprint: String,
    /// In OpenSSH form.
    pub public_key: String,
    pub created_at: Millis,
    pub tags: Tags,
}

impl Noun for KeyPair {
    const ID: &'static str = "KeyName";
    const SHAPE: Option<(&'static str, &'static str)> = None;
    const FILTERS: Names =
        &[("key-name", "keyName"), ("key-pair-id", "keyPairId"), ("fingerprint", "keyFingerprint"), ("tag-key", "tagSet.key")];

    fn table(world: &World) -> &Table<Self> {
        &world.key_pairs
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidKeyPair.NotFound", format!("The key pair '{id}' does not exist"))
    }

    fn show(&self, id: &str, _: &World) -> Value {
        map! {
            "keyPairId" => &self.id,
            "keyName" => id,
            "keyType" => self.key_type,
            "keyFingerprint" => &self.fingerprint,
            "createTime" => iso(self.created_at),
            "tagSet" => tag::show(&self.tags),
        }
    }

    fn asked(scope: &Scope<'_>, world: &World) -> Result<Vec<Text>, Refusal> {
        let names = scope.list(Self::ID).into_iter().map(|name| Self::key(world, name));
        let ids = scope.list("KeyPairId").into_iter().map(|id| by_id(world, id));
        names.chain(ids).collect()
    }
}

/// The name of the key pair with this id.
pub fn by_id(world: &World, id: &str) -> Result<Text, Refusal> {
    let found = world.key_pairs.iter().find(|(_, pair)| &*pair.id == id);
    found
        .map(|(name, _)| name.clone())
        .ok_or_else(|| Refusal::new("InvalidKeyPair.NotFound", format!("The key pair ID '{id}' does not exist")))
}
