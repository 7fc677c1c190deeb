//! What a list is asked for by.

use std::{collections::BTreeMap, sync::Arc};

use api::kind::Kind;

/// Who sees a list, and of what. Two principals of one account may see different things, so the principal is part of it, also for kinds
/// such as instance types that hardly differ: a shared list would be one principal's permissions lent to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The key of the configured cloud.
    pub cloud: String,
    pub region: String,
    /// ARN.
    pub principal: String,
}

/// A list: its namespace, its arguments and who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub kind: Kind,
    pub args: BTreeMap<String, String>,
    pub scope: Arc<Scope>,
}
