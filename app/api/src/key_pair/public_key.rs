//! Public keys as EC2 imports them, looked at before they are sent.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html>

use crate::encoding::{Der, Ssh, base64};

/// Shorter RSA keys are refused by the cloud and broken by others.
const MIN_RSA_BITS: usize = 1024;

/// What is wrong with a text that should be a public key: in OpenSSH's form, in that of RFC 4716, or RSA as DER in base64.
pub fn problem(text: &str) -> Option<&'static str> {
    let text = text.trim();
    match text {
        _ if text.contains("PRIVATE KEY") => {
            Some("This is a private key: keep it to yourself. ssh-keygen -y -f FILE prints its public half.")
        }
        _ if text.starts_with("-----BEGIN") => Some("Leave out the lines with BEGIN and END: the cloud takes what is between them."),
        _ if text.starts_with("---- BEGIN SSH2 PUBLIC KEY ----") => rfc4716(text).map_or(Some(DAMAGED), |blob| ssh(&blob, None)),
        _ if text.contains(' ') => openssh(text),
        _ => base64(text).map_or(Some(UNKNOWN), |der| subject(&der).map_or(Some(UNKNOWN), rsa)),
    }
}

const UNKNOWN: &str = "Paste a public key: in OpenSSH's form it begins with ssh-rsa or ssh-ed25519.";
const DAMAGED: &str = "The key is not complete: copy all of it.";
const OTHER_SORT: &str = "Only RSA and Ed25519 keys can be imported.";
const SHORT: &str = "An RSA key has at least 1024 bits.";

/// The type, the key in base64, and whatever its owner notes.
fn openssh(line: &str) -> Option<&'static str> {
    if line.lines().count() > 1 {
        return Some("Paste one key only, on one line.");
    }
    let mut words = line.split_whitespace();
    let (sort, key) = (words.next()?, words.next()?);
    let known = ["ssh-", "ecdsa-", "sk-"].iter().any(|start| sort.starts_with(start));
    if !known {
        return Some(UNKNOWN);
    }
    base64(key).map_or(Some(DAMAGED), |blob| ssh(&blob, Some(sort)))
}

/// What is between the first and the last line, without headers. <https://www.rfc-editor.org/rfc/rfc4716>
fn rfc4716(text: &str) -> Option<Vec<u8>> {
    let body = text.lines().skip(1);
    let mut key = String::new();
    let mut in_header = false;
    for line in body {
        if line.starts_with("---- END") {
            return base64(&key);
        }
        in_header = in_header || line.contains(':');
        if !in_header {
            key.push_str(line.trim());
        }
        // A header goes on where its line ends with a backslash.
        in_header = in_header && line.ends_with('\\');
    }
    None
}

/// A key as SSH writes it: its type, then its numbers.
fn ssh(blob: &[u8], said: Option<&str>) -> Option<&'static str> {
    let mut key = Ssh(blob);
    let Some(sort) = key.string() else { return Some(DAMAGED) };
    if said.is_some_and(|said| said.as_bytes() != sort) {
        return Some(DAMAGED);
    }
    match sort {
        b"ssh-ed25519" => (key.string().map(<[u8]>::len) != Some(32) || !key.is_done()).then_some(DAMAGED),
        b"ssh-rsa" => match (key.string(), key.string()) {
            (Some(_), Some(modulus)) if key.is_done() => rsa(modulus),
            _ => Some(DAMAGED),
        },
        _ => Some(OTHER_SORT),
    }
}

fn rsa(modulus: &[u8]) -> Option<&'static str> {
    let digits = modulus.iter().skip_while(|&&byte| byte == 0).count();
    (digits * 8 < MIN_RSA_BITS).then_some(SHORT)
}

/// The modulus of an RSA key in `SubjectPublicKeyInfo`.
fn subject(der: &[u8]) -> Option<&[u8]> {
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let mut info = Der(der).enter(Der::SEQUENCE)?;
    (info.enter(Der::SEQUENCE)?.take(Der::OBJECT)? == RSA).then_some(())?;
    // A bit string, whose first byte says that no bits are left over.
    let bits = info.take(Der::BITS)?.strip_prefix(&[0])?;
    Der(bits).enter(Der::SEQUENCE)?.take(Der::INTEGER)
}

#[cfg(test)]
mod tests {
    use super::*;

    // ssh-keygen -t rsa -b 2048, -t ed25519, -t ecdsa; ssh-keygen -e -m RFC4716; openssl pkey -pubin -outform DER | base64.
    const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDy8vdOL/3uY5FHRHdh6t+1oKRR6IgjrmigACk+xLtmnPf0Y6Ajx/nGNKeHghTCHM7mZbAyjochZXcdqPnQdrXLGq0nJ53xuT1gFxToq7fL+k120sLLbRO1pxHfut8OMh8KtvwFXIJiT+dVWfkim5/XEbvpgisX4q5hsGAbxiDE+SH4hOLDVLML2bPEuLgfNI77GsOZJBU1mUQUys+iO/h8y2DBEZ75SozjO1JqqSlX3K+BXpl2ff0tk8yKtOdWsnp1WxaX/RMRYoNsFdKdt37HceLppspfCESPOFOU+N1ON3hmoKfBKiyUopQPcSzvdE5TjZa3/QRWEg7TDoKyAw75";
    const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJhSDthzJdC4t1LpqfO8QqTBZhNn+MeIIR9wE3dik8P8";
    const ECDSA: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHJbHg6l+0A2+n59CYIRO1kY8IqwURanA+DLQd9SV3l8FkgZziTNziuowcFJ2sCQxpsB7NaxT7g+4IL2+z723uI=";
    const RFC4716: &str = "---- BEGIN SSH2 PUBLIC KEY ----
Comment: \"2048-bit RSA\"
AAAAB3NzaC1yc2EAAAADAQABAAABAQDy8vdOL/3uY5FHRHdh6t+1oKRR6IgjrmigACk+xL
tmnPf0Y6Ajx/nGNKeHghTCHM7mZbAyjochZXcdqPnQdrXLGq0nJ53xuT1gFxToq7fL+k12
0sLLbRO1pxHfut8OMh8KtvwFXIJiT+dVWfkim5/XEbvpgisX4q5hsGAbxiDE+SH4hOLDVL
ML2bPEuLgfNI77GsOZJBU1mUQUys+iO/h8y2DBEZ75SozjO1JqqSlX3K+BXpl2ff0tk8yK
tOdWsnp1WxaX/RMRYoNsFdKdt37HceLppspfCESPOFOU+N1ON3hmoKfBKiyUopQPcSzvdE
5TjZa3/QRWEg7TDoKyAw75
---- END SSH2 PUBLIC KEY ----";
    const DER: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA8vL3Ti/97mORR0R3YerftaCkUeiII65ooAApPsS7Zpz39GOgI8f5xjSnh4IUwhzO5mWwMo6HIWV3Haj50Ha1yxqtJyed8bk9YBcU6Ku3y/pNdtLCy20TtacR37rfDjIfCrb8BVyCYk/nVVn5Ipuf1xG76YIrF+KuYbBgG8YgxPkh+ITiw1SzC9mzxLi4HzSO+xrDmSQVNZlEFMrPojv4fMtgwRGe+UqM4ztSaqkpV9yvgV6Zdn39LZPMirTnVrJ6dVsWl/0TEWKDbBXSnbd+x3Hi6abKXwhEjzhTlPjdTjd4ZqCnwSoslKKUD3Es73ROU42Wt/0EVhIO0w6CsgMO+QIDAQAB";

    #[test]
    fn every_form_that_ec2_takes_is_taken() {
        for key in [RSA, ED25519, RFC4716, DER, &format!("\n{RSA} me@host with spaces\n")] {
            assert_eq!(problem(key), None, "{key}");
        }
        assert_eq!(problem(&RFC4716.replace("Comment: ", "Subject: me\nComment: \\\n")), None);
    }

    #[test]
    fn what_the_cloud_would_refuse_is_said_before() {
        let (sort, body) = RSA.split_once(' ').expect("a type and a key");
        let short =
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAQQDP8mQD/+yrJFF0k3ilQCxeKiQ1YY49V3zZZbSPPutT+yTEk+2XQHtI2FRDfcyoNyCLXv9lkgKpfJwzhShBbnyq";
        let cases = [
            ("", UNKNOWN),
            ("hello world", UNKNOWN),
            ("hello", UNKNOWN),
            (ECDSA, OTHER_SORT),
            (short, SHORT),
            (&RSA[..RSA.len() - 40], DAMAGED),
            (&format!("ssh-ed25519 {body}"), DAMAGED),
            (&format!("{sort} %%%"), DAMAGED),
            (&RFC4716.replace("---- END SSH2 PUBLIC KEY ----", ""), DAMAGED),
            (&format!("{RSA}\n{ED25519}"), "Paste one key only, on one line."),
        ];
        for (text, expected) in cases {
            assert_eq!(problem(text), Some(expected), "{text}");
        }
        assert!(problem("-----BEGIN OPENSSH PRIVATE KEY-----\nAA==").is_some_and(|said| said.starts_with("This is a private key")));
        assert!(problem(&format!("-----BEGIN PUBLIC KEY-----\n{DER}\n-----END PUBLIC KEY-----")).is_some());
    }
}
