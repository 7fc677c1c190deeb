//! MFA devices of users.

use api::{
    error::{ApiError, ErrorCode},
    user::{MfaCodes, MfaDevice, NewMfaDevice},
};
use aws_sdk_iam::types::AssignmentStatusType;

use crate::{Cloud, error::failed, once};

pub async fn list(cloud: &Cloud, user: &str) -> Result<Vec<MfaDevice>, ApiError> {
    let found = cloud.iam().list_mfa_devices().user_name(user).send().await.map_err(failed("iam:ListMFADevices"))?;
    let device =
        |device: aws_sdk_iam::types::MfaDevice| MfaDevice { serial: device.serial_number, enabled_at: Some(device.enable_date.secs()) };
    Ok(found.mfa_devices.into_iter().map(device).collect())
}

/// A device of this name that was made and never enabled makes room: nobody has it.
pub async fn create(cloud: &Cloud, name: &str) -> Result<NewMfaDevice, ApiError> {
    match make(cloud, name).await {
        Err(refused) if refused.code == ErrorCode::Conflict => match unfinished(cloud, name).await {
            Some(serial) => match discard(cloud, &serial).await {
                // The dialog that made it may have deleted it meanwhile.
                Err(error) if error.code != ErrorCode::NotFound => Err(error),
                _ => make(cloud, name).await,
            },
            None => Err(refused),
        },
        made => made,
    }
}

async fn make(cloud: &Cloud, name: &str) -> Result<NewMfaDevice, ApiError> {
    let call = cloud.iam().create_virtual_mfa_device().virtual_mfa_device_name(name);
    let made = call.customize().config_override(once::iam()).send().await.map_err(failed("iam:CreateVirtualMFADevice"))?;
    let unsaid = || ApiError::new(ErrorCode::CloudFailure, "The cloud did not say what it made.");
    let device = made.virtual_mfa_device.ok_or_else(unsaid)?;
    let seed = device.base32_string_seed.and_then(|seed| String::from_utf8(seed.into_inner()).ok()).ok_or_else(unsaid)?;
    Ok(NewMfaDevice { serial: device.serial_number, seed: seed.trim().to_owned() })
}

/// The serial number of a device of this name that nobody has.
async fn unfinished(cloud: &Cloud, name: &str) -> Option<String> {
    let call = cloud.iam().list_virtual_mfa_devices().assignment_status(AssignmentStatusType::Unassigned);
    let mut devices = call.into_paginator().items().send();
    while let Some(Ok(device)) = devices.next().await {
        if device.serial_number.rsplit('/').next().is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return Some(device.serial_number);
        }
    }
    None
}

pub async fn enable(cloud: &Cloud, user: String, serial: &str, codes: &MfaCodes) -> Result<(), ApiError> {
    let call = cloud.iam().enable_mfa_device().user_name(user).serial_number(serial);
    let call = call.authentication_code1(&codes.code1).authentication_code2(&codes.code2);
    call.customize().config_override(once::iam()).send().await.map(drop).map_err(failed("iam:EnableMFADevice"))
}

pub async fn resync(cloud: &Cloud, user: String, serial: &str, codes: &MfaCodes) -> Result<(), ApiError> {
    let call = cloud.iam().resync_mfa_device().user_name(user).serial_number(serial);
    let call = call.authentication_code1(&codes.code1).authentication_code2(&codes.code2);
    call.customize().config_override(once::iam()).send().await.map(drop).map_err(failed("iam:ResyncMFADevice"))
}

/// A virtual device exists for its user alone.
pub async fn deactivate(cloud: &Cloud, user: String, serial: &str) -> Result<(), ApiError> {
    let call = cloud.iam().deactivate_mfa_device().user_name(user).serial_number(serial);
    call.send().await.map_err(failed("iam:DeactivateMFADevice"))?;
    if serial.contains(":mfa/") {
        discard(cloud, serial).await?;
    }
    Ok(())
}

/// Deletes a virtual device that nobody has.
pub async fn discard(cloud: &Cloud, serial: &str) -> Result<(), ApiError> {
    let call = cloud.iam().delete_virtual_mfa_device().serial_number(serial);
    call.send().await.map(drop).map_err(failed("iam:DeleteVirtualMFADevice"))
}
