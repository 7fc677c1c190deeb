//! What travels between Canopy's proxy and its browser application, as JSON.
//!
//! One file per resource type, named as everywhere else, and the few envelopes they travel in. The types depend on serde and the standard
//! library only, so that both sides can use them; they hold the rules both sides must agree on (validation, what a change makes stale) and
//! deliberately nothing of how things look (`app`) or where they come from (`cloud`).

pub mod address;
pub mod cidr;
pub mod command;
pub mod encoding;
pub mod error;
pub mod image;
pub mod instance;
pub mod instance_type;
pub mod internet_gateway;
pub mod key_pair;
pub mod kind;
pub mod launch_template;
pub mod list;
pub mod metric;
pub mod nat_gateway;
pub mod network_acl;
pub mod network_interface;
pub mod outcome;
pub mod plan;
pub mod region;
pub mod resource;
pub mod role;
pub mod route_table;
pub mod security_group;
pub mod session;
pub mod sharing;
pub mod snapshot;
pub mod subnet;
pub mod tag;
pub mod volume;
pub mod vpc;
pub mod vpc_endpoint;
pub mod vpc_peering;
pub mod zone;

/// A moment, in whole seconds since 1970-01-01T00:00:00Z.
pub type Timestamp = i64;
