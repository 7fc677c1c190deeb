//! The resource types as the console shows them: one file and one `static` per kind. See `spec` for the vocabulary.

use api::each_kind;

macro_rules! modules {
    ($($_kind:ident $module:ident;)*) => { $(pub mod $module;)* };
}

each_kind!(modules);

pub mod permissions;
pub mod renaming;
pub mod sharing;

/// A flag as a facet's value.
const fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
