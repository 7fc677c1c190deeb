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

impl Scope {
    /// Where lists of this kind are: in no region, where they are the same in all of them.
    pub fn of(self: &Arc<Self>, kind: Kind) -> Arc<Self> {
        if kind.is_global() { Arc::new(Self { region: String::new(), ..Self::clone(self) }) } else { Arc::clone(self) }
    }
}

/// A list: its namespace, its arguments and who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub kind: Kind,
    pub args: BTreeMap<String, String>,
    pub scope: Arc<Scope>,
}
