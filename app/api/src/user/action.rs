//! What can be done to users.

use serde::{Deserialize, Serialize};

use super::{credential::CredentialSort, mfa::MfaCodes};
use crate::{
    command::Command,
    error::FieldErrors,
    identity::{check_renamed, name_problem},
    kind::Kind,
    permissions::{PermissionChange, Principal},
    resource::Mutation,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum UserAction {
    AddToGroups {
        groups: Vec<String>,
    },
    RemoveFromGroups {
        groups: Vec<String>,
    },
    Permissions(PermissionChange),
    /// Its credentials, its groups and its policies stay; its ARN is another.
    Rename {
        name: String,
        path: String,
    },
    /// Its secret comes back once.
    CreateAccessKey,
    Activate {
        key_id: String,
    },
    Deactivate {
        key_id: String,
    },
    DeleteAccessKey {
        key_id: String,
    },
    /// Makes one up, which comes back once and has to be changed with its first use; replaces the one there is.
    SetPassword,
    DeletePassword,
    /// Makes a virtual device, which is nobody's until it is enabled; what it counts from comes back once, as [`NewMfaDevice`].
    CreateMfa {
        name: String,
    },
    /// Makes a device the user's, who shows by two codes to have it.
    EnableMfa {
        serial: String,
        #[serde(flatten)]
        codes: MfaCodes,
    },
    /// Tells the cloud how late a device's clock is.
    ResyncMfa {
        serial: String,
        #[serde(flatten)]
        codes: MfaCodes,
    },
    /// Deletes a virtual device that was not enabled.
    DiscardMfa {
        serial: String,
    },
    /// And deletes it, where it is virtual.
    DeactivateMfa {
        serial: String,
    },
    DeleteCredential {
        sort: CredentialSort,
        id: String,
    },
    Delete,
}

impl From<PermissionChange> for UserAction {
    fn from(change: PermissionChange) -> Self {
        Self::Permissions(change)
    }
}

impl Mutation for UserAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::AddToGroups { .. } | Self::RemoveFromGroups { .. } | Self::Rename { .. } | Self::Delete => &[Kind::User, Kind::Group],
            Self::Permissions(change) => change.touches(Principal::User),
            _ => &[Kind::User],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::AddToGroups { .. } => &["iam:AddUserToGroup"],
            Self::RemoveFromGroups { .. } => &["iam:RemoveUserFromGroup"],
            Self::Permissions(change) => change.operations(Principal::User),
            Self::Rename { .. } => &["iam:UpdateUser"],
            Self::CreateAccessKey => &["iam:CreateAccessKey"],
            Self::Activate { .. } | Self::Deactivate { .. } => &["iam:UpdateAccessKey"],
            Self::DeleteAccessKey { .. } => &["iam:DeleteAccessKey"],
            Self::SetPassword => &["iam:CreateLoginProfile", "iam:UpdateLoginProfile"],
            Self::DeletePassword => &["iam:DeleteLoginProfile"],
            Self::CreateMfa { .. } => &["iam:CreateVirtualMFADevice"],
            Self::EnableMfa { .. } => &["iam:EnableMFADevice"],
            Self::ResyncMfa { .. } => &["iam:ResyncMFADevice"],
            Self::DiscardMfa { .. } => &["iam:DeleteVirtualMFADevice"],
            Self::DeactivateMfa { .. } => &["iam:DeactivateMFADevice", "iam:DeleteVirtualMFADevice"],
            Self::DeleteCredential { sort, .. } => match sort {
                CredentialSort::SshKey => &["iam:DeleteSSHPublicKey"],
                CredentialSort::SigningCertificate => &["iam:DeleteSigningCertificate"],
                CredentialSort::Service => &["iam:DeleteServiceSpecificCredential"],
            },
            Self::Delete => &["iam:DeleteUser"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let about = |operation: &str, name: &String| Command::iam(operation).arg("--user-name", name);
        let each = |operation: &str, name: &String, groups: &[String]| {
            // While none is chosen, the call is shown without one.
            let groups = if groups.is_empty() { &[String::new()] } else { groups };
            groups.iter().map(|group| about(operation, name).arg("--group-name", group)).collect()
        };
        let of = |name: &String| match self {
            Self::AddToGroups { groups } => each("add-user-to-group", name, groups),
            Self::RemoveFromGroups { groups } => each("remove-user-from-group", name, groups),
            Self::Permissions(change) => change.commands(Principal::User, std::slice::from_ref(name)),
            Self::Rename { name: new, path } => vec![about("update-user", name).arg("--new-user-name", new).arg("--new-path", path)],
            Self::CreateAccessKey => vec![about("create-access-key", name)],
            Self::Activate { key_id } => vec![about("update-access-key", name).arg("--access-key-id", key_id).arg("--status", "Active")],
            Self::Deactivate { key_id } => {
                vec![about("update-access-key", name).arg("--access-key-id", key_id).arg("--status", "Inactive")]
            }
            Self::DeleteAccessKey { key_id } => vec![about("delete-access-key", name).arg("--access-key-id", key_id)],
            Self::SetPassword => {
                vec![about("create-login-profile", name).arg("--password", "PASSWORD").flag("--password-reset-required", true)]
            }
            Self::DeletePassword => vec![about("delete-login-profile", name)],
            Self::CreateMfa { name: device } => {
                let create = Command::iam("create-virtual-mfa-device").arg("--virtual-mfa-device-name", device);
                vec![create.arg("--bootstrap-method", "QRCodePNG").arg("--outfile", "qr-code.png")]
            }
            Self::EnableMfa { serial, .. } => vec![with_codes(about("enable-mfa-device", name).arg("--serial-number", serial))],
            Self::ResyncMfa { serial, .. } => vec![with_codes(about("resync-mfa-device", name).arg("--serial-number", serial))],
            Self::DiscardMfa { serial } => vec![Command::iam("delete-virtual-mfa-device").arg("--serial-number", serial)],
            Self::DeactivateMfa { serial } => {
                let delete = serial.contains(":mfa/").then(|| Command::iam("delete-virtual-mfa-device").arg("--serial-number", serial));
                std::iter::once(about("deactivate-mfa-device", name).arg("--serial-number", serial)).chain(delete).collect()
            }
            Self::DeleteCredential { sort, id } => vec![sort.command(name, id)],
            Self::Delete => vec![about("delete-user", name)],
        };
        ids.iter().flat_map(of).collect()
    }

    fn check(&self) -> FieldErrors {
        let missing = |key: &str, is_missing: bool| {
            is_missing.then(|| (key.to_owned(), "Choose one.".to_owned())).into_iter().collect::<FieldErrors>()
        };
        match self {
            Self::AddToGroups { groups } | Self::RemoveFromGroups { groups } => missing("groups", groups.is_empty()),
            Self::Permissions(change) => change.check(Principal::User),
            Self::Rename { name, path } => check_renamed(name, 64, path),
            Self::Activate { key_id } | Self::Deactivate { key_id } | Self::DeleteAccessKey { key_id } => {
                missing("key_id", key_id.is_empty())
            }
            Self::DiscardMfa { serial } | Self::DeactivateMfa { serial } => missing("serial", serial.is_empty()),
            Self::CreateMfa { name } => name_problem(name, 226).map(|problem| ("name".to_owned(), problem)).into_iter().collect(),
            Self::EnableMfa { serial, codes } | Self::ResyncMfa { serial, codes } => {
                let mut errors = codes.check();
                errors.extend(missing("serial", serial.is_empty()));
                errors
            }
            _ => FieldErrors::new(),
        }
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::RemoveFromGroups { groups } => Some(Self::AddToGroups { groups: groups.clone() }),
            Self::Permissions(change) => change.inverse().map(Self::Permissions),
            Self::Activate { key_id } => Some(Self::Deactivate { key_id: key_id.clone() }),
            Self::Deactivate { key_id } => Some(Self::Activate { key_id: key_id.clone() }),
            _ => None,
        }
    }
}

/// Codes are good for half a minute: whoever copies the line has others.
fn with_codes(command: Command) -> Command {
    command.arg("--authentication-code1", "CODE1").arg("--authentication-code2", "CODE2")
}
