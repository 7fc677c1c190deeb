//! The cloud itself: takes requests, finds out whose they are, and answers them.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use api::session::DemoOptions;
use axum::{
    Router,
    routing::{get, post},
};

use crate::{
    account::{Account, Key, Keys, Principal},
    clock::{self, Clock, Millis},
    fault::Faults,
    ops, password, seed,
    serve::serve,
};

/// How a demo cloud is to be.
#[derive(Clone, Debug)]
pub struct DemoConfig {
    pub clock: Clock,
    /// What all ids come from: two clouds of one seed give out the same.
    pub seed: u64,
    /// How long an instance takes from pending to running, from stopping to stopped.
    pub transition: Duration,
    /// The world of the standing account.
    pub standing: DemoOptions,
    /// How many accounts that were opened for a demo are kept, and for how long.
    pub max_accounts: usize,
    pub max_age: Duration,
}

impl Default for DemoConfig {
    fn default() -> Self {
        Self {
            clock: Clock::default(),
            seed: 1,
            transition: Duration::from_secs(4),
            standing: DemoOptions::default(),
            max_accounts: 64,
            max_age: Duration::from_hours(12),
        }
    }
}

/// The long-term key of an account's user.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountKeys {
    pub access_key_id: String,
    pub secret_access_key: String,
    /// Twelve digits.
    pub account: String,
}

impl fmt::Debug for AccountKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountKeys").field("account", &self.account).finish_non_exhaustive()
    }
}

/// The account that is always there.
pub const STANDING_ACCOUNT: &str = "123456789012";
/// Another, empty one, whose role `Admin` trusts the first.
pub const PARTNER_ACCOUNT: &str = "444455556666";
/// How many rows all demo accounts together may have been asked for: a few hundred bytes each.
const MAX_ROWS: u64 = 500_000;
/// Accounts opened for demos are counted from here.
const FIRST_DEMO_ACCOUNT: u64 = 200_000_000_000;

/// A cloud in the process. Clones are the same cloud.
#[derive(Clone)]
pub struct DemoCloud(Arc<Inner>);

struct Inner {
    config: DemoConfig,
    accounts: Mutex<HashMap<Arc<str>, Arc<Account>>>,
    keys: Keys,
    opened: AtomicU64,
    requests: AtomicU64,
}

impl DemoCloud {
    /// A cloud with its standing account; an error says what is wrong with the options of that account.
    pub fn new(config: DemoConfig) -> Result<Self, String> {
        let cloud = Self(Arc::new(Inner {
            config,
            accounts: Mutex::default(),
            keys: Keys::default(),
            opened: AtomicU64::new(0),
            requests: AtomicU64::new(0),
        }));
        let standing = cloud.add_account(STANDING_ACCOUNT.into(), &cloud.0.config.standing, true)?;
        cloud.add_account(PARTNER_ACCOUNT.into(), &DemoOptions::default(), false)?;
        for (user, access_key_id, secret) in seed::iam::STANDING_KEYS {
            cloud.add_key(&standing, user, (*access_key_id).to_owned(), (*secret).to_owned());
        }
        Ok(cloud)
    }

    /// The AWS wire protocols at `/`, and at `/services/…` as Eucalyptus has them, with the passwords of its tokens service.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/", post(serve))
            .route("/services/Tokens", get(password::serve).post(serve))
            .route("/services/{component}", post(serve))
            // As the SDKs ask for it.
            .route("/services/{component}/", post(serve))
            .with_state(self.clone())
    }

    /// A fresh world for one demo; an error says what is wrong with the options.
    pub fn open_account(&self, options: &DemoOptions) -> Result<AccountKeys, String> {
        self.drop_old_accounts();
        let number = FIRST_DEMO_ACCOUNT + self.0.opened.fetch_add(1, Ordering::Relaxed);
        let account = self.add_account(number.to_string().into(), options, true)?;
        let keys = AccountKeys {
            access_key_id: format!("AKIA{}", Self::secret(16)),
            secret_access_key: Self::secret(40),
            account: account.id.to_string(),
        };
        self.add_key(&account, seed::iam::DEMO_USER, keys.access_key_id.clone(), keys.secret_access_key.clone());
        Ok(keys)
    }

    fn add_account(&self, id: Arc<str>, options: &DemoOptions, furnished: bool) -> Result<Arc<Account>, String> {
        seed::check(options)?;
        let faults = Faults::parse(&options.faults, &ops::names()).map_err(|error| error.to_string())?;
        let config = &self.0.config;
        let (now, transition) = (config.clock.now(), clock::millis(config.transition));
        let account = Arc::new(Account::open(id.clone(), options.clone(), faults, furnished, now, transition, config.seed));
        self.accounts().insert(id, account.clone());
        Ok(account)
    }

    pub(crate) fn add_key(&self, account: &Arc<Account>, user: &str, access_key_id: String, secret: String) {
        let found = account
            .lock()
            .iam
            .users
            .get(user)
            .map(|row| (row.entity.arn(&account.id, "user", user), row.entity.id.clone(), row.permissions));
        let Some((arn, user_id, permissions)) = found else { return };
        let principal = Principal { account: account.clone(), arn, user_id, user: Some(user.to_owned()), permissions, mfa: false };
        self.0.keys.insert(access_key_id, Key { secret, principal, is_active: true, session: None });
    }

    /// Accounts that are too old go, and the oldest where there are too many; the standing ones stay.
    fn drop_old_accounts(&self) {
        let config = &self.0.config;
        let oldest = config.clock.now() - clock::millis(config.max_age);
        let mut accounts = self.accounts();
        let mut demos: Vec<_> = accounts
            .values()
            .filter(|account| !is_standing(&account.id))
            .map(|account| (account.opened_at, account.id.clone(), rows(account)))
            .collect();
        demos.sort_unstable();
        let mut surplus = (demos.len() + 1).saturating_sub(config.max_accounts.max(1));
        let mut rows: u64 = demos.iter().map(|(.., rows)| rows).sum();
        for (opened_at, id, own) in demos {
            if surplus > 0 || opened_at < oldest || rows > MAX_ROWS {
                surplus = surplus.saturating_sub(1);
                rows -= own;
                accounts.remove(&id);
                self.0.keys.close(&id);
            }
        }
    }

    fn accounts(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<Account>>> {
        self.0.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The account that is called so, or has this number.
    pub(crate) fn account_named(&self, name: &str) -> Option<Arc<Account>> {
        self.account(if name == seed::iam::STANDING_NAME { STANDING_ACCOUNT } else { name })
    }

    pub(crate) fn account(&self, id: &str) -> Option<Arc<Account>> {
        self.accounts().get(id).cloned()
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// Random letters and digits from the system: demo sessions must not guess each other's keys.
    pub(crate) fn secret(length: usize) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let mut bytes = vec![0; length];
        getrandom::fill(&mut bytes).expect("the system has randomness");
        bytes.into_iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }

    pub(crate) fn now(&self) -> Millis {
        self.0.config.clock.now()
    }

    pub(crate) fn request_id(&self) -> String {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed) + 1;
        format!("00000000-0000-4000-8000-{number:012x}")
    }
}

/// How many rows an account was asked to have.
fn rows(account: &Account) -> u64 {
    u64::from(account.options.instances.unwrap_or(0)) + u64::from(account.options.images.unwrap_or(0))
}

fn is_standing(id: &str) -> bool {
    id == STANDING_ACCOUNT || id == PARTNER_ACCOUNT
}

impl fmt::Debug for DemoCloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DemoCloud").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
