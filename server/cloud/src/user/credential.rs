//! With what a user proves who it is.

use api::{
    error::{ApiError, ErrorCode},
    user::{AccessKey, Credential, CredentialSort},
};
use aws_sdk_iam::types::StatusType;

use crate::{
    Cloud,
    credentials::{self, Handed},
    error::failed,
    once,
    time::seconds,
};

/// There is none where the cloud does not find one.
pub async fn has_password(cloud: &Cloud, user: &str) -> Result<bool, ApiError> {
    match cloud.iam().get_login_profile().user_name(user).send().await.map_err(failed("iam:GetLoginProfile")) {
        Ok(_) => Ok(true),
        Err(error) if error.code == ErrorCode::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// A user has two at most.
pub async fn access_keys(cloud: &Cloud, user: &str) -> Result<Vec<AccessKey>, ApiError> {
    let found = cloud.iam().list_access_keys().user_name(user).send().await.map_err(failed("iam:ListAccessKeys"))?;
    let keys = found.access_key_metadata.into_iter().map(async |key| {
        let id = key.access_key_id.unwrap_or_default();
        let used = cloud.iam().get_access_key_last_used().access_key_id(&id).send().await.map_err(failed("iam:GetAccessKeyLastUsed")).ok();
        let used = used.and_then(|used| used.access_key_last_used);
        AccessKey {
            active: key.status == Some(StatusType::Active),
            created_at: seconds(key.create_date.as_ref()),
            last_used_at: used.as_ref().and_then(|used| seconds(used.last_used_date.as_ref())),
            // What was never used was used for "N/A".
            last_used_for: used.map(|used| used.service_name).filter(|service| service != "N/A").unwrap_or_default(),
            id,
        }
    });
    Ok(futures::future::join_all(keys).await)
}

/// `None` where none of their sorts can be looked at.
pub async fn others(cloud: &Cloud, user: &str) -> Option<Vec<Credential>> {
    let iam = cloud.iam();
    let (ssh, certificates, services) = futures::join!(
        async { iam.list_ssh_public_keys().user_name(user).send().await.map_err(failed("iam:ListSSHPublicKeys")).ok() },
        async { iam.list_signing_certificates().user_name(user).send().await.map_err(failed("iam:ListSigningCertificates")).ok() },
        async {
            let call = iam.list_service_specific_credentials().user_name(user);
            call.send().await.map_err(failed("iam:ListServiceSpecificCredentials")).ok()
        },
    );
    if ssh.is_none() && certificates.is_none() && services.is_none() {
        return None;
    }
    let is_active = |status: &StatusType| *status == StatusType::Active;
    let ssh = ssh.and_then(|found| found.ssh_public_keys).unwrap_or_default().into_iter().map(|key| Credential {
        sort: CredentialSort::SshKey,
        active: is_active(&key.status),
        id: key.ssh_public_key_id,
        created_at: Some(key.upload_date.secs()),
    });
    let certificates = certificates.map(|found| found.certificates).unwrap_or_default().into_iter().map(|certificate| Credential {
        sort: CredentialSort::SigningCertificate,
        active: is_active(&certificate.status),
        id: certificate.certificate_id,
        created_at: seconds(certificate.upload_date.as_ref()),
    });
    let services =
        services.and_then(|found| found.service_specific_credentials).unwrap_or_default().into_iter().map(|credential| Credential {
            sort: CredentialSort::Service,
            active: is_active(&credential.status),
            id: credential.service_specific_credential_id,
            created_at: Some(credential.create_date.secs()),
        });
    Some(ssh.chain(certificates).chain(services).collect())
}

pub async fn make_key(cloud: &Cloud, user: String) -> Result<Handed, ApiError> {
    let call = cloud.iam().create_access_key().user_name(&user);
    let made = call.customize().config_override(once::iam()).send().await.map_err(failed("iam:CreateAccessKey"))?;
    let key = made.access_key.ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud did not say what it made."))?;
    Ok(Handed { user, access_key_id: key.access_key_id, secret_access_key: key.secret_access_key, ..Handed::default() })
}

pub async fn set_key(cloud: &Cloud, user: String, key_id: &str, status: StatusType) -> Result<(), ApiError> {
    let call = cloud.iam().update_access_key().user_name(user).access_key_id(key_id).status(status);
    call.send().await.map(drop).map_err(failed("iam:UpdateAccessKey"))
}

/// Whether there is one already only the cloud knows: the first is made, any other replaced.
pub async fn set_password(cloud: &Cloud, user: String) -> Result<Handed, ApiError> {
    let password = credentials::password();
    let call = cloud.iam().create_login_profile().user_name(&user).password(&password).password_reset_required(true);
    match call.customize().config_override(once::iam()).send().await.map_err(failed("iam:CreateLoginProfile")) {
        Err(error) if error.code == ErrorCode::Conflict => {
            let call = cloud.iam().update_login_profile().user_name(&user).password(&password).password_reset_required(true);
            call.send().await.map_err(failed("iam:UpdateLoginProfile"))?;
        }
        other => drop(other?),
    }
    Ok(Handed { user, password, ..Handed::default() })
}

pub async fn delete(cloud: &Cloud, user: String, sort: CredentialSort, id: &str) -> Result<(), ApiError> {
    let iam = cloud.iam();
    match sort {
        CredentialSort::SshKey => {
            let call = iam.delete_ssh_public_key().user_name(user).ssh_public_key_id(id);
            call.send().await.map(drop).map_err(failed("iam:DeleteSSHPublicKey"))
        }
        CredentialSort::SigningCertificate => {
            let call = iam.delete_signing_certificate().user_name(user).certificate_id(id);
            call.send().await.map(drop).map_err(failed("iam:DeleteSigningCertificate"))
        }
        CredentialSort::Service => {
            let call = iam.delete_service_specific_credential().user_name(user).service_specific_credential_id(id);
            call.send().await.map(drop).map_err(failed("iam:DeleteServiceSpecificCredential"))
        }
    }
}
