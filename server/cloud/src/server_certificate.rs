//! Certificates for TLS that IAM keeps.

use api::{
    error::ApiError,
    outcome::{Created, Outcome},
    server_certificate::{ServerCertificate, ServerCertificateAction, ServerCertificateDraft},
    tag::TagChange,
};
use aws_sdk_iam::types;

use crate::{
    Args, Backend, Cloud, Pages, bulk,
    error::{failed, not_found},
    identity::{retag, sdk_tags, tags},
    once,
    paging::pages,
    time::seconds,
    word::{given, other},
};

impl Backend for ServerCertificate {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let call = cloud.iam().list_server_certificates().set_max_items(cloud.page_size(1000));
        pages(call.into_paginator().send(), "iam:ListServerCertificates", |page| {
            page.server_certificate_metadata_list.into_iter().map(certificate).collect()
        })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        const GET: &str = "iam:GetServerCertificate";
        let answer = cloud.iam().get_server_certificate().server_certificate_name(id).send().await.map_err(failed(GET))?;
        let found = answer.server_certificate.ok_or_else(|| not_found(GET, id))?;
        let about = found.server_certificate_metadata.map(certificate).ok_or_else(|| not_found(GET, id))?;
        Ok(Self { body: found.certificate_body, chain: found.certificate_chain.unwrap_or_default(), tags: tags(found.tags), ..about })
    }

    async fn create(cloud: &Cloud, draft: &ServerCertificateDraft) -> Result<Created, ApiError> {
        let call = cloud.iam().upload_server_certificate().server_certificate_name(&draft.name).set_path(given(&draft.path));
        let call = call.certificate_body(draft.body.trim()).private_key(draft.private_key.trim());
        let call = call.set_certificate_chain(given(draft.chain.trim())).set_tags(sdk_tags(&draft.tags));
        call.customize().config_override(once::iam()).send().await.map_err(failed("iam:UploadServerCertificate"))?;
        Ok(Created { ids: vec![draft.name.clone()], secret: None, warnings: vec![] })
    }

    async fn act(cloud: &Cloud, action: &ServerCertificateAction, ids: &[String]) -> Vec<Outcome> {
        let iam = cloud.iam();
        bulk::one_by_one(ids, async |id| match action {
            ServerCertificateAction::Rename { name, path } => {
                let call = iam.update_server_certificate().set_new_path(given(path)).set_new_server_certificate_name(other(name, &id));
                let call = call.server_certificate_name(id);
                call.customize().config_override(once::iam()).send().await.map(drop).map_err(failed("iam:UpdateServerCertificate"))
            }
            ServerCertificateAction::Delete => {
                let call = iam.delete_server_certificate().server_certificate_name(id);
                call.send().await.map(drop).map_err(failed("iam:DeleteServerCertificate"))
            }
        })
        .await
    }

    async fn retag(cloud: &Cloud, change: &TagChange, ids: &[String]) -> Vec<Outcome> {
        let iam = cloud.iam();
        let set = async |id, tags| {
            let call = iam.tag_server_certificate().server_certificate_name(id).set_tags(tags);
            call.send().await.map(drop).map_err(failed("iam:TagServerCertificate"))
        };
        let unset = async |id, keys| {
            let call = iam.untag_server_certificate().server_certificate_name(id).set_tag_keys(keys);
            call.send().await.map(drop).map_err(failed("iam:UntagServerCertificate"))
        };
        retag(change, ids, set, unset).await
    }
}

fn certificate(about: types::ServerCertificateMetadata) -> ServerCertificate {
    ServerCertificate {
        name: about.server_certificate_name,
        certificate_id: about.server_certificate_id,
        arn: about.arn,
        path: about.path,
        uploaded_at: seconds(about.upload_date.as_ref()),
        expires_at: seconds(about.expiration.as_ref()),
        ..ServerCertificate::default()
    }
}
