//! The password of a Windows instance, encrypted for its key pair as EC2 does it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rsa::{Pkcs1v15Encrypt, RsaPublicKey};
use sha2::{Digest as _, Sha256};
use ssh_key::{PublicKey, public::KeyData, rand_core::OsRng};

use crate::{
    clock::iso,
    noun::Noun as _,
    ops::{Call, Reply},
    protocol::value::map,
    world::{
        Text, World,
        instance::{Instance, State},
    },
};

pub fn get_data(call: &mut Call<'_>) -> Reply {
    let id = Instance::key(call.world, call.scope().require("InstanceId")?)?;
    let encrypted = encrypted(&id, call.world).map(|bytes| STANDARD.encode(bytes));
    Ok(map! { "instanceId" => &id, "timestamp" => iso(call.world.now), "passwordData" => encrypted.unwrap_or_default() })
}

/// Nothing where there is nothing to encrypt, nothing to encrypt it with, or Windows has not come so far.
fn encrypted(id: &Text, world: &World) -> Option<Vec<u8>> {
    let instance = world.instances.get(id).filter(|row| row.windows && !matches!(row.state, State::Pending | State::Terminated))?;
    let pair = world.key_pairs.get(instance.key_name.as_ref()?)?;
    let key = PublicKey::from_openssh(&pair.public_key).ok()?;
    let KeyData::Rsa(key) = key.key_data() else { return None };
    let key = RsaPublicKey::try_from(key).ok()?;
    key.encrypt(&mut OsRng, Pkcs1v15Encrypt, password(id).as_bytes()).ok()
}

/// The same whenever it is asked for.
fn password(id: &str) -> String {
    let digest = Sha256::digest(format!("password of {id}"));
    format!("{}&{}", STANDARD.encode(&digest[..12]).replace(['+', '/'], "-"), digest[12] % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_as_windows_wants_it() {
        let password = password("i-0123456789abcdef0");
        assert!(password.len() >= 16 && password.contains('&'));
        assert_eq!(password, super::password("i-0123456789abcdef0"));
        assert_ne!(password, super::password("i-0123456789abcdef1"));
    }
}
