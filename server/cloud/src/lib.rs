//! The only crate that talks to a cloud: AWS SDK calls to and from Canopy's wire types.
//!
//! A [`Target`] is a configured cloud, a [`Cloud`] is a target seen with one session's credentials in one region, and [`Backend`] is what
//! every kind of resource implements on it, one file per kind. Nothing here knows of HTTP sessions, caches or the demo: the demo is a target
//! like any other whose transport happens to be in the process. Ambient credentials (environment, profile files, instance metadata) are never
//! looked at: `aws-config` is not even in the graph.

macro_rules! modules {
    ($($_kind:ident $module:ident;)*) => { $(mod $module;)* };
}

api::each_kind!(modules);

pub mod access;
mod assume_role;
mod backend;
mod bulk;
mod cloud;
mod credentials;
mod described;
mod error;
mod health;
mod identity;
mod instance_profile;
mod made;
mod metric;
mod once;
mod operations;
mod paging;
mod password;
mod permissions;
mod sharing;
mod sign_in;
mod tag;
pub mod target;
mod time;
pub mod transport;
mod word;

pub use assume_role::assume_role;
pub use backend::{Args, Backend, Pages};
pub use cloud::{Cloud, Credentials};
pub use health::health;
pub use instance::{console_output, password_data};
pub use metric::metrics;
pub use operations::Operations;
pub use password::{change as change_password, change_own as change_own_password};
pub use region::regions;
pub use sign_in::{Signed, sign_in};
pub use target::{Endpoints, Service, Settings, Target};
