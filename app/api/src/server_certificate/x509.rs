//! Certificates and keys in PEM, read as far as it takes to say whether they belong together. Signatures are for the cloud to verify.
//! <https://www.rfc-editor.org/rfc/rfc5280>

use crate::{
    encoding::{Der, base64, pem},
    error::FieldErrors,
};

/// What is wrong with a certificate, its key and its chain, each and together, by the fields of the draft.
pub fn problems(body: &str, private_key: &str, chain: &str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    let mut say = |field: &str, problem: String| drop(errors.insert(field.to_owned(), problem));
    let certificate = one(body).map_err(|problem| say("body", problem.to_owned())).ok();
    let key = private(private_key).map_err(|problem| say("private_key", problem.to_owned())).ok();
    if let (Some(certificate), Some(Some(key))) = (&certificate, key)
        && certificate.key != key
    {
        say("private_key", "This is not the key of the certificate: the certificate was made for another one.".to_owned());
    }
    match several(chain) {
        Err(problem) => say("chain", problem.to_owned()),
        Ok(chain) => {
            if let Some(problem) = certificate.and_then(|certificate| break_of(&certificate, &chain)) {
                say("chain", problem);
            }
        }
    }
    errors
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// Distinguished names, in DER.
    issuer: Vec<u8>,
    subject: Vec<u8>,
    key: Public,
    /// The hosts that it is for.
    pub hosts: Vec<String>,
}

/// What a key is known by in public.
#[derive(Clone, Debug, PartialEq)]
enum Public {
    /// The modulus.
    Rsa(Vec<u8>),
    /// One coordinate of the point: the other follows from it, but for its sign.
    Ec(Vec<u8>),
    /// Of a sort that says nothing here.
    Other(Vec<u8>),
}

const CONTEXT_0: u8 = 0xa0;
const CONTEXT_1: u8 = 0xa1;
const CONTEXT_3: u8 = 0xa3;
const SET: u8 = 0x31;
const BOOLEAN: u8 = 0x01;
const DNS_NAME: u8 = 0x82;

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANIZATION: &[u8] = &[0x55, 4, 10];
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 0x1d, 0x11];

const NO_CERTIFICATE: &str = "Paste a certificate in PEM: it begins with -----BEGIN CERTIFICATE-----.";
const DAMAGED: &str = "The certificate is not complete: copy all of it.";
const KEY_AMONG: &str = "There is a private key among it: it belongs into its own field alone.";
const MANY: &str = "There are several certificates: the first belongs here, the others into the chain.";
const NO_KEY: &str = "Paste the private key in PEM: it begins with -----BEGIN PRIVATE KEY-----.";
const LOCKED: &str = "The key is locked with a passphrase, and the cloud takes none that is. Take the passphrase off a copy of it: openssl pkey -in key.pem -out copy.pem";
const KEY_DAMAGED: &str = "The key is not complete: copy all of it.";
const SSH_KEY: &str = "This is a key for SSH. The key of a certificate begins with -----BEGIN PRIVATE KEY-----.";

impl Certificate {
    /// The first in a PEM text.
    pub fn first(text: &str) -> Option<Self> {
        several(text).ok()?.into_iter().next()
    }

    fn read(der: &[u8]) -> Option<Self> {
        let mut certificate = Der(der).enter(Der::SEQUENCE)?.enter(Der::SEQUENCE)?;
        // The version, which the first one does not say; the serial number, and how it is signed.
        certificate.take(CONTEXT_0);
        certificate.take(Der::INTEGER)?;
        certificate.take(Der::SEQUENCE)?;
        let issuer = certificate.take(Der::SEQUENCE)?.to_vec();
        certificate.take(Der::SEQUENCE)?;
        let subject = certificate.take(Der::SEQUENCE)?.to_vec();
        let mut info = certificate.enter(Der::SEQUENCE)?;
        let algorithm = info.enter(Der::SEQUENCE)?.take(Der::OBJECT)?;
        let bits = info.take(Der::BITS)?.strip_prefix(&[0])?;
        let key = match algorithm {
            RSA => Public::rsa(Der(bits).enter(Der::SEQUENCE)?.take(Der::INTEGER)?),
            EC => Public::ec(bits)?,
            _ => Public::Other(bits.to_vec()),
        };
        let hosts = certificate.enter(CONTEXT_3).and_then(|mut extensions| hosts(extensions.enter(Der::SEQUENCE)?)).unwrap_or_default();
        Some(Self { issuer, subject, key, hosts })
    }

    /// Whom it was made for.
    pub fn subject(&self) -> String {
        called(&self.subject)
    }

    /// Who made it.
    pub fn issuer(&self) -> String {
        called(&self.issuer)
    }
}

impl Public {
    fn rsa(modulus: &[u8]) -> Self {
        Self::Rsa(modulus.iter().copied().skip_while(|&byte| byte == 0).collect())
    }

    /// The point, compressed or not. <https://www.secg.org/sec1-v2.pdf> 2.3.3
    fn ec(point: &[u8]) -> Option<Self> {
        let (&form, coordinates) = point.split_first()?;
        let length = if form == 4 { coordinates.len() / 2 } else { coordinates.len() };
        coordinates.get(..length).map(|first| Self::Ec(first.to_vec()))
    }
}

/// The DNS names among the subject's alternative names.
fn hosts(mut extensions: Der<'_>) -> Option<Vec<String>> {
    while let Some(mut extension) = extensions.enter(Der::SEQUENCE) {
        if extension.take(Der::OBJECT)? != ALTERNATIVE_NAMES {
            continue;
        }
        extension.take(BOOLEAN);
        let mut names = Der(extension.take(Der::OCTETS)?).enter(Der::SEQUENCE)?;
        let mut hosts = vec![];
        while let Some(&sort) = names.0.first() {
            let name = names.take(sort)?;
            if sort == DNS_NAME {
                hosts.push(String::from_utf8_lossy(name).into_owned());
            }
        }
        return Some(hosts);
    }
    None
}

/// What people call a distinguished name: its common name, or its organisation.
fn called(name: &[u8]) -> String {
    let mut parts = Der(name);
    let mut organization = String::new();
    while let Some(mut part) = parts.enter(SET) {
        let Some(mut part) = part.enter(Der::SEQUENCE) else { break };
        let (Some(sort), Some(&tag)) = (part.take(Der::OBJECT), part.0.first()) else { break };
        let text = String::from_utf8_lossy(part.take(tag).unwrap_or_default()).into_owned();
        match sort {
            COMMON_NAME => return text,
            ORGANIZATION => organization = text,
            _ => {}
        }
    }
    organization
}

fn one(text: &str) -> Result<Certificate, &'static str> {
    let mut found = several(text)?.into_iter();
    match (found.next(), found.next()) {
        (Some(certificate), None) => Ok(certificate),
        (None, _) => Err(NO_CERTIFICATE),
        _ => Err(MANY),
    }
}

/// None where there is no text.
fn several(text: &str) -> Result<Vec<Certificate>, &'static str> {
    if text.contains("PRIVATE KEY-----") {
        return Err(KEY_AMONG);
    }
    let read = |(label, body): (&str, &str)| {
        if label != "CERTIFICATE" {
            return Err(NO_CERTIFICATE);
        }
        base64(body).as_deref().and_then(Certificate::read).ok_or(DAMAGED)
    };
    let found = pem(text).map(read).collect::<Result<Vec<_>, _>>()?;
    match (text.matches("-----BEGIN ").count(), found.len()) {
        (0, _) if !text.trim().is_empty() => Err(NO_CERTIFICATE),
        (begun, whole) if begun > whole => Err(DAMAGED),
        _ => Ok(found),
    }
}

/// Where the chain does not lead on from the certificate.
fn break_of(certificate: &Certificate, chain: &[Certificate]) -> Option<String> {
    if chain.first()? == certificate {
        return Some("The chain begins with the certificate itself: leave that one out.".into());
    }
    let before = std::iter::once(certificate).chain(chain);
    let (at, (one, next)) = before.zip(chain).enumerate().find(|(_, (one, next))| one.issuer != next.subject)?;
    let (issuer, subject) = (one.issuer(), next.subject());
    Some(if at == 0 {
        format!("The certificate was issued by {issuer}, but the chain begins with that of {subject}.")
    } else {
        format!("Certificate {at} of the chain was issued by {issuer}, but the next one is that of {subject}.")
    })
}

/// The public half of a private key; `None` where the key does not tell it.
fn private(text: &str) -> Result<Option<Public>, &'static str> {
    // The parameters of a curve may stand before the key.
    let Some((label, body)) = pem(text).find(|(label, _)| label.ends_with("PRIVATE KEY")) else {
        return Err(if text.contains("PRIVATE KEY-----") { KEY_DAMAGED } else { NO_KEY });
    };
    if label.contains("ENCRYPTED") || body.contains("ENCRYPTED") {
        return Err(LOCKED);
    }
    if label.starts_with("OPENSSH") {
        return Err(SSH_KEY);
    }
    let der = base64(body).ok_or(KEY_DAMAGED)?;
    let read = match label {
        "RSA PRIVATE KEY" => pkcs1(&der).map(Some),
        "EC PRIVATE KEY" => sec1(&der),
        _ => pkcs8(&der),
    };
    read.ok_or(KEY_DAMAGED)
}

/// `RSAPrivateKey`: version, modulus, and the rest. <https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2>
fn pkcs1(der: &[u8]) -> Option<Public> {
    let mut key = Der(der).enter(Der::SEQUENCE)?;
    key.take(Der::INTEGER)?;
    key.take(Der::INTEGER).map(Public::rsa)
}

/// `ECPrivateKey`: version, number, which curve, and the point, which may be left out. <https://www.rfc-editor.org/rfc/rfc5915>
fn sec1(der: &[u8]) -> Option<Option<Public>> {
    let mut key = Der(der).enter(Der::SEQUENCE)?;
    key.take(Der::INTEGER)?;
    key.take(Der::OCTETS)?;
    key.take(CONTEXT_0);
    Some(key.enter(CONTEXT_1).and_then(|mut point| Public::ec(point.take(Der::BITS)?.strip_prefix(&[0])?)))
}

/// `PrivateKeyInfo`: version, algorithm, and the key in an octet string. <https://www.rfc-editor.org/rfc/rfc5208>
fn pkcs8(der: &[u8]) -> Option<Option<Public>> {
    let mut info = Der(der).enter(Der::SEQUENCE)?;
    info.take(Der::INTEGER)?;
    let algorithm = info.enter(Der::SEQUENCE)?.take(Der::OBJECT)?;
    let key = info.take(Der::OCTETS)?;
    match algorithm {
        RSA => pkcs1(key).map(Some),
        EC => sec1(key),
        _ => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made with openssl: a root, who vouches for an issuer, who vouches for two certificates, one for each sort of key.
    macro_rules! file {
        ($name:literal) => {
            include_str!(concat!("../../tests/certificates/", $name))
        };
    }
    const CERTIFICATE: &str = file!("rsa.pem");
    const KEY: &str = file!("rsa.key");

    fn said(body: &str, key: &str, chain: &str) -> Vec<(String, String)> {
        problems(body, key, chain).into_iter().collect()
    }

    #[test]
    fn what_belongs_together_is_taken_in_every_form() {
        let chain = [file!("issuing.pem"), file!("root.pem")].concat();
        for (body, key) in [
            (CERTIFICATE, KEY),
            (CERTIFICATE, file!("rsa-pkcs1.key")),
            (file!("ec.pem"), file!("ec.key")),
            (file!("ec.pem"), file!("ec-pkcs8.key")),
        ] {
            for chain in ["", " \n", file!("issuing.pem"), &chain] {
                assert_eq!(said(body, key, chain), [], "{chain}");
            }
        }
        // A key need not tell its public half: then only the cloud can say.
        let bare = "-----BEGIN EC PRIVATE KEY-----\nMAcCAQEEAgEC\n-----END EC PRIVATE KEY-----";
        assert_eq!(said(file!("ec.pem"), bare, ""), []);
    }

    #[test]
    fn what_does_not_belong_together_is_said_where_it_stands() {
        let (issuing, root) = (file!("issuing.pem"), file!("root.pem"));
        let full = &*[CERTIFICATE, issuing].concat();
        let with_key = &*[CERTIFICATE, KEY].concat();
        let backwards = &*[root, issuing].concat();
        let gap = &*[issuing, issuing].concat();
        let other = "This is not the key of the certificate: the certificate was made for another one.";
        let cut = &CERTIFICATE[..CERTIFICATE.len() - 40];
        let cases = [
            ("", KEY, "", "body", NO_CERTIFICATE),
            ("hello", KEY, "", "body", NO_CERTIFICATE),
            (cut, KEY, "", "body", DAMAGED),
            (full, KEY, "", "body", MANY),
            (with_key, KEY, "", "body", KEY_AMONG),
            (CERTIFICATE, "", "", "private_key", NO_KEY),
            (CERTIFICATE, CERTIFICATE, "", "private_key", NO_KEY),
            (CERTIFICATE, file!("locked.key"), "", "private_key", LOCKED),
            (CERTIFICATE, "-----BEGIN OPENSSH PRIVATE KEY-----\nAA==\n-----END OPENSSH PRIVATE KEY-----", "", "private_key", SSH_KEY),
            (CERTIFICATE, &KEY[..KEY.len() - 60], "", "private_key", KEY_DAMAGED),
            (CERTIFICATE, file!("ec.key"), "", "private_key", other),
            (file!("ec.pem"), KEY, "", "private_key", other),
            (CERTIFICATE, KEY, "hello", "chain", NO_CERTIFICATE),
            (CERTIFICATE, KEY, KEY, "chain", KEY_AMONG),
            (CERTIFICATE, KEY, full, "chain", "The chain begins with the certificate itself: leave that one out."),
            (
                CERTIFICATE,
                KEY,
                backwards,
                "chain",
                "The certificate was issued by Example Issuing 1, but the chain begins with that of Example Root.",
            ),
            (
                CERTIFICATE,
                KEY,
                gap,
                "chain",
                "Certificate 1 of the chain was issued by Example Root, but the next one is that of Example Issuing 1.",
            ),
        ];
        for (body, key, chain, field, problem) in cases {
            assert_eq!(said(body, key, chain), [(field.to_owned(), problem.to_owned())]);
        }
    }

    #[test]
    fn a_certificate_says_whom_it_is_for() {
        let certificate = Certificate::first(CERTIFICATE).unwrap();
        assert_eq!((certificate.subject(), certificate.issuer()), ("shop.example.com".into(), "Example Issuing 1".into()));
        assert_eq!(certificate.hosts, ["shop.example.com", "*.shop.example.com"]);
        assert_eq!(Certificate::first("hello"), None);
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let (_, body) = pem(CERTIFICATE).next().unwrap();
        let der = base64(body).unwrap();
        for end in 0..der.len() {
            assert_eq!(Certificate::read(&der[..end]), None, "{end}");
        }
        for at in 0..der.len() {
            let mut bent = der.clone();
            bent[at] ^= 0xff;
            drop(Certificate::read(&bent).map(|read| (read.subject(), read.issuer())));
        }
    }
}
