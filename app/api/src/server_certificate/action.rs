//! What can be done to server certificates.

use serde::{Deserialize, Serialize};

use crate::{command::Command, error::FieldErrors, identity::check_renamed, kind::Kind, resource::Mutation};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ServerCertificateAction {
    /// What uses it goes on doing so, by its ID; its ARN is another.
    Rename {
        name: String,
        path: String,
    },
    Delete,
}

impl Mutation for ServerCertificateAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::ServerCertificate]
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Rename { .. } => &["iam:UpdateServerCertificate"],
            Self::Delete => &["iam:DeleteServerCertificate"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let about = |operation: &str, id: &String| Command::iam(operation).arg("--server-certificate-name", id);
        let of = |id: &String| match self {
            Self::Rename { name, path } => {
                about("update-server-certificate", id).arg("--new-server-certificate-name", name).arg("--new-path", path)
            }
            Self::Delete => about("delete-server-certificate", id),
        };
        ids.iter().map(of).collect()
    }

    fn check(&self) -> FieldErrors {
        match self {
            Self::Rename { name, path } => check_renamed(name, 128, path),
            Self::Delete => FieldErrors::new(),
        }
    }
}
