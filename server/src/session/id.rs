//! The number that stands for a session.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

const BYTES: usize = 32;

/// 256 random bits. Who knows them is signed in: they go into a cookie and nowhere else, and `Debug` does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId([u8; BYTES]);

/// What the store knows of an id.
pub(super) type Hash = [u8; 32];

impl SessionId {
    /// A new one, from the operating system's generator.
    pub fn random() -> Self {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        Self(bytes)
    }

    /// From a cookie's value; `None` for what cannot be an id.
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// As a cookie's value.
    pub fn expose(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn hash(&self) -> Hash {
        hash(&self.0)
    }
}

/// SHA-256.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// What stands for a principal of a cloud, in whichever session: no secret, and another for each. 64 bits are enough to tell the few of one
/// session apart.
pub(super) fn of_identity(cloud: &str, arn: &str) -> String {
    let digest = hash(format!("{cloud}\0{arn}").as_bytes());
    digest[..8].iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId([REDACTED])")
    }
}
