//! Numbers that tell what was loaded before a change from what was loaded after it.
//!
//! A number is never given out twice, so that an epoch forgotten for want of use can only lead to a load too many, never to an old list. With
//! a shared store the numbers are there, so that a change on one replica is one on all: they are drawn, from too many to meet again, and the
//! one who finds none writes one. Each carries the run of the store that it was written to: a store that comes back from its disk may have
//! forgotten what it was told last.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use api::kind::Kind;

use super::key::{Key, Scope};
use crate::shared::{Name, Shared};

/// How long an epoch is remembered without anybody asking.
const REMEMBERED: Duration = Duration::from_hours(24);

/// A key, and the epoch in which it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stamped {
    pub(super) key: Key,
    pub(super) epoch: Epoch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Epoch {
    Known(u128),
    /// The store is down, so there may have been a change on another replica: what is loaded now is for one reader and no other.
    Unknown(u64),
}

/// The current epoch of every (kind, scope), and of each kind as a whole.
pub(super) struct Epochs {
    current: moka::sync::Cache<(Kind, u64, Arc<Scope>), u64>,
    /// How often each kind was dropped: epochs from before are asked for no more.
    drops: Vec<AtomicU64>,
    next: AtomicU64,
    shared: Option<Shared>,
}

impl Epochs {
    pub(super) fn new(shared: Option<Shared>) -> Self {
        let current = moka::sync::Cache::builder().max_capacity(100_000).time_to_idle(REMEMBERED).build();
        Self { current, drops: Kind::ALL.iter().map(|_| AtomicU64::new(0)).collect(), next: AtomicU64::new(0), shared }
    }

    /// `kept` says whether lists of this kind are: of others there is nothing that could be dropped.
    pub(super) async fn stamp(&self, key: Key, kept: bool) -> Stamped {
        let epoch = match &self.shared {
            None => Epoch::Known(self.current.get_with(self.place(key.kind, &key.scope), || self.fresh()).into()),
            Some(shared) => {
                let own = agreed(shared, name(key.kind, &key.scope));
                let both = async {
                    let whole = async { if kept { agreed(shared, name_of_all(key.kind)).await } else { Some(0) } };
                    let (own, whole) = futures::future::join(own, whole).await;
                    Some(own? ^ whole?)
                };
                both.await.map_or_else(|| Epoch::Unknown(self.fresh()), Epoch::Known)
            }
        };
        Stamped { key, epoch }
    }

    pub(super) async fn advance(&self, kind: Kind, scope: &Arc<Scope>) {
        match &self.shared {
            None => self.current.insert(self.place(kind, scope), self.fresh()),
            Some(shared) => draw(shared, &name(kind, scope)).await,
        }
    }

    /// The same for everybody who sees this kind, of whom nobody has a list.
    pub(super) async fn advance_all(&self, kind: Kind) {
        self.drops[kind as usize].fetch_add(1, Ordering::Relaxed);
        if let Some(shared) = &self.shared {
            draw(shared, &name_of_all(kind)).await;
        }
    }

    fn place(&self, kind: Kind, scope: &Arc<Scope>) -> (Kind, u64, Arc<Scope>) {
        (kind, self.drops[kind as usize].load(Ordering::Relaxed), Arc::clone(scope))
    }

    fn fresh(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}

/// The epoch that all replicas agree on; `None` while the store is down.
async fn agreed(shared: &Shared, name: Name) -> Option<u128> {
    let found = shared.get(&name, Some(REMEMBERED)).await.ok()?;
    if let Some((epoch, run)) = found.as_deref().and_then(|found| found.split_first_chunk::<16>())
        && run == shared.run().as_bytes()
    {
        return Some(u128::from_be_bytes(*epoch));
    }
    // Two replicas may do so at once; the lists of the one that wrote first are loaded once more.
    let epoch = drawn();
    shared.set(&name, &entry(epoch, &shared.run()), REMEMBERED).await.ok()?;
    Some(epoch)
}

async fn draw(shared: &Shared, name: &Name) {
    let run = shared.clone();
    shared.surely_set(name, move || entry(drawn(), &run.run()), REMEMBERED).await;
}

fn name(kind: Kind, scope: &Scope) -> Name {
    Name::new("epoch", &[kind.slug().as_bytes(), scope.cloud.as_bytes(), scope.region.as_bytes(), scope.principal.as_bytes()])
}

/// Of all scopes together.
fn name_of_all(kind: Kind) -> Name {
    Name::new("epoch-of-all", &[kind.slug().as_bytes()])
}

fn entry(epoch: u128, run: &str) -> Vec<u8> {
    [epoch.to_be_bytes().as_slice(), run.as_bytes()].concat()
}

fn drawn() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    u128::from_be_bytes(bytes)
}
