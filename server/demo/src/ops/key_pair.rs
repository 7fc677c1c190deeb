//! Key pairs: genuine ones, so that what the demo hands out can be read by `ssh-keygen`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rsa::{
    RsaPrivateKey, RsaPublicKey,
    pkcs1::EncodeRsaPrivateKey as _,
    pkcs8::{DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _, LineEnding},
};
use sha2::{Digest as _, Sha256};
use ssh_key::{Algorithm, PrivateKey, PublicKey, public::KeyData, rand_core::OsRng};

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag,
    world::key_pair::{self, KeyPair},
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let with_key = scope.flag("IncludePublicKey")?.unwrap_or(false);
    let world = &*call.world;
    let show = |pair: &KeyPair, name: &str| {
        let row = pair.show(name, world);
        Some(if with_key { row.with("publicKey", &pair.public_key) } else { row })
    };
    noun::describe_as(&scope, world, KeyPair::FILTERS, show).map(|rows| rows.reply("keySet"))
}

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(call)?;
    let tags = tag::specified(&scope, "key-pair", &["key-pair"])?;
    match scope.text("KeyFormat") {
        None | Some("pem") => {}
        Some("ppk") => return Err(Refusal::new("InvalidParameterValue", "The demo cloud makes keys in PEM format only.")),
        Some(other) => return Err(Refusal::invalid_value("KeyFormat", other, "")),
    }
    let made = match scope.text("KeyType") {
        None | Some("rsa") => make_rsa(),
        Some("ed25519") => make_ed25519(),
        Some(other) => return Err(Refusal::invalid_value("KeyType", other, "Expecting rsa or ed25519.")),
    };
    let (pair, material) = made.ok_or_else(|| Refusal::new("InternalError", "An internal error has occurred"))?;
    let reply = add(call, &name, pair, tags);
    Ok(reply.with("keyMaterial", material))
}

pub fn import(call: &mut Call<'_>) -> Reply {
    let name = new_name(call)?;
    let tags = tag::specified(&call.scope(), "key-pair", &["key-pair"])?;
    let material = call.scope().require("PublicKeyMaterial")?;
    let pair = read_public(material).ok_or_else(|| Refusal::new("InvalidKey.Format", "Key is not in valid OpenSSH public key format"))?;
    Ok(add(call, &name, pair, tags))
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    // A name that is not there is deleted already; an id that is not there is refused.
    let name = match (scope.text("KeyName"), scope.text("KeyPairId")) {
        (Some(name), _) => Some(name.into()),
        (None, Some(id)) => Some(key_pair::by_id(call.world, id)?),
        (None, None) => return Err(Refusal::missing("KeyName")),
    };
    let removed = name.and_then(|name: crate::world::Text| call.world.key_pairs.remove(&name));
    Ok(map! { "return" => true, "keyPairId" => removed.map(|pair| pair.id.to_string()) })
}

fn new_name(call: &Call<'_>) -> Result<String, Refusal> {
    let name = call.scope().require("KeyName")?;
    if name.len() > 255 || !name.is_ascii() || name.trim() != name {
        return Err(Refusal::invalid_value("KeyName", name, "Character sets beyond ASCII are not supported."));
    }
    if call.world.key_pairs.contains_key(name) {
        return Err(Refusal::new("InvalidKeyPair.Duplicate", format!("The keypair already exists: {name}")));
    }
    Ok(name.to_owned())
}

/// What is known of a key before it has a name.
pub struct NewPair {
    pub key_type: &'static str,
    pub fingerprint: String,
    pub public_key: String,
}

fn add(call: &mut Call<'_>, name: &str, new: NewPair, tags: tag::Tags) -> Value {
    let world = &mut *call.world;
    let pair = KeyPair {
        id: world.id("key-"),
        key_type: new.key_type,
        fingerprint: new.fingerprint,
        public_key: new.public_key,
        created_at: world.now,
        tags,
    };
    let reply = map! {
        "keyPairId" => &pair.id,
        "keyName" => name,
        "keyFingerprint" => &pair.fingerprint,
        "tagSet" => tag::show(&pair.tags),
    };
    world.key_pairs.insert(name.into(), pair);
    reply
}

fn make_ed25519() -> Option<(NewPair, String)> {
    let key = PrivateKey::random(&mut OsRng, Algorithm::Ed25519).ok()?;
    let public_key = key.public_key().to_openssh().ok()?;
    let material = key.to_openssh(LineEnding::LF).ok()?.to_string();
    Some((NewPair { key_type: "ed25519", fingerprint: sha256_fingerprint(key.public_key())?, public_key }, material))
}

fn make_rsa() -> Option<(NewPair, String)> {
    let key = RsaPrivateKey::new(&mut OsRng, 2048).ok()?;
    let material = key.to_pkcs1_pem(LineEnding::LF).ok()?.to_string();
    // EC2's fingerprint of a key it made: SHA-1 of the private key in PKCS#8.
    let fingerprint = colons(&sha1::Sha1::digest(key.to_pkcs8_der().ok()?.as_bytes()));
    let public = ssh_key::public::RsaPublicKey::try_from(&key.to_public_key()).ok()?;
    let public_key = PublicKey::from(KeyData::Rsa(public)).to_openssh().ok()?;
    Some((NewPair { key_type: "rsa", fingerprint, public_key }, material))
}

/// Reads what `ImportKeyPair` takes: a key in OpenSSH's form, in that of RFC 4716, or RSA as DER in base64. All of it is in base64 once more.
fn read_public(material: &str) -> Option<NewPair> {
    let text = String::from_utf8(STANDARD.decode(material).ok()?).ok()?;
    let text = text.trim();
    if text.contains(' ') && !text.starts_with("---- BEGIN SSH2") {
        return public_pair(text);
    }
    let key = if text.starts_with("---- BEGIN SSH2") { rfc4716(text)? } else { subject(text)? };
    public_pair(&key.to_openssh().ok()?)
}

/// The lines between the first and the last that belong to no header.
fn rfc4716(text: &str) -> Option<PublicKey> {
    let mut in_header = false;
    let mut is_key = |line: &&str| {
        let header = in_header || line.contains(':');
        in_header = header && line.ends_with('\\');
        !header
    };
    let lines: String = text.lines().skip(1).take_while(|line| !line.starts_with("---- END")).filter(|line| is_key(line)).collect();
    PublicKey::from_bytes(&STANDARD.decode(lines).ok()?).ok()
}

fn subject(base64: &str) -> Option<PublicKey> {
    let key = RsaPublicKey::from_public_key_der(&STANDARD.decode(base64.split_ascii_whitespace().collect::<String>()).ok()?).ok()?;
    Some(PublicKey::from(KeyData::Rsa(ssh_key::public::RsaPublicKey::try_from(&key).ok()?)))
}

/// What EC2 keeps of a public key.
pub fn public_pair(text: &str) -> Option<NewPair> {
    let key = PublicKey::from_openssh(text).ok()?;
    let (key_type, fingerprint) = match key.key_data() {
        KeyData::Ed25519(_) => ("ed25519", sha256_fingerprint(&key)?),
        // EC2's fingerprint of an imported RSA key: MD5 of the public key in DER.
        KeyData::Rsa(public) => {
            let public = RsaPublicKey::try_from(public).ok()?;
            ("rsa", colons(&md5::Md5::digest(public.to_public_key_der().ok()?.as_bytes())))
        }
        _ => return None,
    };
    Some(NewPair { key_type, fingerprint, public_key: text.to_owned() })
}

/// EC2's fingerprint of an ED25519 key: that of OpenSSH, with padding and without `SHA256:`.
fn sha256_fingerprint(key: &PublicKey) -> Option<String> {
    Some(STANDARD.encode(Sha256::digest(key.to_bytes().ok()?)))
}

fn colons(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_genuine() {
        let (pair, material) = make_ed25519().unwrap();
        let private = PrivateKey::from_openssh(&material).unwrap();
        assert_eq!(private.public_key().to_openssh().unwrap(), pair.public_key);
        assert!(material.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----"));
        assert_eq!(pair.fingerprint.len(), 44);
    }

    #[test]
    fn an_imported_rsa_key_has_the_fingerprint_openssl_prints() {
        // `ssh-keygen -t rsa -b 2048`; `ssh-keygen -e -m PKCS8 | openssl pkey -pubin -outform DER | openssl md5 -c`.
        let pair = public_pair(include_str!("../../tests/rsa.pub").trim()).unwrap();
        assert_eq!((pair.key_type, &*pair.fingerprint), ("rsa", include_str!("../../tests/rsa.fingerprint").trim()));
        assert!(public_pair("garbage").is_none());
    }

    #[test]
    fn one_key_in_any_form_is_one_key() {
        let openssh = include_str!("../../tests/rsa.pub").trim();
        let key = PublicKey::from_openssh(openssh).unwrap();
        let blob = STANDARD.encode(key.to_bytes().unwrap());
        let rfc4716 = format!("---- BEGIN SSH2 PUBLIC KEY ----\nComment: \"a \\\nb\"\n{blob}\n---- END SSH2 PUBLIC KEY ----\n");
        let KeyData::Rsa(rsa) = key.key_data() else { panic!("an RSA key") };
        let der = RsaPublicKey::try_from(rsa).unwrap().to_public_key_der().unwrap();
        let fingerprint = |text: &str| read_public(&STANDARD.encode(text)).map(|pair| pair.fingerprint);
        assert!(fingerprint(openssh).is_some());
        assert_eq!(fingerprint(&rfc4716), fingerprint(openssh));
        assert_eq!(fingerprint(&STANDARD.encode(der.as_bytes())), fingerprint(openssh));
        assert_eq!(fingerprint("garbage"), None);
    }
}
