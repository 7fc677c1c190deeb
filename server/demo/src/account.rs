//! Accounts and the keys that open them.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use api::session::DemoOptions;
use fastrand::Rng;

use crate::{
    clock::Millis,
    fault::Faults,
    iam::{Iam, Permissions},
    region::Region,
    seed,
    world::World,
};

/// An account with all that is in it. What requests change is behind one lock: accounts do not wait for each other.
pub struct Account {
    pub id: Arc<str>,
    pub opened_at: Millis,
    pub options: DemoOptions,
    /// Whether it starts with things in it.
    furnished: bool,
    transition: Millis,
    seed: u64,
    state: Mutex<State>,
}

pub struct State {
    pub iam: Iam,
    pub faults: Faults,
    /// Decides which calls fail; apart from the worlds', so that faults do not change ids.
    pub rng: Rng,
    worlds: BTreeMap<&'static str, World>,
}

impl State {
    /// What the account has in IAM and in a region, which is made when it is first asked for.
    pub fn parts(&mut self, account: &Account, region: &'static Region, now: Millis) -> (&mut Iam, &mut World) {
        let Self { iam, worlds, .. } = self;
        let world = worlds.entry(region.name).or_insert_with(|| {
            let mut world = World::new(account.id.clone(), region, account.opened_at, account.transition, account.seed);
            seed::furnish(&mut world, iam, account.furnished && region.furnished, &account.options);
            world
        });
        world.settle(now);
        (iam, world)
    }
}

impl Account {
    pub fn open(
        id: Arc<str>,
        options: DemoOptions,
        faults: Faults,
        furnished: bool,
        opened_at: Millis,
        transition: Millis,
        seed: u64,
    ) -> Self {
        let mut iam = Iam::new(id.clone(), seed);
        seed::iam::furnish(&mut iam, furnished, opened_at);
        let state = State { iam, faults, rng: Rng::with_seed(seed ^ 0xfa17), worlds: BTreeMap::new() };
        Self { id, opened_at, options, furnished, transition, seed, state: Mutex::new(state) }
    }

    /// The account's state. A panic in an operation leaves it as it was then, which is better than losing the account.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Who a key belongs to.
#[derive(Clone, Debug)]
pub struct Principal {
    pub account: Arc<Account>,
    /// As `GetCallerIdentity` tells it.
    pub arn: String,
    pub user_id: String,
    /// The IAM user behind it, where there is one.
    pub user: Option<String>,
    pub permissions: Permissions,
    /// Whether an MFA code was given for it.
    pub mfa: bool,
}

/// A key pair that signs requests: a user's, or a temporary one.
#[derive(Clone)]
pub struct Key {
    pub secret: String,
    pub principal: Principal,
    pub is_active: bool,
    /// The session token and the end of a temporary key.
    pub session: Option<(String, Millis)>,
}

/// All keys, by access key id.
#[derive(Default)]
pub struct Keys(Mutex<HashMap<String, Key>>);

/// How many temporary keys are kept; signing in is cheap, so that nothing else bounds them.
const MAX_KEYS: usize = 10_000;

impl Keys {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Key>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn find(&self, access_key_id: &str) -> Option<Key> {
        self.lock().get(access_key_id).cloned()
    }

    pub fn insert(&self, access_key_id: String, key: Key) {
        let mut keys = self.lock();
        if keys.len() >= MAX_KEYS {
            // Those that end soonest go, a tenth at once, so that this is rare.
            let mut ends: Vec<_> = keys.iter().filter_map(|(id, key)| Some((key.session.as_ref()?.1, id.clone()))).collect();
            ends.sort_unstable();
            for (_, id) in ends.into_iter().take(MAX_KEYS / 10) {
                keys.remove(&id);
            }
        }
        keys.insert(access_key_id, key);
    }

    pub fn remove(&self, access_key_id: &str) {
        self.lock().remove(access_key_id);
    }

    /// Whether it is taken as a signature.
    pub fn set_active(&self, access_key_id: &str, is_active: bool) {
        if let Some(key) = self.lock().get_mut(access_key_id) {
            key.is_active = is_active;
        }
    }

    /// Says by another name whose they are.
    pub fn rename(&self, account: &str, user_id: &str, user: &str, arn: &str) {
        let is_of = |principal: &Principal| *principal.account.id == *account && principal.user_id == user_id;
        for principal in self.lock().values_mut().map(|key| &mut key.principal).filter(|principal| is_of(principal)) {
            arn.clone_into(&mut principal.arn);
            if let Some(name) = &mut principal.user {
                user.clone_into(name);
            }
        }
    }

    /// Forgets the keys of an account.
    pub fn close(&self, account: &str) {
        self.lock().retain(|_, key| &*key.principal.account.id != account);
    }
}
