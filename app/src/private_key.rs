//! Decrypts what a cloud has encrypted for an RSA key pair: the password of a Windows instance.
//!
//! It happens here, in the browser, so that a private key never leaves the machine of its owner; it is kept no longer than its use takes.
//! The arithmetic takes more or less time depending on the key, and is not blinded. That would matter to a service that decrypts for
//! strangers, who could send it chosen messages and measure; here the owner decrypts one message that the cloud made, and nobody waits
//! outside with a clock. Blinding would need a source of randomness for nothing.

use api::encoding::{Der, Ssh, base64, pem};
use num_bigint_dig::BigUint;

/// The half of an RSA key that decrypts.
pub struct PrivateKey {
    modulus: BigUint,
    exponent: BigUint,
}

/// Why a text is no key to decrypt with, or does not decrypt this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A public key, a certificate, or nothing of that sort.
    NoKey,
    /// It needs a passphrase, which the console does not ask for.
    Locked,
    NotRsa,
    Damaged,
    /// What was encrypted was encrypted for another key.
    OtherKey,
}

impl Problem {
    /// A sentence in English; translated when shown.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoKey => "This is no private key: it begins with -----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----.",
            Self::Locked => "The key is locked with a passphrase. Take the passphrase off a copy of it: ssh-keygen -p -m PEM -f copy.pem",
            Self::NotRsa => "This is no RSA key. Windows passwords are encrypted for RSA keys only.",
            Self::Damaged => "The key is not complete: copy all lines of it.",
            Self::OtherKey => "This is not the private key of the instance's key pair.",
        }
    }
}

impl PrivateKey {
    /// Reads PEM: PKCS#1 as clouds hand keys out, PKCS#8, or what ssh-keygen writes.
    pub fn from_pem(text: &str) -> Result<Self, Problem> {
        let (label, body) = pem(text).next().ok_or(Problem::NoKey)?;
        if label.contains("ENCRYPTED") || body.contains("ENCRYPTED") {
            return Err(Problem::Locked);
        }
        let decoded = || base64(body).ok_or(Problem::Damaged);
        match label {
            "RSA PRIVATE KEY" => pkcs1(&decoded()?).ok_or(Problem::Damaged),
            "PRIVATE KEY" => pkcs8(&decoded()?),
            "OPENSSH PRIVATE KEY" => openssh(&decoded()?),
            "EC PRIVATE KEY" | "DSA PRIVATE KEY" => Err(Problem::NotRsa),
            _ => Err(Problem::NoKey),
        }
    }

    /// Decrypts by RSAES-PKCS1-v1_5: <https://www.rfc-editor.org/rfc/rfc8017#section-7.2.2>
    pub fn decrypt(&self, encrypted: &[u8]) -> Result<Vec<u8>, Problem> {
        let message = BigUint::from_bytes_be(encrypted);
        let size = self.modulus.bits().div_ceil(8);
        if encrypted.len() != size || message >= self.modulus {
            return Err(Problem::OtherKey);
        }
        let padded = message.modpow(&self.exponent, &self.modulus).to_bytes_be();
        // 00 02, at least eight bytes that are not 0, 0, and the message. The first 0 is lost in the number.
        let rest = padded.strip_prefix(&[2]).filter(|_| padded.len() + 1 == size).ok_or(Problem::OtherKey)?;
        let end = rest.iter().position(|&byte| byte == 0).filter(|&end| end >= 8).ok_or(Problem::OtherKey)?;
        Ok(rest[end + 1..].to_vec())
    }

    /// From big-endian numbers; `None` where they cannot be those of a key, and would not compute either.
    fn new(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let (modulus, exponent) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
        let odd = modulus.to_bytes_be().last().is_some_and(|byte| byte % 2 == 1);
        (odd && modulus.bits() >= 512 && exponent < modulus).then_some(Self { modulus, exponent })
    }
}

/// `RSAPrivateKey`: version, modulus, public exponent, private exponent, and what speeds things up.
fn pkcs1(der: &[u8]) -> Option<PrivateKey> {
    let mut key = Der(der).enter(Der::SEQUENCE)?;
    key.take(Der::INTEGER)?;
    let modulus = key.take(Der::INTEGER)?;
    key.take(Der::INTEGER)?;
    PrivateKey::new(modulus, key.take(Der::INTEGER)?)
}

/// `PrivateKeyInfo`: version, algorithm, and the key in an octet string.
fn pkcs8(der: &[u8]) -> Result<PrivateKey, Problem> {
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let parts = || {
        let mut info = Der(der).enter(Der::SEQUENCE)?;
        info.take(Der::INTEGER)?;
        let algorithm = info.enter(Der::SEQUENCE)?.take(Der::OBJECT)?;
        Some((algorithm, info.take(Der::OCTETS)?))
    };
    let (algorithm, key) = parts().ok_or(Problem::Damaged)?;
    if algorithm == RSA { pkcs1(key).ok_or(Problem::Damaged) } else { Err(Problem::NotRsa) }
}

/// <https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key>
fn openssh(bytes: &[u8]) -> Result<PrivateKey, Problem> {
    let parts = || {
        let mut file = Ssh(bytes.strip_prefix(b"openssh-key-v1\0")?);
        let cipher = file.string()?;
        // The key derivation and its options, how many keys, the public key.
        file.string()?;
        file.string()?;
        file.number()?;
        file.string()?;
        Some((cipher, file.string()?))
    };
    let (cipher, private) = parts().ok_or(Problem::Damaged)?;
    if cipher != b"none" {
        return Err(Problem::Locked);
    }
    let mut private = Ssh(private);
    let kind = private.number().and_then(|_| private.number()).and_then(|_| private.string()).ok_or(Problem::Damaged)?;
    if kind != b"ssh-rsa" {
        return Err(Problem::NotRsa);
    }
    let mut key = || {
        let modulus = private.string()?;
        private.string()?;
        PrivateKey::new(modulus, private.string()?)
    };
    key().ok_or(Problem::Damaged)
}

#[cfg(test)]
mod tests {
    use ::base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    // openssl genrsa -traditional 1024; openssl pkcs8 -topk8 -nocrypt; ssh-keygen -p -N "".
    const PKCS1: &str = include_str!("../tests/keys/pkcs1.pem");
    const PKCS8: &str = include_str!("../tests/keys/pkcs8.pem");
    const OPENSSH: &str = include_str!("../tests/keys/openssh.pem");
    /// `printf 'Passw0rd&<ü>' | openssl pkeyutl -encrypt -inkey pkcs1.pem | base64 -w0`
    const ENCRYPTED: &str = include_str!("../tests/keys/encrypted.txt");

    fn encrypted() -> Vec<u8> {
        base64(ENCRYPTED).expect("the file holds base64")
    }

    #[test]
    fn a_password_is_decrypted_with_the_key_in_each_form() {
        for pem in [PKCS1, PKCS8, OPENSSH, &format!("\r\n# mine\r\n{}\r\n", PKCS1.replace('\n', "\r\n"))] {
            let key = PrivateKey::from_pem(pem).map_err(Problem::text).expect("the form is known");
            assert_eq!(key.decrypt(&encrypted()).as_deref(), Ok("Passw0rd&<ü>".as_bytes()));
        }
    }

    fn problem(pem: &str) -> Option<Problem> {
        PrivateKey::from_pem(pem).err()
    }

    #[test]
    fn what_is_no_key_to_decrypt_with_is_told_apart() {
        assert_eq!(problem("ssh-rsa AAAAB3NzaC1yc2E= me"), Some(Problem::NoKey));
        assert_eq!(problem(&PKCS8.replace("PRIVATE", "PUBLIC")), Some(Problem::NoKey));
        assert_eq!(problem("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n-----END ENCRYPTED PRIVATE KEY-----"), Some(Problem::Locked));
        let headed = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIF\n-----END RSA PRIVATE KEY-----";
        assert_eq!(problem(headed), Some(Problem::Locked));
        assert_eq!(problem(include_str!("../tests/keys/ed25519.pem")), Some(Problem::NotRsa));
        assert_eq!(problem(include_str!("../tests/keys/ed25519-pkcs8.pem")), Some(Problem::NotRsa));
    }

    #[test]
    fn half_a_key_is_damaged_and_no_panic() {
        for (label, text) in [("RSA PRIVATE KEY", PKCS1), ("PRIVATE KEY", PKCS8), ("OPENSSH PRIVATE KEY", OPENSSH)] {
            let (_, body) = pem(text).next().expect("the file is PEM");
            let bytes = base64(body).expect("the body is base64");
            // The exponent ends before the last third.
            for length in (0..bytes.len() / 2).step_by(7) {
                let part = format!("-----BEGIN {label}-----\n{}\n-----END {label}-----", STANDARD.encode(&bytes[..length]));
                assert_eq!(problem(&part), Some(Problem::Damaged), "{label}: {length} bytes");
            }
        }
    }

    #[test]
    fn another_key_decrypts_nothing() {
        let other = PrivateKey::from_pem(include_str!("../tests/keys/other.pem")).map_err(Problem::text).expect("it is a key");
        assert_eq!(other.decrypt(&encrypted()), Err(Problem::OtherKey));
        let key = PrivateKey::from_pem(PKCS1).map_err(Problem::text).expect("it is a key");
        assert_eq!(key.decrypt(&[]), Err(Problem::OtherKey));
        assert_eq!(key.decrypt(&[0xff; 128]), Err(Problem::OtherKey));
    }
}
