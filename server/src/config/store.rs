//! The shared store, and the keys that seal what is in it.

use std::{
    fmt, fs,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use serde::Deserialize;

use super::problem::Problem;
use crate::shared::{Address, Keys};

/// Where replicas share sessions and lists.
#[derive(Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Shared store")]
pub(super) struct StoreOptions {
    // Text, for whoever parses arguments repeats those that are wrong, and this one may hold a password.
    /// Store of sessions and lists: redis://, rediss:// or memcached:// [default: none, the process keeps them itself]
    #[arg(id = "store", long = "store", env = "CANOPY_STORE", value_name = "ADDRESS", hide_env_values = true)]
    pub(super) address: Option<String>,
    /// Keys that seal what is kept there: base64 of 32 bytes each, separated by commas, the one to seal with first
    #[arg(long = "store-keys", env = "CANOPY_STORE_KEYS", value_name = "KEYS", hide_env_values = true)]
    pub(super) keys: Option<String>,
    /// File of such keys, one a line; made if it is not there [default: store.key in the state folder]
    #[arg(long = "store-key-file", env = "CANOPY_STORE_KEY_FILE", value_name = "FILE")]
    pub(super) key_file: Option<PathBuf>,
    /// File of the certificates that vouch for it over rediss://, PEM [default: those of the system]
    #[arg(long = "store-ca-bundle", env = "CANOPY_STORE_CA_BUNDLE", value_name = "FILE")]
    pub(super) ca_bundle: Option<PathBuf>,
    /// Milliseconds that a call to it may take [default: 250]
    #[arg(long = "store-timeout", env = "CANOPY_STORE_TIMEOUT", value_name = "MS")]
    pub(super) timeout: Option<NonZeroU32>,
}

impl fmt::Debug for StoreOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreOptions").finish_non_exhaustive()
    }
}

impl StoreOptions {
    /// These, and where they say nothing, the others.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            address: self.address.or(other.address),
            keys: self.keys.or(other.keys),
            key_file: self.key_file.or(other.key_file),
            ca_bundle: self.ca_bundle.or(other.ca_bundle),
            timeout: self.timeout.or(other.timeout),
        }
    }
}

/// A shared store, as configured.
#[derive(Debug)]
pub struct StoreSettings {
    pub address: Address,
    pub keys: KeySource,
    /// PEM of those who vouch for it, instead of the system's.
    pub ca_bundle: Option<Vec<u8>>,
    /// For one call.
    pub timeout: Duration,
}

/// Where the keys are.
#[derive(Debug)]
pub enum KeySource {
    Given(Keys),
    /// Made at first start where it is missing.
    File(PathBuf),
}

const DEFAULT_TIMEOUT: u32 = 250;

pub(super) fn settings(options: &StoreOptions, state: &Path) -> Result<Option<StoreSettings>, Problem> {
    let problem = |key: &str, message: String| Problem { key: Some(key.to_owned()), ..Problem::plain(message) };
    let Some(address) = &options.address else { return Ok(None) };
    let address = address.parse::<Address>().map_err(|message| problem("store.address", message))?;
    let keys = match &options.keys {
        Some(keys) => KeySource::Given(Keys::parse(keys).map_err(|err| problem("store.keys", err.to_string()))?),
        None => KeySource::File(options.key_file.clone().unwrap_or_else(|| state.join("store.key"))),
    };
    let ca_bundle = match &options.ca_bundle {
        Some(path) => Some(fs::read(path).map_err(|err| problem("store.ca_bundle", format!("{} cannot be read: {err}", path.display())))?),
        None => None,
    };
    if ca_bundle.is_some() && !address.is_tls() {
        return Err(problem("store.ca_bundle", format!("there is no TLS with {address}: expected rediss://")));
    }
    let timeout = Duration::from_millis(options.timeout.map_or(DEFAULT_TIMEOUT, Into::into).into());
    Ok(Some(StoreSettings { address, keys, ca_bundle, timeout }))
}

impl StoreSettings {
    /// The keys: those given, those in the file, or a new one, which is said once.
    pub fn keys(&self) -> Result<Keys, Problem> {
        let path = match &self.keys {
            KeySource::Given(keys) => return Ok(keys.clone()),
            KeySource::File(path) => path,
        };
        let (keys, made) = Keys::read_or_make(path)
            .map_err(|err| Problem { key: Some("store.key_file".to_owned()), ..Problem::plain(err.to_string()) })?;
        if made {
            tracing::warn!(file = %path.display(), "made a key for the shared store: every other replica needs the same file");
        }
        Ok(keys)
    }
}
