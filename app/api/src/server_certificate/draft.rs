//! A certificate to be handed to IAM, with its key. They are held against each other before anything is sent.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>

use std::fmt;

use serde::{Deserialize, Serialize};

use super::x509;
use crate::{
    command::Command,
    error::FieldErrors,
    identity::{check_path, given_path, name_problem},
    kind::Kind,
    resource::Mutation,
    tag::{Tag, check_tags},
};

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerCertificateDraft {
    pub name: String,
    pub path: String,
    /// One certificate in PEM.
    pub body: String,
    /// Its key in PEM, which nothing but the call to the cloud may hold.
    pub private_key: String,
    /// The certificates of those who vouch for it in PEM, each before the one that vouches for it in turn; may be empty.
    pub chain: String,
    pub tags: Vec<Tag>,
}

impl fmt::Debug for ServerCertificateDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerCertificateDraft").field("name", &self.name).field("path", &self.path).finish_non_exhaustive()
    }
}

impl Mutation for ServerCertificateDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::ServerCertificate]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["iam:UploadServerCertificate"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let chain = (!self.chain.trim().is_empty()).then_some("file://chain.pem");
        let upload = Command::iam("upload-server-certificate")
            .arg("--server-certificate-name", &self.name)
            .arg("--certificate-body", "file://certificate.pem")
            .arg("--private-key", "file://private-key.pem")
            .maybe("--certificate-chain", chain)
            .maybe("--path", given_path(&self.path));
        vec![upload.args("--tags", self.tags.iter().map(Tag::shorthand))]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        errors.extend(name_problem(&self.name, 128).map(|problem| ("name".to_owned(), problem)));
        check_path(&self.path, &mut errors);
        errors.extend(x509::problems(&self.body, &self.private_key, &self.chain));
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_in_nothing_that_is_shown() {
        let draft = ServerCertificateDraft { name: "shop".into(), private_key: "c4nary".into(), ..ServerCertificateDraft::default() };
        let shown = format!("{draft:?} {:?} {:?}", draft.check(), draft.commands(&[]));
        assert!(!shown.contains("c4nary"), "{shown}");
    }
}
