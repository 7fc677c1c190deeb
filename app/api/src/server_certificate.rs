//! Certificates for TLS, with their keys, that IAM keeps for load balancers and distributions.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html>

use serde::{Deserialize, Serialize};

use crate::{Timestamp, kind::Kind, resource::Resource, tag::Tag};

mod action;
mod draft;
pub mod x509;

pub use self::{action::ServerCertificateAction, draft::ServerCertificateDraft};

/// The key is in the cloud alone, which hands it out to nobody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerCertificate {
    pub name: String,
    pub certificate_id: String,
    pub arn: String,
    pub path: String,
    pub uploaded_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    /// In PEM; known only of one that was asked for alone, as its chain and its tags.
    pub body: String,
    /// The certificates of those who vouch for it, in PEM; empty where there are none.
    pub chain: String,
    pub tags: Vec<Tag>,
}

impl Resource for ServerCertificate {
    const KIND: Kind = Kind::ServerCertificate;
    type Draft = ServerCertificateDraft;
    type Action = ServerCertificateAction;

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
            name: "shop".into(),
            certificate_id: "ASCAEXAMPLE".into(),
            arn: "arn:aws:iam::123456789012:server-certificate/shop".into(),
            path: "/".into(),
            uploaded_at: Some(1_750_000_000),
            expires_at: Some(1_780_000_000),
            ..Self::default()
        }
    }
}
