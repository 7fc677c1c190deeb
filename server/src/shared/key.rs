//! Keys that seal what leaves the process. The first seals; all of them open, so that a key can be changed while replicas run.

use std::{
    fmt, fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const BYTES: usize = 32;
const ID: usize = 4;
const NONCE: usize = 24;
/// Of the form in which values are sealed.
const VERSION: u8 = 1;

/// What is wrong with a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{} cannot be read or made: {err}", path.display())]
    File { path: PathBuf, err: io::Error },
    #[error("expected keys of 32 bytes in base64, one a line, the one to seal with first (`openssl rand -base64 32` makes one)")]
    Malformed,
}

/// At least one key.
#[derive(Clone)]
pub struct Keys(Vec<Key>);

#[derive(Clone)]
struct Key {
    id: [u8; ID],
    cipher: XChaCha20Poly1305,
}

impl Keys {
    /// Keys in base64, separated by line ends or commas; lines that begin with `#` say something else.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        let words = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|word| !word.is_empty());
        let keys = words.map(Key::parse).collect::<Option<Vec<_>>>().filter(|keys| !keys.is_empty());
        keys.map(Self).ok_or(KeyError::Malformed)
    }

    /// Reads a file of keys, or makes one with a new key that only its owner can read; `true` says that it was made.
    pub fn read_or_make(path: &Path) -> Result<(Self, bool), KeyError> {
        let fail = |err| KeyError::File { path: path.to_owned(), err };
        match fs::read_to_string(path) {
            Ok(text) => return Self::parse(&Zeroizing::new(text)).map(|keys| (keys, false)),
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => return Err(fail(err)),
        }
        let mut bytes = Zeroizing::new([0; BYTES]);
        getrandom::fill(&mut *bytes).expect("the operating system gives random numbers");
        let text = Zeroizing::new(format!(
            "# Canopy's keys for its shared store: the first seals, all of them open. Every replica needs the same.\n{}\n",
            STANDARD.encode(*bytes)
        ));
        let made = write_private(path, text.as_bytes()).map_err(fail)?;
        let text = Zeroizing::new(fs::read_to_string(path).map_err(fail)?);
        Self::parse(&text).map(|keys| (keys, made))
    }

    /// Seals a value for this name: under another it does not open.
    pub fn seal(&self, name: &str, value: &[u8]) -> Vec<u8> {
        let key = &self.0[0];
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).expect("the operating system gives random numbers");
        let payload = Payload { msg: value, aad: name.as_bytes() };
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload).expect("values are far smaller than the cipher's limit");
        [&[VERSION][..], &key.id, &nonce, &sealed].concat()
    }

    /// What was sealed, if it was for this name and by one of these keys.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let sealed = sealed.strip_prefix(&[VERSION])?;
        let (id, sealed) = sealed.split_first_chunk::<ID>()?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = || Payload { msg: sealed, aad: name.as_bytes() };
        self.0.iter().filter(|key| key.id == *id).find_map(|key| key.cipher.decrypt(&XNonce::from(*nonce), payload()).ok())
    }
}

impl Key {
    fn parse(word: &str) -> Option<Self> {
        let bytes = Zeroizing::new(STANDARD.decode(word).ok()?);
        let bytes: &[u8; BYTES] = bytes.as_slice().try_into().ok()?;
        let digest = Sha256::digest([b"canopy key id".as_slice(), bytes.as_slice()].concat());
        let id = digest.first_chunk::<ID>().copied()?;
        Some(Self { id, cipher: XChaCha20Poly1305::new(bytes.into()) })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} [REDACTED])", self.0.len())
    }
}

/// Writes a file that only its owner may read, whole or not at all; `false` if somebody else made it first.
pub(crate) fn write_private(path: &Path, contents: &[u8]) -> io::Result<bool> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut number = [0; 8];
    getrandom::fill(&mut number).expect("the operating system gives random numbers");
    let draft = folder.join(format!(".{:016x}.new", u64::from_ne_bytes(number)));
    let written = (|| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(contents)?;
        file.sync_all()?;
        // A link does not take the place of a file that is there, as renaming would.
        fs::hard_link(&draft, path)
    })();
    // It has its name now, or is good for nothing.
    let _ = fs::remove_file(&draft);
    match written {
        Ok(()) => Ok(true),
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(err) => Err(err),
    }
}
