//! The sessions of one principal, wherever they are: what somebody needs to tell their own from those that they do not know.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A session that is alive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// What it is ended by. Nothing can be done with it but that, and only by whoever it belongs to.
    pub handle: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Name, version and system, as in `Firefox 145, Linux`; empty where it says nothing that is known.
    pub browser: String,
    /// Where it was last used from, as the proxy believes it; empty where that is not known.
    pub address: String,
    pub began_at: Timestamp,
    /// When it was last used, give or take a minute.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// All that are alive, this one first, then those that were used last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSessions {
    pub sessions: Vec<OpenSession>,
    /// Not while the store of the replicas is down: then there may be more than one of them knows.
    pub is_whole: bool,
}

/// What became of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedSessions {
    pub ended: u32,
}
