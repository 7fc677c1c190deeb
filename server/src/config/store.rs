//! The shared store, and the keys that seal what is in it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{options::StoreOptions, problem::Problem};
use crate::shared::{Address, Keys};

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
