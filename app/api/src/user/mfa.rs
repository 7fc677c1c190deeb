//! What a virtual MFA device is made with, and the codes that show somebody to have it.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html>

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{error::FieldErrors, outcome::OneTimeFile};

/// Two codes of a device, one right after the other.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MfaCodes {
    pub code1: String,
    pub code2: String,
}

impl fmt::Debug for MfaCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MfaCodes").finish_non_exhaustive()
    }
}

impl MfaCodes {
    /// As they were typed: devices show them with a gap.
    pub fn new(code1: &str, code2: &str) -> Self {
        let digits = |code: &str| code.split_whitespace().collect();
        Self { code1: digits(code1), code2: digits(code2) }
    }

    pub fn check(&self) -> FieldErrors {
        let is_code = |code: &str| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        let mut errors = FieldErrors::new();
        for (key, code) in [("code1", &self.code1), ("code2", &self.code2)] {
            if !is_code(code) {
                errors.insert(key.to_owned(), "A code has six digits.".to_owned());
            }
        }
        if errors.is_empty() && self.code1 == self.code2 {
            errors.insert("code2".to_owned(), "Wait for the next code: the device shows another every half minute.".to_owned());
        }
        errors
    }
}

/// A device that was just made. It is told once.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct NewMfaDevice {
    pub serial: String,
    /// What its codes are made from, in Base32.
    pub seed: String,
}

impl fmt::Debug for NewMfaDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewMfaDevice").field("serial", &self.serial).finish_non_exhaustive()
    }
}

impl NewMfaDevice {
    /// As it travels in an outcome.
    pub fn file(&self) -> OneTimeFile {
        let content = serde_json::to_string(self).expect("two texts can be written");
        OneTimeFile { file_name: "mfa-device.json".into(), content }
    }

    pub fn read(file: &OneTimeFile) -> Option<Self> {
        serde_json::from_str(&file.content).ok()
    }

    /// What the device reads out of the picture: whose codes it shows, and what they are made from.
    /// <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>
    pub fn uri(&self, issuer: &str, user: &str) -> String {
        let (issuer, user) = (encoded(issuer), encoded(user));
        format!("otpauth://totp/{issuer}:{user}?secret={}&issuer={issuer}", self.seed)
    }
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_each_and_not_the_same() {
        let wrong = |code1, code2| MfaCodes::new(code1, code2).check().into_keys().collect::<Vec<_>>();
        assert_eq!(wrong("123 456", "654321"), [""; 0]);
        assert_eq!(wrong("12345", "abcdef"), ["code1", "code2"]);
        assert_eq!(wrong("123456", "123456"), ["code2"]);
    }

    #[test]
    fn a_device_comes_back_as_it_was_and_shows_no_seed() {
        let device = NewMfaDevice { serial: "arn:aws:iam::1:mfa/ann".into(), seed: "JBSWY3DPEHPK3PXP".into() };
        assert_eq!(NewMfaDevice::read(&device.file()), Some(device.clone()));
        assert_eq!(
            device.uri("Cloud & Co", "ann@1"),
            "otpauth://totp/Cloud%20%26%20Co:ann@1?secret=JBSWY3DPEHPK3PXP&issuer=Cloud%20%26%20Co"
        );
        let codes = MfaCodes::new("123456", "654321");
        assert!(!format!("{device:?} {:?} {codes:?}", device.file()).contains("JBSW") && !format!("{codes:?}").contains("123456"));
    }
}
