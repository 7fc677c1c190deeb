//! Server certificates, as they are kept, and as much of one as IAM looks at.

use rsa::{
    RsaPrivateKey, RsaPublicKey,
    pkcs1::DecodeRsaPrivateKey as _,
    pkcs8::{DecodePrivateKey as _, DecodePublicKey as _},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::Entity;
use crate::{
    clock::{self, Millis},
    tag::Tags,
};

pub struct ServerCertificate {
    pub entity: Entity,
    /// In PEM.
    pub body: String,
    pub chain: Option<String>,
    pub expires_at: Millis,
    pub tags: Tags,
}

/// What IAM reads of a certificate.
pub struct Read {
    pub expires_at: Millis,
    /// `SubjectPublicKeyInfo`, in DER.
    key: Vec<u8>,
}

const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;

impl Read {
    /// One in PEM, and nothing else. <https://www.rfc-editor.org/rfc/rfc5280#section-4.1>
    pub fn pem(text: &str) -> Option<Self> {
        let body = text.trim().strip_prefix("-----BEGIN CERTIFICATE-----")?.strip_suffix("-----END CERTIFICATE-----")?;
        let der = STANDARD.decode(body.split_ascii_whitespace().collect::<String>()).ok()?;
        let mut rest = content(&mut content(&mut &*der, SEQUENCE)?, SEQUENCE)?;
        if rest.first() == Some(&VERSION) {
            value(&mut rest)?;
        }
        content(&mut rest, INTEGER)?;
        // How it is signed, and by whom.
        content(&mut rest, SEQUENCE)?;
        content(&mut rest, SEQUENCE)?;
        let mut validity = content(&mut rest, SEQUENCE)?;
        value(&mut validity)?;
        let (sort, until, _) = value(&mut validity)?;
        content(&mut rest, SEQUENCE)?;
        let (_, _, key) = value(&mut rest)?;
        Some(Self { expires_at: moment(sort, std::str::from_utf8(until).ok()?)?, key: key.to_vec() })
    }

    /// Whether this is its private key; `None` where the text is no key. Only RSA is looked at closer.
    pub fn fits(&self, key: &str) -> Option<bool> {
        let is_key = key.contains("PRIVATE KEY-----") && !key.contains("ENCRYPTED") && key.contains("-----END ");
        let private = RsaPrivateKey::from_pkcs8_pem(key.trim()).ok().or_else(|| RsaPrivateKey::from_pkcs1_pem(key.trim()).ok());
        let public = RsaPublicKey::from_public_key_der(&self.key).ok();
        match (private, public) {
            (Some(private), public) => Some(public == Some(private.to_public_key())),
            (None, public) => is_key.then_some(public.is_none()),
        }
    }
}

/// The next value in DER: its sort, its content, and all of it.
fn value<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8], &'a [u8])> {
    let whole = *rest;
    let (&sort, after) = whole.split_first()?;
    let (&first, after) = after.split_first()?;
    let (length, after) = match first {
        0..=0x7f => (usize::from(first), after),
        0x81 => (usize::from(*after.first()?), &after[1..]),
        0x82 => (usize::from(*after.first()?) << 8 | usize::from(*after.get(1)?), &after[2..]),
        _ => return None,
    };
    let content = after.get(..length)?;
    *rest = &after[length..];
    Some((sort, content, &whole[..whole.len() - rest.len()]))
}

fn content<'a>(rest: &mut &'a [u8], sort: u8) -> Option<&'a [u8]> {
    value(rest).filter(|(found, ..)| *found == sort).map(|(_, content, _)| content)
}

/// `490301000000Z`, or with the century.
fn moment(sort: u8, text: &str) -> Option<Millis> {
    let text = match sort {
        UTC_TIME => format!("{}{text}", if text < "5" { "20" } else { "19" }),
        GENERALIZED_TIME => text.to_owned(),
        _ => return None,
    };
    let at = |from: usize, to: usize| text.get(from..to);
    let (date, time) = ([at(0, 4)?, at(4, 6)?, at(6, 8)?].join("-"), [at(8, 10)?, at(10, 12)?, at(12, 14)?].join(":"));
    clock::parse(&format!("{date}T{time}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::iso;

    const SHOP: &str = include_str!("../seed/shop.pem");

    #[test]
    fn a_certificate_says_until_when_it_holds() {
        let until = |text| Read::pem(text).map(|read| iso(read.expires_at));
        assert_eq!(until(SHOP).as_deref(), Some("2049-03-01T00:00:00.000Z"));
        // From 2050 on, years have four digits.
        assert_eq!(until(include_str!("../seed/issuing.pem")).as_deref(), Some("2060-01-01T00:00:00.000Z"));
        assert_eq!(until("hello"), None);
        assert_eq!(until(&[SHOP, SHOP].concat()), None);
    }

    #[test]
    fn only_its_own_key_fits() {
        let (body, key) = (include_str!("../../tests/server.pem"), include_str!("../../tests/server.key"));
        let read = Read::pem(body).unwrap();
        assert_eq!(read.fits(key), Some(true));
        assert_eq!(read.fits("-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----"), Some(false));
        assert_eq!(read.fits("hello"), None);
        assert_eq!(Read::pem(SHOP).unwrap().fits(key), Some(false));
    }
}
