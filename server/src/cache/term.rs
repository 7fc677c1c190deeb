//! How long lists are kept.

use std::collections::BTreeMap;

use api::kind::Kind;
use serde::Deserialize;

/// A class of lifetimes, whose lengths are configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// Not kept: every request asks the cloud.
    None,
    Short,
    Default,
    Long,
    ExtraLong,
}

/// The term of a kind unless configured otherwise: none for whatever people change and watch.
pub const fn usual_term(kind: Kind) -> Term {
    match kind {
        // What the cloud offers changes by the month, and the list is the longest there is.
        Kind::InstanceType => Term::ExtraLong,
        Kind::Image => Term::Long,
        // They come rarely, but their state is looked at when something fails.
        Kind::Region | Kind::Zone => Term::Default,
        _ => Term::None,
    }
}

/// The lengths of the terms, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    pub short: u32,
    pub default: u32,
    pub long: u32,
    pub extra_long: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { short: 60, default: 300, long: 3600, extra_long: 43_200 }
    }
}

/// The term of every kind, with its length.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub lifetimes: Lifetimes,
    /// Where the usual term is not wanted.
    pub overrides: BTreeMap<Kind, Term>,
}

impl Terms {
    /// For how many seconds lists of this kind are kept; `None` when they are not.
    pub fn seconds(&self, kind: Kind) -> Option<u32> {
        let seconds = match self.overrides.get(&kind).copied().unwrap_or(usual_term(kind)) {
            Term::None => return None,
            Term::Short => self.lifetimes.short,
            Term::Default => self.lifetimes.default,
            Term::Long => self.lifetimes.long,
            Term::ExtraLong => self.lifetimes.extra_long,
        };
        (seconds > 0).then_some(seconds)
    }
}
