//! How often somebody may try to sign in: from an address, to an account, at a cloud.
//!
//! Each of the three has so many tries, which come back one by one. A try that succeeds costs nothing, so people are not in each other's way;
//! guessing is. Whoever is remembered is remembered for as long as it matters, and there is room for so many and no more.

use std::{
    fmt,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sha2::{Digest, Sha256};

use crate::clock::Clock;

/// Who is remembered at most; beyond it those seen longest ago are forgotten.
const MOST: u64 = 100_000;

/// So many tries at once, and one more after each pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub at_once: u32,
    pub pause_seconds: u32,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Of {
    Address(IpAddr),
    /// A hash, for the keys that were tried are nobody's business.
    Account([u8; 32]),
    Cloud(String),
}

/// Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct Throttle {
    /// When the tries of each will all be back, in seconds.
    full_at: moka::sync::Cache<Of, i64>,
    each: Allowance,
    cloud: Allowance,
    clock: Clock,
    /// Held while a try is looked at and counted, so that many at once are not all the last one.
    gate: Arc<Mutex<()>>,
}

/// A try that was let through.
#[must_use = "say whether it succeeded"]
pub struct Try<'a> {
    throttle: &'a Throttle,
    of: [Of; 3],
}

impl Throttle {
    /// `each` for an address and for an account, `cloud` for everybody together at one cloud.
    pub fn new(each: Allowance, cloud: Allowance, clock: Clock) -> Self {
        let longest = [each, cloud].map(|allowance| u64::from(allowance.at_once) * u64::from(allowance.pause_seconds)).into_iter().max();
        let kept = Duration::from_secs(longest.unwrap_or_default() + 1);
        let full_at = moka::sync::Cache::builder().max_capacity(MOST).time_to_live(kept).build();
        Self { full_at, each, cloud, clock, gate: Arc::default() }
    }

    /// Counts a try, or says in how many seconds there will be another.
    pub fn attempt(&self, address: IpAddr, cloud: &str, account: &str) -> Result<Try<'_>, u32> {
        let account = Sha256::digest([cloud.as_bytes(), b"\0", account.trim().as_bytes()].concat()).into();
        let of = [Of::Address(network(address)), Of::Account(account), Of::Cloud(cloud.to_owned())];
        let now = self.clock.now();
        let _one_at_a_time = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = of.iter().filter_map(|of| self.wait(of, now)).max();
        if let Some(seconds) = waits {
            return Err(seconds);
        }
        for of in &of {
            self.shift(of, 1, now);
        }
        Ok(Try { throttle: self, of })
    }

    fn allowance(&self, of: &Of) -> Allowance {
        if matches!(of, Of::Cloud(_)) { self.cloud } else { self.each }
    }

    fn wait(&self, of: &Of, now: i64) -> Option<u32> {
        let Allowance { at_once, pause_seconds } = self.allowance(of);
        let spent = self.full_at.get(of)? - now;
        let over = spent - i64::from(at_once - 1) * i64::from(pause_seconds);
        u32::try_from(over).ok().filter(|over| *over > 0)
    }

    fn shift(&self, of: &Of, tries: i64, now: i64) {
        let by = tries * i64::from(self.allowance(of).pause_seconds);
        self.full_at.entry(of.clone()).and_upsert_with(|full_at| full_at.map_or(now, |full_at| full_at.into_value().max(now)) + by);
    }
}

impl Try<'_> {
    /// It was no guess: nothing is counted.
    pub fn succeeded(self) {
        let now = self.throttle.clock.now();
        for of in &self.of {
            self.throttle.shift(of, -1, now);
        }
    }

    /// It stays counted.
    pub fn failed(self) {}
}

/// Who has one IPv6 address has a whole network of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}

impl fmt::Debug for Throttle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Throttle").field("each", &self.each).field("cloud", &self.cloud).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    fn throttle(each: u32, cloud: u32) -> (Throttle, ManualClock) {
        let clock = ManualClock::at(1_000_000);
        let allowance = |at_once| Allowance { at_once, pause_seconds: 12 };
        (Throttle::new(allowance(each), allowance(cloud), clock.clock()), clock)
    }

    fn guess(throttle: &Throttle, address: &str, account: &str) -> Result<(), u32> {
        throttle.attempt(address.parse().unwrap(), "own", account).map(Try::failed)
    }

    #[test]
    fn guesses_run_out_and_come_back_one_by_one() {
        let (throttle, clock) = throttle(3, 100);
        for _ in 0..3 {
            assert_eq!(guess(&throttle, "203.0.113.1", "a"), Ok(()));
        }
        assert_eq!(guess(&throttle, "203.0.113.1", "b"), Err(12), "another account from the same address");
        assert_eq!(guess(&throttle, "203.0.113.2", "a"), Err(12), "the same account from another address");
        assert_eq!(guess(&throttle, "203.0.113.2", "b"), Ok(()), "somebody else is in no way concerned");
        clock.advance(11);
        assert_eq!(guess(&throttle, "203.0.113.1", "c"), Err(1));
        clock.advance(1);
        assert_eq!(guess(&throttle, "203.0.113.1", "c"), Ok(()));
        assert_eq!(guess(&throttle, "203.0.113.1", "c"), Err(12));
        clock.advance(3600);
        for _ in 0..3 {
            assert_eq!(guess(&throttle, "203.0.113.1", "d"), Ok(()), "more came back than there were, or less");
        }
        assert!(guess(&throttle, "203.0.113.1", "d").is_err());
    }

    #[test]
    fn of_many_at_once_no_more_get_through() {
        let (throttle, _clock) = throttle(10, 1000);
        let through = std::thread::scope(|scope| {
            let guesses: Vec<_> =
                (0..8).map(|_| scope.spawn(|| (0..50).filter(|_| guess(&throttle, "203.0.113.1", "a").is_ok()).count())).collect();
            guesses.into_iter().map(|guess| guess.join().unwrap()).sum::<usize>()
        });
        assert_eq!(through, 10);
    }

    #[test]
    fn who_is_under_way_counts_until_it_is_known_what_became_of_it() {
        let (throttle, clock) = throttle(2, 100);
        let attempt = || throttle.attempt("203.0.113.1".parse().unwrap(), "own", "a");
        let (one, other) = (attempt().unwrap(), attempt().unwrap());
        assert_eq!(attempt().err(), Some(12), "two under way, and a third");
        one.succeeded();
        attempt().unwrap().succeeded();
        // Whoever hangs up before the cloud has answered has tried all the same.
        drop(other);
        attempt().unwrap().failed();
        assert_eq!(attempt().err(), Some(12));
        clock.advance(12);
        attempt().unwrap().failed();
    }

    #[test]
    fn who_signs_in_costs_nothing() {
        let (throttle, _clock) = throttle(2, 3);
        for _ in 0..50 {
            throttle.attempt("203.0.113.1".parse().unwrap(), "own", "a").map(Try::succeeded).unwrap();
        }
    }

    #[test]
    fn a_cloud_is_not_tried_by_many_at_once_either() {
        let (throttle, _clock) = throttle(10, 5);
        let refused = (0..20).filter(|n| guess(&throttle, &format!("198.51.100.{n}"), &n.to_string()).is_err()).count();
        assert_eq!(refused, 15);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let (throttle, _clock) = throttle(1, 100);
        assert!(guess(&throttle, "2001:db8:1:1::1", "a").is_ok());
        assert!(guess(&throttle, "2001:db8:1:1:ffff::1", "b").is_err());
        assert!(guess(&throttle, "2001:db8:1:2::1", "c").is_ok());
    }
}
