//! The resource types as the console shows them: one file and one `static` per kind. See `spec` for the vocabulary.

pub mod address;
pub mod image;
pub mod instance;
pub mod instance_type;
pub mod internet_gateway;
pub mod key_pair;
pub mod launch_template;
pub mod nat_gateway;
pub mod network_acl;
pub mod network_interface;
pub mod region;
pub mod role;
pub mod route_table;
pub mod security_group;
pub mod sharing;
pub mod snapshot;
pub mod subnet;
pub mod volume;
pub mod vpc;
pub mod vpc_endpoint;
pub mod vpc_peering;
pub mod zone;

/// A flag as a facet's value.
const fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
