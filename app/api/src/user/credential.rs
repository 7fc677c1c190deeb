//! With what a user proves who it is. Secrets are not among it: the cloud tells them once.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, command::Command};

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html>
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessKey {
    pub id: String,
    pub active: bool,
    pub created_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    /// Of which service: `ec2`.
    pub last_used_for: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MfaDevice {
    /// An ARN, or the number of a piece of hardware.
    pub serial: String,
    pub enabled_at: Option<Timestamp>,
}

/// What is looked at, and deleted with its user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Credential {
    pub sort: CredentialSort,
    pub id: String,
    pub active: bool,
    pub created_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialSort {
    SshKey,
    SigningCertificate,
    /// For one service, such as CodeCommit.
    Service,
}

impl CredentialSort {
    pub const fn label(self) -> &'static str {
        match self {
            Self::SshKey => "SSH key",
            Self::SigningCertificate => "Signing certificate",
            Self::Service => "Service-specific credential",
        }
    }

    pub(super) fn command(self, user: &str, id: &str) -> Command {
        let (operation, argument) = match self {
            Self::SshKey => ("delete-ssh-public-key", "--ssh-public-key-id"),
            Self::SigningCertificate => ("delete-signing-certificate", "--certificate-id"),
            Self::Service => ("delete-service-specific-credential", "--service-specific-credential-id"),
        };
        Command::iam(operation).arg("--user-name", user).arg(argument, id)
    }
}
