//! TLS of the server's own.

use std::path::{Path, PathBuf};

use super::{options::TlsOptions, problem::Problem};

/// Where certificate and key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsSettings {
    pub certificate: PathBuf,
    pub key: PathBuf,
    /// Both are made where they are missing.
    pub self_signed: bool,
}

pub(super) fn settings(options: &TlsOptions, state: &Path) -> Result<Option<TlsSettings>, Problem> {
    let problem = |message: &str| Err(Problem { key: Some("tls".to_owned()), ..Problem::plain(message.to_owned()) });
    match (&options.certificate, &options.key, options.self_signed.unwrap_or(false)) {
        (Some(certificate), Some(key), false) => {
            Ok(Some(TlsSettings { certificate: certificate.clone(), key: key.clone(), self_signed: false }))
        }
        (None, None, true) => Ok(Some(TlsSettings { certificate: state.join("tls.crt"), key: state.join("tls.key"), self_signed: true })),
        (None, None, false) => Ok(None),
        (_, _, true) => problem("a certificate is given and one is to be made: expected one of the two"),
        _ => problem("expected a certificate and its key"),
    }
}
