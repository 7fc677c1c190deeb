//! What travels between Canopy's proxy and its browser application, as JSON.
//!
//! One file per resource type, named as everywhere else, and the few envelopes they travel in. The types depend on serde and the standard
//! library only, so that both sides can use them; they hold the rules both sides must agree on (validation, what a change makes stale) and
//! deliberately nothing of how things look (`app`) or where they come from (`cloud`).

#[macro_use]
pub mod kind;

macro_rules! modules {
    ($($_kind:ident $module:ident;)*) => { $(pub mod $module;)* };
}

each_kind!(modules);

pub mod access;
pub mod cidr;
pub mod command;
pub mod diff;
pub mod encoding;
pub mod error;
pub mod filter;
pub mod identity;
pub mod list;
pub mod metric;
pub mod outcome;
pub mod own_address;
pub mod permissions;
pub mod plan;
pub mod resource;
pub mod session;
pub mod sessions;
pub mod sharing;
pub mod tag;

/// A moment, in whole seconds since 1970-01-01T00:00:00Z.
pub type Timestamp = i64;
