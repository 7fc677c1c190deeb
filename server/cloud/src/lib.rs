//! The only crate that talks to a cloud: AWS SDK calls to and from Canopy's wire types.
//!
//! A [`Target`] is a configured cloud, a [`Cloud`] is a target seen with one session's credentials in one region, and [`Backend`] is what
//! every kind of resource implements on it, one file per kind. Nothing here knows of HTTP sessions, caches or the demo: the demo is a target
//! like any other whose transport happens to be in the process. Ambient credentials (environment, profile files, instance metadata) are never
//! looked at: `aws-config` is not even in the graph.

mod address;
mod backend;
mod bulk;
mod cloud;
mod described;
mod error;
mod health;
mod image;
mod instance;
mod instance_profile;
mod instance_type;
mod internet_gateway;
mod key_pair;
mod launch_template;
mod made;
mod metric;
mod nat_gateway;
mod network_acl;
mod network_interface;
mod once;
mod paging;
mod password;
mod region;
mod role;
mod route_table;
mod security_group;
mod sharing;
mod sign_in;
mod snapshot;
mod subnet;
mod tag;
pub mod target;
mod time;
pub mod transport;
mod volume;
mod vpc;
mod vpc_endpoint;
mod vpc_peering;
mod word;
mod zone;

pub use backend::{Args, Backend, Pages};
pub use cloud::{Cloud, Credentials};
pub use health::health;
pub use instance::{console_output, password_data};
pub use metric::metrics;
pub use password::change as change_password;
pub use region::regions;
pub use sign_in::{Signed, sign_in};
pub use target::{Endpoints, Service, Settings, Target};
