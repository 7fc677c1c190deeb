//! TLS of the server's own.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use super::problem::Problem;

/// TLS of our own, where nothing in front does it.
#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "TLS")]
pub(super) struct TlsOptions {
    /// File of the certificate and those that vouch for it, PEM
    #[arg(long = "tls-certificate", env = "CANOPY_TLS_CERTIFICATE", value_name = "FILE")]
    pub(super) certificate: Option<PathBuf>,
    /// File of its private key, PEM
    #[arg(id = "tls_key", long = "tls-key", env = "CANOPY_TLS_KEY", value_name = "FILE")]
    pub(super) key: Option<PathBuf>,
    /// Make a certificate in the state folder at first start, which browsers warn of [default: false]
    #[arg(long = "tls-self-signed", env = "CANOPY_TLS_SELF_SIGNED", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(super) self_signed: Option<bool>,
}

impl TlsOptions {
    /// These, and where they say nothing, the others.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            certificate: self.certificate.or(other.certificate),
            key: self.key.or(other.key),
            self_signed: self.self_signed.or(other.self_signed),
        }
    }
}

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
