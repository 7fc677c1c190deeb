//! Key pairs.

use std::collections::HashMap;

use api::{
    error::{ApiError, ErrorCode},
    key_pair::{KeyPair, KeyPairAction, KeyPairDraft},
    outcome::{Created, OneTimeFile, Outcome},
    tag::TagChange,
};
use aws_sdk_ec2::{
    primitives::Blob,
    types::{KeyPairInfo, KeyType},
};

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    once,
    paging::single,
    tag::{self, tags},
    time::seconds,
    word::word,
};

const DESCRIBE: &str = "ec2:DescribeKeyPairs";

impl Backend for KeyPair {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.ec2().describe_key_pairs();
        single(async move {
            let answer = call.send().await.map_err(failed(DESCRIBE))?;
            Ok(answer.key_pairs.unwrap_or_default().into_iter().map(key_pair).collect())
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        let answer = cloud.ec2().describe_key_pairs().key_names(id).send().await.map_err(failed(DESCRIBE))?;
        answer.key_pairs.unwrap_or_default().into_iter().next().map(key_pair).ok_or_else(|| not_found(DESCRIBE, id))
    }

    async fn create(cloud: &Cloud, draft: &KeyPairDraft) -> Result<Created, ApiError> {
        if draft.public_key.trim().is_empty() { generate(cloud, draft).await } else { import(cloud, draft).await }
    }

    async fn act(cloud: &Cloud, action: &KeyPairAction, ids: &[String]) -> Vec<Outcome> {
        match action {
            KeyPairAction::Delete => {
                bulk::one_by_one(ids, async |name| {
                    cloud.ec2().delete_key_pair().key_name(name).send().await.map(drop).map_err(failed("ec2:DeleteKeyPair"))
                })
                .await
            }
        }
    }

    /// Tags hang on the ID, which only the list tells; clouds that give none have no tags of key pairs.
    async fn retag(cloud: &Cloud, change: &TagChange, names: &[String]) -> Vec<Outcome> {
        let pairs = match cloud.ec2().describe_key_pairs().send().await.map_err(failed(DESCRIBE)) {
            Ok(answer) => answer.key_pairs.unwrap_or_default(),
            Err(error) => return names.iter().map(|name| Outcome::failed(name, error.clone())).collect(),
        };
        let known: HashMap<_, _> = pairs.into_iter().map(key_pair).map(|pair| (pair.name, pair.key_pair_id)).collect();
        let ids: Vec<_> = names.iter().filter_map(|name| known.get(name)).filter(|id| !id.is_empty()).cloned().collect();
        let outcomes = tag::retag(cloud, change, &ids).await;
        let outcome = |name: &String| match known.get(name) {
            None => Outcome::failed(name, not_found(DESCRIBE, name)),
            Some(id) if id.is_empty() => Outcome::failed(name, ApiError::new(ErrorCode::Unsupported, "This cloud does not tag key pairs.")),
            Some(id) => {
                let error = outcomes.iter().find(|outcome| outcome.id == *id).and_then(|outcome| outcome.error.clone());
                Outcome { error, ..Outcome::done(name) }
            }
        };
        names.iter().map(outcome).collect()
    }
}

async fn generate(cloud: &Cloud, draft: &KeyPairDraft) -> Result<Created, ApiError> {
    // RSA is what every cloud makes when nothing is said, and what older ones have no word for.
    let key_type = (draft.key_type == "ed25519").then_some(KeyType::Ed25519);
    let call = cloud.ec2().create_key_pair().key_name(&draft.name).set_key_type(key_type);
    let made = call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:CreateKeyPair"))?;
    let secret = made.key_material.map(|content| OneTimeFile { file_name: format!("{}.pem", draft.name), content });
    Ok(Created { ids: vec![draft.name.clone()], secret, warnings: vec![] })
}

async fn import(cloud: &Cloud, draft: &KeyPairDraft) -> Result<Created, ApiError> {
    let call = cloud.ec2().import_key_pair().key_name(&draft.name).public_key_material(Blob::new(draft.public_key.trim()));
    call.customize().config_override(once::ec2()).send().await.map_err(failed("ec2:ImportKeyPair"))?;
    Ok(Created { ids: vec![draft.name.clone()], secret: None, warnings: vec![] })
}

fn key_pair(info: KeyPairInfo) -> KeyPair {
    KeyPair {
        name: info.key_name.unwrap_or_default(),
        key_pair_id: info.key_pair_id.unwrap_or_default(),
        key_type: word(info.key_type),
        fingerprint: info.key_fingerprint.unwrap_or_default(),
        created_at: seconds(info.create_time.as_ref()),
        tags: tags(info.tags),
    }
}
